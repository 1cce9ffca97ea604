"""Choosing a time, which holds it (ux 42)."""

from typing import cast
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import booking as actions
from zorgbalie.agenda.queries.booking import get_kind
from zorgbalie.agenda.queries.patient import find_places
from zorgbalie.agenda.types import AgendaRefused, AppointmentKindId, AppointmentState, HoldOver, Place, PlaceTaken
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.booking.times import read_place, read_times, read_token, times_context
from zorgbalie.faces.patient.booking.views import after_warning
from zorgbalie.faces.patient.booking.words import kind_line


@require_http_methods(["GET", "HEAD", "POST"])
@after_warning
def times(request: HttpRequest, kind_id: int) -> HttpResponse:
    """The first possibilities, a calendar and one day. A pressed time is held for five minutes."""
    asked = cast(FaceRequest, request)
    if asked.method != "POST":
        return _page(asked, kind_id)
    place, token = read_place(asked.POST), read_token(asked.POST)
    if place is None:
        return _page(asked, kind_id, fault=_("Kies een tijd."), status=422)
    try:
        card = actions.choose(
            viewer=asked.viewer, kind_id=AppointmentKindId(kind_id), place=place, token=token, now=asked.now
        )
    except PlaceTaken as refusal:
        fault = _("Deze tijd is net door iemand anders gekozen. Deze tijden liggen er het dichtst bij.")
        alternatives = refusal.alternatives
        if not alternatives:
            fault = _("Deze tijd is net door iemand anders gekozen.")
        return _page(asked, kind_id, fault=fault, alternatives=alternatives, is_taken=True, status=409)
    except HoldOver as refusal:
        return _page(asked, kind_id, fault=refusal.message, status=409)
    except AgendaRefused as refusal:
        return _page(asked, kind_id, refused=refusal.message, token=token, status=422)
    if card.state is AppointmentState.CANCELLED:  # the form of a time that was given back
        return _page(asked, kind_id, fault=_("U koos deze tijd eerder en gaf hem terug. Kies opnieuw."), status=409)
    return redirect("patient_booking_details", card.appointment_id)


def _page(
    request: FaceRequest,
    kind_id: int,
    *,
    fault: str = "",
    refused: str = "",
    alternatives: tuple[Place, ...] = (),
    is_taken: bool = False,
    token: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = read_times(request, now=request.now)
    wanted = AppointmentKindId(kind_id)
    kind = get_kind(viewer=request.viewer, kind_id=wanted, now=request.now)
    found = find_places(
        viewer=request.viewer,
        kind_id=wanted,
        day=asked.day,
        now=request.now,
        agenda_id=asked.agenda_id,
        part=asked.part,
    )
    values = {
        "kind": kind,
        "kind_line": kind_line(kind),
        "refused": refused,
        "times": times_context(
            asked=asked,
            found=found,
            now=request.now,
            alternatives=alternatives,
            fault=fault,
            is_taken=is_taken,
            token=token or uuid4(),
        ),
        "back_href": reverse("patient_booking_kinds"),
    }
    return render(request, "patient/booking/times.html", values, status=status)
