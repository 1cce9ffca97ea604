"""Cancelling and moving an appointment (REQ 38; ux 43)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import patient as actions
from zorgbalie.agenda.queries import own as queries
from zorgbalie.agenda.queries.patient import find_places
from zorgbalie.agenda.types import AppointmentChanged, AppointmentId, AppointmentState, Place, PlaceTaken, TooLate
from zorgbalie.agenda.types.own import OwnAppointment
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.appointments.forms import RevisionForm
from zorgbalie.faces.patient.appointments.views import page_of
from zorgbalie.faces.patient.appointments.words import length_words, when_words, whom_words
from zorgbalie.faces.patient.booking.times import place_value, read_place, read_times, times_context, whom
from zorgbalie.kernel.errors import Refused
from zorgbalie.ui.formats import long_moment

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def cancel(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Sure? Then the time is free at once."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found, fault = queries.get_own(viewer=asked.viewer, appointment_id=wanted, now=asked.now), ""
    if asked.method == "POST":
        try:
            actions.cancel(viewer=asked.viewer, appointment_id=wanted, now=asked.now, revision=_revision(asked.POST))
        except Refused as refusal:
            fault = refusal.message
            found = queries.get_own(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
        else:
            if found.detail.card.state is AppointmentState.BOOKED:
                messages.success(request, _("Uw afspraak is afgezegd. De tijd is weer vrij voor iemand anders."))
            return redirect("patient_appointment", wanted)
    if found.detail.card.state is AppointmentState.CANCELLED and not fault:
        return redirect("patient_appointment", wanted)
    values = {**page_of(asked, found), "fault": fault}
    return render(request, "patient/appointments/cancel.html", values, status=409 if fault else 200)


@_form_page
def move(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Choose another time, look at both side by side, and move."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found = queries.get_own(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    if not found.may_move:
        return render(request, "patient/appointments/move_not.html", page_of(asked, found))
    if asked.method == "POST" and "revision" in asked.POST:
        return _move(asked, found)
    if asked.method == "POST":
        place = read_place(asked.POST)
        if place is None:
            return _choose(asked, found, status=422, fault=_("Kies een tijd."))
        return redirect(f"{asked.path}?plek={place_value(place)}")
    place = read_place(asked.GET)
    return _choose(asked, found) if place is None else _check(asked, found, place)


def _move(request: FaceRequest, found: OwnAppointment) -> HttpResponse:
    wanted, place = found.detail.card.appointment_id, read_place(request.POST)
    if place is None:
        return _choose(request, found, status=422, fault=_("Kies een tijd."))
    if found.detail.card.starts_at == place.starts_at and found.detail.agenda_id == place.agenda_id:
        return redirect("patient_appointment", wanted)  # pressed twice
    try:
        actions.move(
            viewer=request.viewer, appointment_id=wanted, place=place, revision=_revision(request.POST),
            now=request.now,
        )  # fmt: skip
    except PlaceTaken as refusal:
        return _choose(request, found, status=409, fault=refusal.message, taken=refusal)
    except (AppointmentChanged, TooLate) as refusal:
        now_found = queries.get_own(viewer=request.viewer, appointment_id=wanted, now=request.now)
        values = {**page_of(request, now_found), "fault": refusal.message}
        return render(request, "patient/appointments/move_not.html", values, status=409)
    messages.success(request, _("Uw afspraak is verzet. Uw oude tijd is weer vrij voor iemand anders."))
    return redirect("patient_appointment", wanted)


def _choose(
    request: FaceRequest, found: OwnAppointment, *, status: int = 200, fault: str = "",
    taken: PlaceTaken | None = None,
) -> HttpResponse:  # fmt: skip
    asked = read_times(request, now=request.now)
    places = find_places(
        viewer=request.viewer, kind_id=found.detail.kind_id, day=asked.day, part=asked.part,
        agenda_id=asked.agenda_id, now=request.now,
    )  # fmt: skip
    times = times_context(
        asked=asked, found=places, now=request.now, alternatives=taken.alternatives if taken else (), fault=fault,
        is_taken=taken is not None,
    )  # fmt: skip
    values = {**page_of(request, found), **_now(found), "times": times}
    return render(request, "patient/appointments/move.html", values, status=status)


def _check(request: FaceRequest, found: OwnAppointment, place: Place) -> HttpResponse:
    """Old and new side by side."""
    places = find_places(viewer=request.viewer, kind_id=found.detail.kind_id, day=None, now=request.now)
    agenda = next((one for one in places.agendas if one.agenda_id == place.agenda_id), None)
    if agenda is None or place.starts_at <= request.now:
        return _choose(request, found, status=422, fault=_("Kies een tijd."))
    values = {
        **page_of(request, found),
        **_now(found),
        "new": when_words(place.starts_at),
        "new_whom": whom(agenda),
        "new_length": length_words(place.starts_at, place.ends_at),
        "plek": place_value(place),
        "is_soon": place.starts_at - (found.detail.card.starts_at - found.detail.change_until) < request.now,
    }
    return render(request, "patient/appointments/move_check.html", values)


def _now(found: OwnAppointment) -> dict[str, str]:
    card = found.detail.card
    return {
        "old": when_words(card.starts_at),
        "old_inline": long_moment(value=card.starts_at),
        "old_whom": whom_words(card.agenda_name, found.function),
        "old_length": length_words(card.starts_at, card.ends_at),
    }


def _revision(data: QueryDict) -> int:
    """Which version was seen; what cannot be read is none that there is."""
    form = RevisionForm(data)
    return int(form.cleaned_data["revision"]) if form.is_valid() else -1
