"""Texts and switches of appointments, what patients see now, and the advice on it (REQ 72 to 74; ux 44, 51)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions.managing_settings import change_agenda_rules
from zorgbalie.agenda.queries.managing import get_managed_rules
from zorgbalie.agenda.queries.managing_advice import get_advice
from zorgbalie.agenda.types import AgendaRules
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.agenda.advice_words import warning_lines
from zorgbalie.faces.management.agenda.settings_forms import AgendaSettingsForm, clock_of, initial_of
from zorgbalie.kernel.errors import Refused
from zorgbalie.office.queries.settings import get_settings


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: FaceRequest) -> HttpResponse:
    """The advice, and one form with what patients read beside it."""
    stored = get_managed_rules(viewer=request.viewer)
    if request.method != "POST":
        return _page(request, AgendaSettingsForm(initial=initial_of(stored)), stored)
    form = AgendaSettingsForm(request.POST)
    is_right = form.is_valid()
    shown = form.rules(stored)
    if request.headers.get("HX-Request"):
        return render(request, "management/agenda/settings_preview.html", _preview(request, shown))
    if not is_right or "preview" in request.POST:
        return _page(request, form, shown, 200 if is_right else 422)
    try:
        change_agenda_rules(viewer=request.viewer, wanted=shown)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, form, shown, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_agenda")


def _page(request: FaceRequest, form: AgendaSettingsForm, shown: AgendaRules, status: int = 200) -> HttpResponse:
    advice = get_advice(viewer=request.viewer, now=request.now)
    values = {"form": form, "advice": advice, "warnings": warning_lines(warnings=advice.warnings)}
    return render(request, "management/agenda/settings.html", {**values, **_preview(request, shown)}, status=status)


def _preview(request: FaceRequest, shown: AgendaRules) -> dict[str, object]:
    own = get_settings(viewer=request.viewer).values
    return {
        "shown": shown,
        "own": own,
        "quiet": (clock_of(shown.quiet_from), clock_of(shown.quiet_until)),
        "has_quiet": shown.quiet_from != shown.quiet_until,
    }
