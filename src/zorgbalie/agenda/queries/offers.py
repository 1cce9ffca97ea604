"""Earlier times that were offered to a patient who waits (ux 43).

Whether an offered time is gone is asked of what is claimed now, and not kept: who takes it cannot see, nor close, the
offers of others. A time that comes free again while the offer stands is open again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from psycopg.types.range import Int8Range

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment, Claim, EarlierOffer
from zorgbalie.agenda.queries.patient import card_of, open_appointments
from zorgbalie.agenda.rules.offering import answer_until
from zorgbalie.agenda.types import AppointmentState, OfferState, Place, WishState
from zorgbalie.agenda.types.own import EarlierOfferId, OfferCard, OwnRow
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer

_MOST = 20
_COMING = (AppointmentState.BOOKED, AppointmentState.ARRIVED)


def get_offer(*, viewer: Viewer, offer_id: EarlierOfferId, now: datetime) -> OfferCard:
    """One offer to this patient, whatever came of it. Raises NotVisible. Audit: `appointment.offer_read`."""
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.offer_read", now=now, object_id=offer_id)
    row = offer_rows(grant).filter(pk=offer_id).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return _cards([row], now)[0]


def list_open(grant: Grant, now: datetime, appointment_id: int | None = None) -> tuple[OfferCard, ...]:
    """Offers to which the patient can say yes, the soonest first; for all appointments or one. For this app."""
    rows = offer_rows(grant).filter(state=OfferState.OPEN, expires_at__gt=now, wish__state=WishState.WAITING)
    if appointment_id is not None:
        rows = rows.filter(wish__appointment_id=appointment_id)
    return tuple(one for one in _cards(list(rows.order_by("starts_at", "pk")[:_MOST]), now) if one.is_open)


def offer_rows(grant: Grant) -> "QuerySet[EarlierOffer]":
    """Offers within a grant with what they are about; for this app."""
    rows = EarlierOffer.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    return rows.select_related("agenda", "wish__appointment__agenda", "wish__appointment__kind")


def row_of(row: Appointment, now: datetime) -> OwnRow:
    """An appointment as lists receive it; its agenda is loaded. For this app."""
    return OwnRow(
        card=card_of(row),
        function=row.agenda.function,
        is_coming=row.state in _COMING and row.ends_at > now,
        cancelled_by=row.cancelled_by,
        cancel_text=row.cancel_text,
    )


def until_of(row: EarlierOffer) -> datetime:
    """Until when the patient can say yes; the appointment and its kind are loaded. For this app."""
    appointment = row.wish.appointment
    kind = appointment.kind
    return answer_until(
        expires_at=row.expires_at,
        starts_at=row.starts_at,
        hours_before=kind.hours_before,
        change_until=appointment.starts_at - timedelta(hours=kind.cancel_hours),
    )


def _cards(rows: Sequence[EarlierOffer], now: datetime) -> tuple[OfferCard, ...]:
    taken = _taken(rows, now)
    return tuple(
        OfferCard(
            offer_id=EarlierOfferId(row.pk),
            appointment=row_of(row.wish.appointment, now),
            agenda_name=row.agenda.name,
            function=row.agenda.function,
            place=Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at),
            until=until_of(row),
            is_open=_is_open(row, now) and not any(_overlap(row, one) for one in taken),
            is_taken=row.state == OfferState.TAKEN,
        )
        for row in rows
    )


def _is_open(row: EarlierOffer, now: datetime) -> bool:
    waits = row.wish.state == WishState.WAITING and row.wish.appointment.state == AppointmentState.BOOKED
    return row.state == OfferState.OPEN and waits and now <= until_of(row)


def _overlap(row: EarlierOffer, taken: Place) -> bool:
    return row.agenda_id == taken.agenda_id and row.starts_at < taken.ends_at and taken.starts_at < row.ends_at


def _taken(rows: Sequence[EarlierOffer], now: datetime) -> list[Place]:
    """What is claimed within the offered times, in one query."""
    if not rows:
        return []
    stretches = [
        Int8Range(*numbers_of(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)) for row in rows
    ]
    claims = Claim.objects.filter(reduce(or_, (Q(place__overlap=one) for one in stretches)))
    return [
        place_of(lower=place.lower, upper=place.upper)
        for (place,) in claims.exclude(expires_at__lte=now).values_list("place")
    ]
