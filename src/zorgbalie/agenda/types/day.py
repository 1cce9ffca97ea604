"""What the desk receives of one or more days of the agenda."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.agenda.types import (
    AgendaId,
    AgendaRefused,
    AppointmentDetail,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    Mode,
    OccupationKind,
    Place,
)
from zorgbalie.kernel.ids import PersonId
from zorgbalie.practice.free_days import Holiday

LONGEST_TITLE = 120


class EntryKind(StrEnum):
    """What a stretch of an agenda is. `PASSED`: was free, and is over. `TAKEN`: of who is no longer enrolled."""

    FREE = "free"
    PASSED = "passed"
    APPOINTMENT = "appointment"
    HELD = "held"
    TAKEN = "taken"
    OCCUPATION = "occupation"


class Attendance(StrEnum):
    """What the desk says of an appointment. `WAITED_FOR` takes back what was said before."""

    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    WAITED_FOR = "waited_for"


class TooEarly(AgendaRefused):
    """What is said of an appointment cannot be known yet."""


class OccupationGone(AgendaRefused):
    """Somebody else changed it or took it away meanwhile."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FreePlace:
    """What can still be booked here.

    `kinds`: which begin here and fit. `is_reserve`: kept for urgent cases, never online (R11). `opens_at`: from when
    patients see it, None when they do so now or never.
    """

    kinds: frozenset[int]
    is_reserve: bool
    is_online: bool
    opens_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayAppointment:
    """An appointment as the agenda of the desk shows it."""

    appointment_id: AppointmentId
    patient_id: PersonId
    patient_name: str
    birth_date: date
    kind_id: AppointmentKindId
    kind_name: str
    mode: Mode
    state: AppointmentState
    reason: str
    arrived_at: datetime | None
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOccupation:
    """Time that is filled and is no appointment (R10): it names no patient."""

    occupation_id: int
    agenda_id: AgendaId
    kind: OccupationKind
    title: str
    starts_at: datetime
    ends_at: datetime

    @property
    def seen(self) -> str:
        """What somebody saw who changes it: compared before it is changed (compare and swap)."""
        return f"{self.kind}|{self.starts_at.isoformat()}|{self.ends_at.isoformat()}|{self.title}"


@dataclass(frozen=True, kw_only=True, slots=True)
class DayEntry:
    """A stretch of an agenda. `top` and `bottom`: where on the paper of its day, see `rules.day`."""

    kind: EntryKind
    starts_at: datetime
    ends_at: datetime
    top: int
    bottom: int
    free: FreePlace | None = None
    appointment: DayAppointment | None = None
    occupation: DayOccupation | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayColumn:
    """One agenda on one day. `closed_text`: in the practice's words why it offers nothing, or empty."""

    agenda_id: AgendaId
    agenda_name: str
    function: str
    day: date
    is_closed: bool
    closed_text: str
    holiday: Holiday | None
    entries: tuple[DayEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """Where on the paper something begins or ends. `minutes` on the clock; `is_second`: after it went back."""

    at: int
    minutes: int
    is_second: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Days of the agenda. `agendas`: what can be chosen, by number and name. `now_at`: where now is on the paper."""

    agendas: tuple[tuple[AgendaId, str], ...]
    columns: tuple[DayColumn, ...]
    kinds: dict[int, str]
    edges: tuple[Edge, ...]
    now_at: int | None

    @property
    def appointments(self) -> tuple[tuple[DayColumn, DayEntry, DayAppointment], ...]:
        """Every appointment with where it is."""
        return tuple(
            (column, entry, entry.appointment)
            for column in self.columns
            for entry in column.entries
            if entry.appointment is not None
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCount:
    """How much one agenda has on one day."""

    day: date
    appointments: int
    free: int
    is_closed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekCounts:
    """A week of the whole practice in numbers: per agenda seven days."""

    agendas: tuple[tuple[AgendaId, str], ...]
    rows: tuple[tuple[AgendaId, str, tuple[DayCount, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveProposal:
    """An appointment that was dropped somewhere else: what moving it would do."""

    detail: AppointmentDetail
    patient_name: str
    birth_date: date
    place: Place
    agenda_name: str
    is_free: bool
