"""Who may ask for a child, and whom patients can ask, with what they see beside it (REQ 8, 30, 68; ux 51)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.asking import change_ask_rules
from zorgbalie.consult.queries import asking as queries
from zorgbalie.consult.types import AskRules, DoctorChoice
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.asking_forms import AskingForm, initial_of
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: FaceRequest) -> HttpResponse:
    """One form, with what patients see beside it."""
    stored = queries.get_managed_ask_rules(viewer=request.viewer)
    accounts = queries.list_named_accounts(viewer=request.viewer)
    if request.method != "POST":
        form = AskingForm(accounts=accounts, initial=initial_of(stored, accounts))
        return _page(request, form, stored, accounts)
    form = AskingForm(request.POST, accounts=accounts)
    is_right = form.is_valid()
    shown = form.rules(stored, accounts)
    if request.headers.get("HX-Request"):
        return render(request, "management/parts/asking_preview.html", _preview(request, shown, accounts))
    if not is_right or "preview" in request.POST:
        return _page(request, form, shown, accounts, 200 if is_right else 422)
    try:
        change_ask_rules(viewer=request.viewer, wanted=shown)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, form, shown, accounts, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_consult_asking")


def _page(
    request: FaceRequest,
    form: AskingForm,
    shown: AskRules,
    accounts: Sequence[tuple[AccountId, str]],
    status: int = 200,
) -> HttpResponse:
    values = {"form": form, **_preview(request, shown, accounts)}
    return render(request, "management/asking.html", values, status=status)


def _preview(request: FaceRequest, shown: AskRules, accounts: Sequence[tuple[AccountId, str]]) -> dict[str, object]:
    offered = [name for one, name in accounts if one not in shown.hidden_accounts]
    return {
        "shown": shown,
        "names": [] if shown.doctors is DoctorChoice.NONE else offered,
        "only_own": shown.doctors is DoctorChoice.OWN,
        "groups": queries.list_shown_groups(viewer=request.viewer),
    }
