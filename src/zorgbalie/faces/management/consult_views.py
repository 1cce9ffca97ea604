"""What patients read before they ask a question (R17; ux 13, 51)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.settings import change_rules
from zorgbalie.consult.queries.settings import get_managed_rules
from zorgbalie.consult.types import ConsultRules
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.opening_words import hours_words
from zorgbalie.faces.management.consult_forms import ConsultForm, initial_of
from zorgbalie.kernel.errors import Refused
from zorgbalie.office.queries.opening import get_opening
from zorgbalie.office.queries.settings import get_settings


@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: HttpRequest) -> HttpResponse:
    """The lists, with what the patient sees beside them."""
    asked = cast(FaceRequest, request)
    stored = get_managed_rules(viewer=asked.viewer)
    if asked.method != "POST":
        return _page(asked, ConsultForm(initial=initial_of(stored)), stored)
    form = ConsultForm(asked.POST)
    is_right = form.is_valid()
    shown = form.rules(stored)
    if asked.headers.get("HX-Request"):
        return render(request, "management/parts/consult_preview.html", _preview(asked, shown))
    if not is_right:
        return _page(asked, form, shown, 422)
    if "preview" in asked.POST:
        return _page(asked, form, shown)
    try:
        change_rules(viewer=asked.viewer, wanted=shown)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(asked, form, shown, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_consult")


def _page(request: FaceRequest, form: ConsultForm, shown: ConsultRules, status: int = 200) -> HttpResponse:
    return render(request, "management/consult.html", {"form": form, **_preview(request, shown)}, status=status)


def _preview(request: FaceRequest, shown: ConsultRules) -> dict[str, object]:
    own = get_settings(viewer=request.viewer).values
    week = get_opening(viewer=request.viewer, now=request.now).calendar.week
    return {"shown": shown, "own": own, "hours": hours_words(week) or own["opening_hours"]}
