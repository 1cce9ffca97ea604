"""All appointments of a patient, and one of them whole (REQ 38; ux 43)."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.agenda.queries import own as queries
from zorgbalie.agenda.types import AppointmentId, AppointmentState
from zorgbalie.agenda.types.own import OwnAppointment, OwnRow
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.appointments.words import (
    appointment_rows,
    mode_words,
    offer_words,
    state_words,
    tone_of,
    when_words,
    whom_words,
    wish_rows,
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Open offers, what comes, and what was or was cancelled."""
    asked = cast(FaceRequest, request)
    found = queries.list_own(viewer=asked.viewer, now=asked.now, page=_page_number(asked))
    is_own = not asked.viewer.acts_for_other
    rows = [_line(row, is_own=is_own) for row in found.listing.rows]
    listing = found.listing
    context = {
        "offers": [(offer, offer_words(offer)) for offer in found.offers],
        "coming": [line for line in rows if line["is_coming"]],
        "over": [line for line in rows if not line["is_coming"]],
        "is_first": listing.number == 1,
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
    }
    return render(request, "patient/appointments/overview.html", context)


@require_safe
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """One appointment: when, where, with whom, and what can be done about it."""
    asked = cast(FaceRequest, request)
    found = queries.get_own(viewer=asked.viewer, appointment_id=AppointmentId(appointment_id), now=asked.now)
    return render(request, "patient/appointments/appointment.html", page_of(asked, found))


def page_of(request: FaceRequest, found: OwnAppointment) -> dict[str, object]:
    """What the page of one appointment shows."""
    detail = found.detail
    row = OwnRow(
        card=detail.card, function=found.function, is_coming=found.is_coming, cancelled_by=detail.cancelled_by,
        cancel_text=detail.cancel_text,
    )  # fmt: skip
    is_booked = found.is_coming and detail.card.state is AppointmentState.BOOKED
    return {
        "own": found,
        "detail": detail,
        "title": detail.card.kind_name,
        "rows": appointment_rows(found),
        "state": state_words(row, is_own=not request.viewer.acts_for_other),
        "tone": tone_of(row),
        "is_cancelled": detail.card.state is AppointmentState.CANCELLED,
        "is_booked": is_booked,
        "phone": found.practice.phone,
        "wish_rows": wish_rows(found.wish, found) if found.wish else [],
        "offers": [(offer, offer_words(offer)) for offer in found.offers],
        "offers_earlier": found.may_move and found.rules.earlier_on,
    }


def _line(row: OwnRow, *, is_own: bool) -> dict[str, object]:
    card = row.card
    return {
        "appointment_id": card.appointment_id,
        "when": when_words(card.starts_at),
        "what": card.kind_name,
        "whom": _("%(mode)s, bij %(name)s")
        % {"mode": mode_words(card.mode), "name": whom_words(card.agenda_name, row.function)},
        "state": state_words(row, is_own=is_own),
        "tone": tone_of(row),
        "is_coming": row.is_coming,
        "text": row.cancel_text,
    }


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
