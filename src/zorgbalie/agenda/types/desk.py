"""What the desk receives of appointments: one whole, lists, and places to choose from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.agenda.types import (
    AgendaId,
    AppointmentDetail,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    Mode,
    PartOfDay,
    Place,
)
from zorgbalie.kernel.ids import PersonId


class ChangeKind(StrEnum):
    """A step of an appointment. Values are stored."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"


class ListSort(StrEnum):
    """The order of the desk's list: by time, or what was made latest first."""

    EARLIEST = "earliest"
    LATEST = "latest"
    MADE = "made"


class Doubt(StrEnum):
    """Why a patient could not book this online; staff decide themselves."""

    TOO_YOUNG = "too young"
    TOO_OLD = "too old"
    HAS_ONE = "has as many as may be"


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentSearch:
    """What is looked for in the practice's appointments. Empty fields do not narrow; days are inclusive."""

    text: str = ""
    agenda_id: AgendaId | None = None
    kind_id: AppointmentKindId | None = None
    state: AppointmentState | None = None
    from_date: date | None = None
    until_date: date | None = None
    only_by_patient: bool = False
    sort: ListSort = ListSort.EARLIEST


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentRow:
    """An appointment in a list of the desk. `latest`: what happened to it, `latest_by_patient`: by which side."""

    appointment_id: AppointmentId
    patient_id: PersonId
    patient_name: str
    birth_date: date | None
    agenda_name: str
    kind_name: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState
    is_online: bool
    booked_at: datetime | None
    latest: ChangeKind | None
    latest_by_patient: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """One step of an appointment. `by_name`: who did it at the desk; empty for the patient's side."""

    what: ChangeKind
    by_patient: bool
    by_name: str
    happened_at: datetime
    from_starts_at: datetime | None = None
    from_agenda: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WishLine:
    """The patient waits for an earlier time."""

    only_same_agenda: bool
    part_of_day: PartOfDay
    from_date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskAppointment:
    """One appointment as the desk handles it. `booked_by`: who made it, empty for the patient in person."""

    detail: AppointmentDetail
    booked_by: str
    history: tuple[ChangeLine, ...]
    wish: WishLine | None
    can_change: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KindChoice:
    """A kind of appointment that the desk can book. `fits`: it can be at the time that was chosen first."""

    kind_id: AppointmentKindId
    name: str
    description: str
    with_whom: str
    minutes: int
    mode: Mode
    is_online: bool
    fits: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPlace:
    """A free place. `is_urgent`: of the reserve, which no patient can book (R11); `is_seen`: patients see it now."""

    place: Place
    agenda_name: str
    is_urgent: bool
    is_seen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPlaces:
    """What can be booked: the first few, how many on each day (none: left out), one day whole, and the agendas."""

    kind: KindChoice
    first: tuple[DeskPlace, ...]
    days: tuple[tuple[date, int], ...]
    on_day: tuple[DeskPlace, ...]
    agendas: tuple[tuple[AgendaId, str], ...]
