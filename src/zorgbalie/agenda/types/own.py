"""What the patient's own pages receive: appointments in a list, one with what can be done, wishes and offers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from zorgbalie.agenda.types import (
    AgendaRefused,
    AgendaRules,
    AppointmentCard,
    AppointmentDetail,
    PartOfDay,
    Place,
)
from zorgbalie.kernel.listing import Listing
from zorgbalie.messaging.types import Channel
from zorgbalie.practice.types import PracticeCard

EarlierOfferId = NewType("EarlierOfferId", int)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnRow:
    """An appointment in a list. `function`: of whose agenda it is. `is_coming`: it stands, and is not over yet."""

    card: AppointmentCard
    function: str
    is_coming: bool
    cancelled_by: str
    cancel_text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingWish:
    """What a patient who waits for an earlier time asked for."""

    only_same_agenda: bool
    part_of_day: PartOfDay
    from_date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferCard:
    """An earlier time for an appointment. `until`: until when the patient can say yes; `is_open`: it still is free."""

    offer_id: EarlierOfferId
    appointment: OwnRow
    agenda_name: str
    function: str
    place: Place
    until: datetime
    is_open: bool
    is_taken: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnAppointment:
    """One appointment with what the patient can do about it now.

    `may_change`: to cancel it online. `may_move`: to move it online too, or wait for an earlier time.
    `moved_by_practice`: the latest move was the practice's. `ways`: by which an offer would be told; empty for none.
    """

    detail: AppointmentDetail
    function: str
    practice: PracticeCard
    rules: AgendaRules
    is_coming: bool
    may_change: bool
    may_move: bool
    moved_by_practice: bool
    wish: WaitingWish | None
    ways: frozenset[Channel]
    offers: tuple[OfferCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnList:
    """A page of all appointments, coming ones first; open offers stand on the first page."""

    listing: Listing[OwnRow]
    coming: int
    offers: tuple[OfferCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnNews:
    """For the first page: what comes next, what the practice cancelled and is still to come, and open offers."""

    upcoming: OwnRow | None
    cancelled: tuple[OwnRow, ...]
    offers: tuple[OfferCard, ...]


class OfferOver(AgendaRefused):
    """The offered time is gone, or the time to say yes has passed; the patient stays on the list."""


class WishRefused(AgendaRefused):
    """One cannot wait for an earlier time with this appointment, or not like this."""
