"""Filling time with what is no appointment: a meeting, a break, visits (R10)."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.agenda.actions.desk import free_up, occupy
from zorgbalie.agenda.actions.occupations import change_occupation
from zorgbalie.agenda.queries import day as queries
from zorgbalie.agenda.queries.desk import check_keeper
from zorgbalie.agenda.types import PlaceTaken
from zorgbalie.agenda.types.day import DayOccupation, OccupationGone
from zorgbalie.faces.desk.agenda.choosing import Looked, looked_at, moment_of_address
from zorgbalie.faces.desk.agenda.forms import OccupationForm, filled_in
from zorgbalie.faces.desk.agenda.words import in_the_way_words
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date

_USUAL = timedelta(minutes=30)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Fill time on a day."""
    asked = cast(FaceRequest, request)
    agendas, looked = queries.list_agendas(viewer=asked.viewer), looked_at(asked)
    form = OccupationForm(asked.POST or None, agendas=agendas, initial=_start(asked, looked))
    if form.is_bound and form.is_valid():
        wanted = form.wanted()
        try:
            occupy(viewer=asked.viewer, now=asked.now, **wanted)
        except PlaceTaken:
            form.add_error("van", _in_the_way(asked, wanted))
        else:
            messages.success(request, _("Dit staat nu in de agenda."))
            # Who looked at one agenda sees the one that was filled; on a phone the whole practice shows the first.
            agenda_id = wanted["agenda_id"] if looked.agenda_id is not None else None
            return redirect(Looked(day=form.cleaned_data["dag"], agenda_id=agenda_id).href())
    return _page(request, form, looked, None)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, occupation_id: int) -> HttpResponse:
    """Change filled time."""
    asked = cast(FaceRequest, request)
    found = queries.get_occupation(viewer=asked.viewer, occupation_id=occupation_id)
    agendas = queries.list_agendas(viewer=asked.viewer)
    form = OccupationForm(asked.POST or None, agendas=agendas, initial=filled_in(found))
    looked = Looked(day=local_date(found.starts_at), agenda_id=None)
    if form.is_bound and form.is_valid():
        wanted = form.wanted()
        try:
            change_occupation(
                viewer=asked.viewer,
                occupation_id=occupation_id,
                seen=form.cleaned_data["seen"],
                now=asked.now,
                **wanted,
            )
        except PlaceTaken:
            form.add_error("van", _in_the_way(asked, wanted, without=occupation_id))
        except OccupationGone as refusal:
            messages.warning(request, refusal.message)
            return redirect(looked.href())
        else:
            messages.success(request, _("Dit is gewijzigd in de agenda."))
            return redirect(Looked(day=form.cleaned_data["dag"], agenda_id=None).href())
    return _page(request, form, looked, found)


@require_POST
def remove(request: HttpRequest, occupation_id: int) -> HttpResponse:
    """Take it away: the time is free again. Twice is once."""
    asked = cast(FaceRequest, request)
    check_keeper(viewer=asked.viewer, event="agenda.occupy")
    free_up(viewer=asked.viewer, occupation_id=occupation_id, now=asked.now)
    messages.success(request, _("Dit is weg uit de agenda. De tijd is weer vrij."))
    return redirect(looked_at(asked).href())


def _page(request: HttpRequest, form: OccupationForm, looked: Looked, found: DayOccupation | None) -> HttpResponse:
    context = {"form": form, "looked": looked, "back": looked.href(), "occupation": found}
    return render(request, "desk/agenda/occupation.html", context, status=422 if form.is_bound else 200)


def _start(request: FaceRequest, looked: Looked) -> dict[str, Any]:
    """The day and agenda one came from, and the time that was pointed at."""
    values: dict[str, Any] = {"dag": looked.day, "agenda": str(looked.agenda_id or "")}
    begins = moment_of_address(request.GET.get("begin", ""))
    if begins is not None:
        local = timezone.localtime(begins)
        values |= {"dag": local.date(), "van": local.time(), "tot": timezone.localtime(begins + _USUAL).time()}
    return values


def _in_the_way(request: FaceRequest, wanted: dict[str, Any], without: int | None = None) -> str:
    span = {name: wanted[name] for name in ("agenda_id", "starts_at", "ends_at")}
    entries = queries.list_in_the_way(viewer=request.viewer, now=request.now, **span)
    others = tuple(one for one in entries if one.occupation is None or one.occupation.occupation_id != without)
    return in_the_way_words(others)
