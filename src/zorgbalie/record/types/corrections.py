"""Requests to correct, remove or add something in a record: what both sides receive, and what can go wrong.

Refused
├── CorrectionNotUsable   the request or the answer misses something, or is too long
├── CorrectionDecided     it was decided, extended or withdrawn meanwhile
└── ExtensionNotAllowed   the term was extended before, is over, or would become too long (AVG 12 lid 3)
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import CorrectionId, PracticeId
from zorgbalie.record.types.desk import DeskContact, DeskRow, PatientCard
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.results import ReportCard
from zorgbalie.record.types.shown import (
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownMedicine,
    ShownValue,
)

LONGEST_TEXT = 3000
"""Characters of a request and of a patient's own statement (ux 10)."""


class RecordItem(StrEnum):
    """What in a record a request can be about. Values are stored and stand in addresses."""

    EPISODE = "klacht"
    CONTACT = "contact"
    LINE = "regel"
    VALUE = "meting"
    REPORT = "uitslag"
    ALLERGY = "allergie"
    MEDICINE = "medicijn"
    LETTER = "brief"


class Wish(StrEnum):
    """What a patient wants (AVG 16, 17; BW 7:454 lid 2, 7:455). Values are stored and stand in addresses."""

    CORRECT = "verbeteren"
    REMOVE = "verwijderen"
    ADD = "toevoegen"


class CorrectionState(StrEnum):
    """sent → in_progress → granted, partly or refused; sent and in_progress → withdrawn. Values are stored."""

    SENT = "sent"
    IN_PROGRESS = "in_progress"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (CorrectionState.SENT, CorrectionState.IN_PROGRESS)
DECIDED_STATES = (CorrectionState.GRANTED, CorrectionState.PARTLY, CorrectionState.REFUSED)


class CorrectionStep(StrEnum):
    """What can happen to a request; each is a line of its history. Values are stored."""

    ASKED = "asked"
    TAKEN_UP = "taken_up"
    EXTENDED = "extended"
    NOTE = "note"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCorrection:
    """A request as the patient sends it. `token` (32 hexadecimal digits) is the form's: the same twice is once."""

    wish: Wish
    text: str
    token: str
    item_kind: RecordItem | None = None
    item_id: int = 0
    practice_id: PracticeId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFound:
    """The item that a request is about, as its patient reads it; one field is set, by `kind`."""

    kind: RecordItem
    item_id: int
    practice_id: PracticeId
    practice_name: str
    title: str
    episode: ShownEpisode | None = None
    contact: ShownContact | None = None
    value: ShownValue | None = None
    report: ReportCard | None = None
    allergy: ShownAllergy | None = None
    medicine: ShownMedicine | None = None
    letter: ShownLetter | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AskablePlace:
    """A practice that a request can be sent to."""

    practice_id: PracticeId
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionCard:
    """A request in a list. It says which kind of item it is about, never what stands there: that can be closed."""

    correction_id: CorrectionId
    practice_name: str
    item_kind: RecordItem | None
    wish: Wish
    state: CorrectionState
    asked_at: datetime
    due_on: date
    is_extended: bool
    decided_at: datetime | None
    was_read: bool = False
    is_news: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for the practice."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientCorrection:
    """A request as its patient reads it. `item` is None where there is none, or it cannot be read online now."""

    card: CorrectionCard
    item: ItemFound | None
    text: str
    asked_by_name: str
    extension_reason: str
    answer: str
    decided_by_name: str
    practice_phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailLine:
    """A line of the history of a request: who did what when. `by_patient`: the patient or who acts for the patient."""

    step: CorrectionStep
    happened_at: datetime
    by_name: str
    by_patient: bool
    text: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskCorrection:
    """A request with all that is needed to decide on it.

    `item` is what the patient reads (None: nothing, or not online), `own_row` or `own_contact` the record's own line
    with what is never online. `longest_due` is the last day to which it may be extended; None when it may not be.
    """

    patient: PatientCard
    card: CorrectionCard
    revision: int
    text: str
    asked_by_name: str
    item: ItemFound | None
    own_row: DeskRow | None
    own_contact: DeskContact | None
    item_is_gone: bool
    answer: str
    decided_by_name: str
    trail: tuple[TrailLine, ...]
    earlier: tuple[CorrectionCard, ...]
    days_left: int
    longest_due: date | None
    can_hide: bool
    may_decide: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionAnswer:
    """What the practice decides. `answer` is for the patient; `note` is what stands beside a corrected item.

    `hide` takes the item away from the patient at once. `revision` is the one that was on the screen.
    """

    outcome: CorrectionState
    revision: int
    answer: str = ""
    note: str = ""
    hide: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DueCounts:
    """How many requests are open at a practice, and how many of those are past their term."""

    open: int
    overdue: int


class CorrectionRefused(Refused):
    """Root of the reasons why something about a request is not done."""


class CorrectionNotUsable(CorrectionRefused):
    """The request or the answer misses something, or is too long."""


class CorrectionDecided(CorrectionRefused):
    """It is no longer as it was shown: decided, extended or withdrawn meanwhile."""


class ExtensionNotAllowed(CorrectionRefused):
    """The term was extended before, is over, or would become too long (AVG 12 lid 3)."""
