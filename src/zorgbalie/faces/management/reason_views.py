"""Reasons to ask: the practice's own short forms, with what the patient gets beside them (REQ 28, 30; ux 51)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.consult.actions import reasons as actions
from zorgbalie.consult.queries import managed_reasons as queries
from zorgbalie.consult.queries.example_reasons import example_reasons
from zorgbalie.consult.types import Reason
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.question_forms import shown_questions
from zorgbalie.faces.management.reason_forms import WHOM_NAMES, ReasonForms
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ReasonId

_EMPTY = Reason(name="")


@require_safe
def reasons(request: FaceRequest) -> HttpResponse:
    """All reasons in the order in which patients see them."""
    names = {one.key: one.name for one in queries.list_receivers(viewer=request.viewer)}
    rows = [
        (one, WHOM_NAMES[one.for_whom], names.get(one.goes_to, ""))
        for one in queries.list_managed(viewer=request.viewer)
    ]
    return render(request, "management/reasons.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_reason(request: FaceRequest) -> HttpResponse:
    """A new reason."""
    return _edit(request, _EMPTY)


@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: FaceRequest, reason_id: int) -> HttpResponse:
    """Change a reason with its questions."""
    return _edit(request, queries.get_managed(viewer=request.viewer, reason_id=ReasonId(reason_id)))


@require_POST
def move(request: FaceRequest, reason_id: int) -> HttpResponse:
    """One place higher or lower."""
    up = request.POST.get("naar") == "boven"
    actions.move_reason(viewer=request.viewer, reason_id=ReasonId(reason_id), up=up)
    return redirect("management_consult_reasons")


@require_POST
def switch(request: FaceRequest, reason_id: int) -> HttpResponse:
    """Offer a reason, or no longer."""
    is_on = request.POST.get("aan") == "1"
    actions.switch_reason(viewer=request.viewer, reason_id=ReasonId(reason_id), is_on=is_on)
    messages.success(request, _("De reden staat aan.") if is_on else _("De reden staat uit. Patiënten zien hem niet."))
    return redirect("management_consult_reasons")


@require_POST
def add_examples(request: FaceRequest) -> HttpResponse:
    """Examples to begin with; the practice changes them as it likes."""
    wanted = example_reasons(for_pharmacy=queries.is_pharmacy(viewer=request.viewer))
    try:
        added = actions.add_examples(viewer=request.viewer, examples=wanted)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("management_consult_reasons")
    if added:
        words = ngettext(
            "Er staat %(count)s reden klaar. Kijk hem na.", "Er staan %(count)s redenen klaar. Kijk ze na.", added
        )
        messages.success(request, words % {"count": added})
    else:
        messages.info(request, _("Alle voorbeelden stonden er al."))
    return redirect("management_consult_reasons")


def _edit(request: FaceRequest, stored: Reason) -> HttpResponse:
    receivers = queries.list_receivers(viewer=request.viewer)
    forms = ReasonForms(request.POST if request.method == "POST" else None, stored=stored, receivers=receivers)
    if request.method != "POST":
        return _page(request, forms, stored)
    is_right = forms.is_valid()
    wanted = forms.wanted()
    if request.headers.get("HX-Request"):
        return render(request, "management/parts/reason_preview.html", _preview(request, wanted))
    if "preview" in request.POST:
        return _page(request, forms, wanted)
    if is_right and _save(request, forms, wanted):
        return redirect("management_consult_reasons")
    return _page(request, forms, wanted, 422)


def _save(request: FaceRequest, forms: ReasonForms, wanted: Reason) -> bool:
    try:
        actions.save_reason(viewer=request.viewer, reason=wanted)
    except Refused as refusal:
        forms.reason.refuse(refusal)
        return False
    messages.success(request, _("Opgeslagen. Wat patiënten al invulden, verandert niet."))
    return True


def _page(request: FaceRequest, forms: ReasonForms, shown: Reason, status: int = 200) -> HttpResponse:
    values = {"form": forms.reason, "places": forms.questions.places(), "stored": forms.stored, "here": request.path}
    return render(request, "management/reason.html", {**values, **_preview(request, shown)}, status=status)


def _preview(request: FaceRequest, shown: Reason) -> dict[str, object]:
    """What a patient gets, question by question, and the self-care information."""
    links = queries.preview_links(viewer=request.viewer, wanted=shown)
    return {"shown": shown, "shown_questions": shown_questions(questions=shown.questions), "shown_links": links}
