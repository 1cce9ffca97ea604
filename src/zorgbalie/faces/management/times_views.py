"""By when the practice answers, how much it takes on, and when a thread ends (REQ 31, 49; ux 15, 51)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.times import change_times
from zorgbalie.consult.queries.times import get_managed_times, preview_promises
from zorgbalie.consult.types import AnsweredBy, AnswerTimes
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.times_forms import TimesForm, initial_of
from zorgbalie.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """The choices, with beside them what a patient who asks now would read."""
    asked = cast(FaceRequest, request)
    stored = get_managed_times(viewer=asked.viewer)
    if asked.method != "POST":
        return _page(asked, TimesForm(initial=initial_of(stored)), stored)
    form = TimesForm(asked.POST)
    is_right = form.is_valid()
    shown = form.times(stored)
    if asked.headers.get("HX-Request"):
        return render(request, "management/parts/times_preview.html", _preview(asked, shown))
    if not is_right:
        return _page(asked, form, shown, 422)
    if "preview" in asked.POST:
        return _page(asked, form, shown)
    try:
        change_times(viewer=asked.viewer, wanted=shown)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(asked, form, shown, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_consult_times")


def _page(request: FaceRequest, form: TimesForm, shown: AnswerTimes, status: int = 200) -> HttpResponse:
    return render(request, "management/times.html", {"form": form, **_preview(request, shown)}, status=status)


def _preview(request: FaceRequest, shown: AnswerTimes) -> dict[str, object]:
    names = {
        AnsweredBy.PRACTICE: _("Aan de praktijk"),
        AnsweredBy.FUNCTION: _("Aan een groep"),
        AnsweredBy.DOCTOR: _("Aan een arts of apotheker"),
    }
    promised = preview_promises(viewer=request.viewer, chosen=shown, now=request.now)
    return {"shown": shown, "promises": [(names[kind], one) for kind, one in promised.items()]}
