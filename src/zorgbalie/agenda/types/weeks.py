"""What faces receive of week patterns: blocks, leave, what fills an agenda each week, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.agenda.types import AgendaId, AgendaRefused, AppointmentId, OccupationKind
from zorgbalie.kernel.ids import PersonId

MOST_WEEKS_APART = 8
LONGEST_SERIES_WEEKS = 53
LONGEST_LEAVE_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedBlock:
    """A block as a manager asks for it. `day`: its first; minutes since midnight, until may be on the next day.

    `until`: the last day that it holds; empty for always, the same day for that day alone.
    """

    day: date
    starts: int
    ends: int
    step: int
    every_weeks: int
    until: date | None
    kinds: frozenset[int]
    is_online: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownBlock:
    """A block on one day. `appointments`: how many places are taken in it, held ones too; whose is not told here.

    `stamp` is of the block as it was read: a form sends it back, so that nobody changes what somebody else just did.
    """

    block_id: int
    day: date
    starts: int
    ends: int
    step: int
    every_weeks: int
    since: date
    until: date | None
    kinds: tuple[tuple[int, str], ...]
    is_online: bool
    appointments: int
    stamp: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownOccupation:
    """What fills time and is no appointment (R10). `is_series`: made as one that repeats."""

    occupation_id: int
    starts_at: datetime
    ends_at: datetime
    kind: OccupationKind
    title: str
    is_series: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDay:
    """One day of an agenda. `closed_by`: names of closings of the practice; `leave`: that of the agenda."""

    day: date
    blocks: tuple[ShownBlock, ...]
    occupations: tuple[ShownOccupation, ...]
    is_closed: bool
    leave: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave:
    """Days on which one agenda offers nothing."""

    leave_id: int
    starts_on: date
    ends_on: date
    reason: str
    stamp: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaChoice:
    """An agenda of the practice, and a kind of appointment: a number with a name."""

    number: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownWeek:
    """A week of one agenda, Monday first, with what can be chosen in its forms."""

    agenda_id: AgendaId
    name: str
    monday: date
    days: tuple[ShownDay, ...]
    leave: tuple[Leave, ...]
    kinds: tuple[AgendaChoice, ...]
    agendas: tuple[AgendaChoice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """An appointment that no longer fits. Kind and patient are told to who may see appointments; else only the time."""

    starts_at: datetime
    ends_at: datetime
    agenda_name: str
    kind_name: str = ""
    patient_name: str = ""
    patient_id: PersonId | None = None
    appointment_id: AppointmentId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflicts:
    """All that no longer fit. `digest` names exactly these: it comes back with the confirmation."""

    rows: tuple[Conflict, ...]
    digest: str


class WhyNot(StrEnum):
    """Why a date of a series was left out."""

    APPOINTMENT = "appointment"
    OCCUPATION = "occupation"
    NO_SUCH_TIME = "no_time"


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesReport:
    """What became of a series: the days on which it stands, and those on which it could not, and why."""

    made: tuple[date, ...]
    refused: tuple[tuple[date, WhyNot], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyPreview:
    """What a copied week will be: its days, which appointments then no longer fit, and a stamp of what was read."""

    days: tuple[ShownDay, ...]
    conflicts: Conflicts
    stamp: str


class AppointmentsInTheWay(AgendaRefused):
    """Appointments would no longer fit, and nobody said yet that they stay. Nothing was stored."""

    def __init__(self, message: str, *, conflicts: Conflicts) -> None:
        super().__init__(message)
        self.conflicts = conflicts


class BlocksOverlap(AgendaRefused):
    """There is another block at that time on some day."""


class PatternRefused(AgendaRefused):
    """A block, leave or series that cannot be: over already, of no kind, too long."""
