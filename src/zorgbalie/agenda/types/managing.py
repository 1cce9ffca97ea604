"""What the manager of a practice receives of kinds of appointment and agendas, and may fill in (REQ 37, 72 to 74)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zorgbalie.agenda.types import AgendaId, AgendaRefused, AppointmentKindId, Mode, ReleasePlan
from zorgbalie.kernel.questions import Question

LONGEST_KIND_NAME = 80
LONGEST_KIND_TEXT = 300
LONGEST_WITH_WHOM = 60
LONGEST_ROOM = 80
LONGEST_AGENDA_NAME = 120
LONGEST_FUNCTION = 60
LONGEST_PRACTICE_TEXT = 600
MOST_KINDS = 60
MOST_AGENDAS = 60

BOUNDS: dict[str, tuple[int, int]] = {
    "minutes": (5, 480),
    "hours_before": (0, 336),
    "days_ahead": (1, 366),
    "cancel_hours": (0, 336),
    "most_per_patient": (0, 20),
    "min_age": (0, 120),
    "max_age": (0, 120),
    "urgent_reserve": (0, 50),
    "offer_hours": (1, 72),
    "quiet_from": (0, 24 * 60 - 1),
    "quiet_until": (0, 24 * 60 - 1),
}
"""The lowest and highest of each number that a manager fills in."""

KIND_LENGTHS = {
    "name": LONGEST_KIND_NAME,
    "description": LONGEST_KIND_TEXT,
    "with_whom": LONGEST_WITH_WHOM,
    "room": LONGEST_ROOM,
    "bring": LONGEST_KIND_TEXT,
    "how": LONGEST_KIND_TEXT,
}
KIND_NUMBERS = ("minutes", "hours_before", "days_ahead", "cancel_hours", "most_per_patient", "min_age", "max_age")


@dataclass(frozen=True, kw_only=True, slots=True)
class ManagedKind:
    """A kind of appointment as the manager sees and changes it; `kind_id` is empty for a new one.

    `is_active` false: archived, nobody can book it any more. `most_per_patient` 0: no bound.
    """

    kind_id: AppointmentKindId | None = None
    name: str = ""
    description: str = ""
    with_whom: str = ""
    minutes: int = 10
    mode: Mode = Mode.PRACTICE
    room: str = ""
    bring: str = ""
    how: str = ""
    is_online: bool = False
    hours_before: int = 2
    days_ahead: int = 28
    cancel_hours: int = 24
    most_per_patient: int = 1
    min_age: int = 0
    max_age: int | None = None
    questions: tuple[Question, ...] = ()
    is_active: bool = True
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ManagedAgenda:
    """An agenda as the manager sees and changes it; `agenda_id` is empty for a new one."""

    agenda_id: AgendaId | None = None
    name: str = ""
    function: str = ""
    account_id: int | None = None
    employee_id: int | None = None
    urgent_reserve: int = 5
    release_plan: ReleasePlan = ReleasePlan.ALL
    days_ahead: int = 28
    is_active: bool = True
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """To whom an agenda can belong: accounts in use, and who works here now."""

    accounts: tuple[tuple[int, str], ...]
    employees: tuple[tuple[int, str], ...]


class Notice(StrEnum):
    """What an advice warns of. `HIDDEN_FROM`: patients of an account see no appointments (R14)."""

    FACILITY_OFF = "nobody sees appointments"
    HIDDEN_FROM = "patients of one account see none"
    NO_AGENDA = "no agenda in use"
    NO_KIND = "no kind is open online"
    KIND_WITHOUT_BLOCK = "an online kind fits in no online block"
    KIND_FULL = "no times this week"
    KIND_FULL_LONGER = "no times this week and the next"
    AGENDA_WITHOUT_BLOCK = "an agenda without online blocks"
    ALL_RESERVED = "the reserve is as large as the day"
    ALL_AT_ONCE = "released at midnight, all at once"


@dataclass(frozen=True, kw_only=True, slots=True)
class Warned:
    """One warning: about what (`name`), and the number of the agenda or kind where it is mended."""

    notice: Notice
    name: str = ""
    agenda_id: int | None = None
    kind_id: int | None = None
    account_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KindAdvice:
    """What patients see of a kind now: its first free time, and how many places remain this week and the next."""

    kind_id: int
    name: str
    first: datetime | None
    this_week: int
    next_week: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaAdvice:
    """How many free places of an agenda are kept for urgent cases (R11), today, this week and the next."""

    agenda_id: int
    name: str
    today: int
    this_week: int
    next_week: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What patients see now, what is kept from them, and what to mend (ux 44)."""

    kinds: tuple[KindAdvice, ...] = ()
    agendas: tuple[AgendaAdvice, ...] = ()
    warnings: tuple[Warned, ...] = field(default=())


class SettingRefused(AgendaRefused):
    """A kind, an agenda or a text cannot be stored like this; `field` says where."""


class StillBooked(AgendaRefused):
    """An agenda with coming appointments is put out of use only by who has seen how many there are."""

    def __init__(self, message: str, *, coming: int) -> None:
        super().__init__(message)
        self.coming = coming
