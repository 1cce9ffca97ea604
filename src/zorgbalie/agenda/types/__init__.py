"""What faces receive of the agenda."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.questions import AskedQuestion

AgendaId = NewType("AgendaId", int)
AppointmentId = NewType("AppointmentId", int)
AppointmentKindId = NewType("AppointmentKindId", int)

LONGEST_REASON = 500
LONGEST_CANCEL_TEXT = 300


class Mode(StrEnum):
    """Where an appointment is. Values are stored."""

    PRACTICE = "practice"
    PHONE = "phone"
    VIDEO = "video"


class ReleasePlan(StrEnum):
    """When patients get to see places (ux 44). Values are stored."""

    ALL = "all"
    STAGGERED = "staggered"


class AppointmentState(StrEnum):
    """held → booked → arrived → done; booked → no_show. held and booked → cancelled, for good.

    A held place is a patient's for some minutes while details are filled in; it lapses by itself.
    """

    HELD = "held"
    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class OccupationKind(StrEnum):
    """What fills an agenda and is no appointment of a patient (R10). Values are stored."""

    MEETING = "meeting"
    BREAK = "break"
    VISITS = "visits"
    CLOSED = "closed"


class WishState(StrEnum):
    """waiting → fulfilled (moved to an earlier time) or ended. Values are stored."""

    WAITING = "waiting"
    FULFILLED = "done"
    ENDED = "ended"


class OfferState(StrEnum):
    """open → taken, gone (somebody else has it), expired or refused. Values are stored."""

    OPEN = "open"
    TAKEN = "taken"
    GONE = "gone"
    EXPIRED = "expired"
    REFUSED = "refused"


class PartOfDay(StrEnum):
    """When on a day: before or from noon. Values are stored."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaRules:
    """What a practice decided about appointments (REQ 72, 73); the defaults hold while it decided nothing.

    `quiet_from` and `quiet_until`: minutes since midnight between which no offer is sent; `offer_hours`: how long one
    stands.
    """

    intro_text: str = ""
    confirm_text: str = ""
    route_text: str = ""
    reminders_on: bool = True
    earlier_on: bool = True
    item_for_bookings: bool = False
    item_for_changes: bool = True
    offer_hours: int = 4
    quiet_from: int = 21 * 60
    quiet_until: int = 8 * 60
    feeds_on: bool = True
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRules:
    """What a kind of appointment asks of a place: minutes, how soon (hours) and how far ahead (days) online."""

    kind_id: int
    minutes: int
    hours_before: int
    days_ahead: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningRules:
    """How an agenda opens for patients. `reserve`: places a day that are never booked online (R11)."""

    reserve: int
    plan: ReleasePlan
    days_ahead: int


@dataclass(frozen=True, kw_only=True, order=True, slots=True)
class Place:
    """A stretch of one agenda, end exclusive."""

    starts_at: datetime
    ends_at: datetime
    agenda_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentCard:
    """An appointment, as both sides receive it. `until`: until when a held place is kept."""

    appointment_id: AppointmentId
    patient_id: PersonId
    agenda_name: str
    kind_name: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState
    until: datetime | None
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentDetail:
    """One appointment whole, as both sides receive it.

    `change_until`: until when the patient may cancel or move it online. `cancelled_by`: patient, practice or lapsed.
    `room`, `bring`, `how`: of its kind, as they are now. `answers`: empty unless the kind asks something first.
    """

    card: AppointmentCard
    agenda_id: AgendaId
    kind_id: AppointmentKindId
    with_whom: str
    room: str
    bring: str
    how: str
    reason: str
    answers: tuple[AskedQuestion, ...]
    is_online: bool
    booked_at: datetime | None
    change_until: datetime
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaName:
    """Whose time it is, as patients know it."""

    agenda_id: AgendaId
    name: str
    function: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPlaces:
    """What a patient can choose from: the first few, how many per day (none: left out), and one day whole.

    `agendas`: all that offer the kind, to choose from; `until`: the last day that was searched.
    """

    first: tuple[Place, ...]
    days: tuple[tuple[date, int], ...]
    on_day: tuple[Place, ...]
    agendas: tuple[AgendaName, ...] = ()
    until: date = date.max


class AgendaRefused(Refused):
    """Root of the reasons why a place was not given or an appointment not changed."""


class PlaceTaken(AgendaRefused):
    """Somebody else has the place; `alternatives` are the nearest that are free."""

    def __init__(self, message: str, *, alternatives: tuple[Place, ...] = ()) -> None:
        super().__init__(message)
        self.alternatives = alternatives


class HoldOver(AgendaRefused):
    """The minutes for which the place was kept have passed."""


class TooLate(AgendaRefused):
    """Too close to the appointment to cancel or move it online."""


class NotForThisPatient(AgendaRefused):
    """The kind is for another age, or this patient has as many as may be."""


class AppointmentChanged(AgendaRefused):
    """Somebody else changed or cancelled it meanwhile."""
