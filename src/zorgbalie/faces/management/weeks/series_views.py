"""What fills an agenda each week and is no appointment: meetings, breaks, visits (R10)."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import series as actions
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types import AgendaId, OccupationKind
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.weeks import words
from zorgbalie.faces.management.weeks.block_views import read_day
from zorgbalie.faces.management.weeks.forms import SeriesForm
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.iso_weeks import week_name

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_HALF_YEAR = timedelta(weeks=26)


@_form_page
def new_series(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """Time that is filled each so many weeks; stored, a report of the days on which it could not be."""
    day = read_day(request) or local_date(request.now)
    week = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    initial = {"day": day, "until": day + _HALF_YEAR, "every_weeks": 1, "kind": OccupationKind.MEETING.value}
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=initial)
    back = f"{reverse('management_agenda_weeks', args=[agenda_id])}?week={week_name(day)}"
    values: dict[str, object] = {"form": form, "name": week.name, "agenda_id": agenda_id, "back": back}
    if not form.is_bound:
        return render(request, "management/weeks/series.html", values)
    if not form.is_valid():
        return render(request, "management/weeks/series.html", values, status=422)
    given = form.cleaned_data
    try:
        report = actions.occupy_series(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=given["day"], until=given["until"],
            every_weeks=given["every_weeks"], starts=form.start(), ends=form.end(),
            kind=OccupationKind(given["kind"]), title=" ".join(given["title"].split()), now=request.now,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return render(request, "management/weeks/series.html", values, status=422)
    why = words.why_names()
    shown = {"made": report.made, "refused": [(one, why[reason]) for one, reason in report.refused]}
    return render(request, "management/weeks/series_report.html", {**values, **shown})


@_form_page
def remove(request: FaceRequest, agenda_id: int, occupation_id: int) -> HttpResponse:
    """Take away one, this one and the following, or all that is still to come."""
    day = read_day(request) or local_date(request.now)
    week = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    back = f"{reverse('management_agenda_weeks', args=[agenda_id])}?week={week_name(day)}"
    if request.method == "POST":
        part = request.POST.get("deel", "")
        known = part in {one.value for one in actions.SeriesPart}
        count = actions.free_up_series(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), occupation_id=occupation_id,
            part=actions.SeriesPart(part) if known else actions.SeriesPart.ONE, now=request.now,
        )  # fmt: skip
        text = ngettext("Er is %(count)s tijd vrijgemaakt.", "Er zijn %(count)s tijden vrijgemaakt.", count)
        messages.success(request, text % {"count": count})
        return redirect(back)
    rows = (one for shown in week.days for one in shown.occupations if one.occupation_id == occupation_id)
    found = next(rows, None)
    if found is None:
        raise Http404
    values = {
        "name": week.name, "agenda_id": agenda_id, "one": found, "kind": words.kind_names()[found.kind], "back": back,
    }  # fmt: skip
    return render(request, "management/weeks/series_remove.html", values)
