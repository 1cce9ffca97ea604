"""When the practice is open: hours, holidays and closing days (REQ 31, 88; R17; ux 51)."""

from dataclasses import replace
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.queries.weeks import find_holiday_conflicts, find_practice_conflicts
from zorgbalie.agenda.types.weeks import Conflicts
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.opening_words import free_words, hours_words
from zorgbalie.faces.management.opening_forms import ClosingForm, OpeningForm, initial_of
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.office.actions import opening as actions
from zorgbalie.office.queries import opening as queries
from zorgbalie.office.queries.settings import get_settings
from zorgbalie.office.types import Calendar, OpeningSettings
from zorgbalie.practice.opening import free_days

_YEAR = 365
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def opening(request: HttpRequest) -> HttpResponse:
    """Hours and holidays, the closing days, and beside them what patients read."""
    asked = cast(FaceRequest, request)
    stored = queries.get_opening(viewer=asked.viewer, now=asked.now)
    if asked.method != "POST":
        return _page(asked, stored, OpeningForm(initial=initial_of(stored)), stored.calendar)
    form = OpeningForm(asked.POST)
    is_right = form.is_valid()
    shown = replace(stored.calendar, week=form.week(), holidays=form.chosen_holidays())
    if asked.headers.get("HX-Request"):
        return render(request, "management/parts/opening_preview.html", _preview(asked, shown))
    if not is_right:
        return _page(asked, stored, form, shown, 422)
    if "preview" in asked.POST:
        return _page(asked, stored, form, shown)
    # Appointments on a holiday that is new stay, and are shown first: what is listed here is what is confirmed.
    conflicts = find_holiday_conflicts(viewer=asked.viewer, holidays=form.chosen_holidays(), now=asked.now)
    if conflicts.digest and conflicts.digest != asked.POST.get("gezien"):
        return _page(asked, stored, form, shown, 409, conflicts)
    try:
        actions.change_opening(
            viewer=asked.viewer,
            week=form.week(),
            holidays=form.chosen_holidays(),
            revision=form.cleaned_data["revision"],
            now=asked.now,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, stored, form, shown, 409)
    messages.success(request, _("Opgeslagen. De afspraken blijven staan.") if conflicts.digest else _("Opgeslagen."))
    return redirect("management_opening")


@_form_page
def new_closing(request: HttpRequest) -> HttpResponse:
    """Some days on which the practice is closed."""
    asked = cast(FaceRequest, request)
    queries.get_opening(viewer=asked.viewer, now=asked.now)
    form = ClosingForm(asked.POST if asked.method == "POST" else None)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        last = values["ends_on"] or values["starts_on"]
        # Appointments of those days stay, and are shown first: what is listed here is what is confirmed.
        conflicts = find_practice_conflicts(
            viewer=asked.viewer, starts_on=values["starts_on"], ends_on=last, now=asked.now
        )
        if conflicts.digest and conflicts.digest != asked.POST.get("gezien"):
            return render(request, "management/closing.html", {"form": form, "conflicts": conflicts}, status=409)
        try:
            actions.add_closing(
                viewer=asked.viewer,
                name=" ".join(values["name"].split()),
                starts_on=values["starts_on"],
                ends_on=last,
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Opgeslagen. Patiënten zien dat de praktijk dan dicht is."))
            return redirect("management_opening")
    return render(request, "management/closing.html", {"form": form}, status=422 if form.errors else 200)


@_form_page
def remove_closing(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Take a closing away, after a question."""
    asked = cast(FaceRequest, request)
    if asked.method == "POST":
        actions.remove_closing(viewer=asked.viewer, closing_id=closing_id)
        messages.success(request, _("De sluiting is weg. De praktijk is die dagen gewoon open."))
        return redirect("management_opening")
    found = queries.get_closing(viewer=asked.viewer, closing_id=closing_id, now=asked.now)
    words = free_words(found.starts_on, found.ends_on, found.name, None)
    return render(request, "management/closing_remove.html", {"words": words})


def _page(
    request: FaceRequest,
    stored: OpeningSettings,
    form: OpeningForm,
    shown: Calendar,
    status: int = 200,
    conflicts: Conflicts | None = None,
) -> HttpResponse:
    closings = [
        (one.closing_id, free_words(one.starts_on, one.ends_on, one.name, None)) for one in stored.calendar.closings
    ]
    values = {"form": form, "closings": closings, "conflicts": conflicts, **_preview(request, shown)}
    return render(request, "management/opening.html", values, status=status)


def _preview(request: FaceRequest, shown: Calendar) -> dict[str, object]:
    own = get_settings(viewer=request.viewer).values
    coming = free_days(calendar=shown, first=local_date(request.now), days=_YEAR)
    return {
        "own": own,
        "hours": hours_words(shown.week) or own["opening_hours"],
        "has_hours": shown.has_hours,
        "free": [free_words(*one) for one in coming],
    }
