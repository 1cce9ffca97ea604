"""What the desk receives of the record: work notes, the choice of what is shown, copies, and their errors.

Refused
├── NoteNotUsable      a work note asks for something that its rules refuse (REQ 59)
├── ChoiceNotUsable    a choice names what is not in this patient's record, or gives no reason (REQ 55)
├── RecordChanged      the record changed since it was shown; it is shown again, not released (REQ 55)
└── CopyNotUsable      a copy without any part, or without words for the patient (REQ 66)
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId, PersonId, WorkNoteId
from zorgbalie.knowledge.types import InfoLink
from zorgbalie.record.types.shown import CountedRecord, RecordCounts, Said, Slice


class NoteNotUsable(Refused):
    """A work note asks for something that its rules refuse (REQ 59)."""


class ChoiceNotUsable(Refused):
    """A choice names what is not in this patient's record, or gives no reason (REQ 55)."""


class RecordChanged(Refused):
    """The record changed since it was shown (a new line was imported, a colleague hid something)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkNote:
    """A note that its author alone reads, until it expires (REQ 59)."""

    note_id: WorkNoteId
    text: str
    about: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """With whom a note can be shared."""

    employee_id: EmployeeId
    name: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedNote:
    """A note that became part of the record when it was shared."""

    text: str
    about: str
    shared_on: date
    author_name: str
    author_role: str
    shared_with: tuple[str, ...]


class ItemKind(StrEnum):
    """What can be ticked apart. The values stand in forms."""

    EPISODE = "e"
    CONTACT = "c"
    LINE = "r"
    VALUE = "m"
    ALLERGY = "a"
    MEDICINE = "g"


class ItemRef(NamedTuple):
    """One thing in a record that can be ticked."""

    kind: ItemKind
    item_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a member of staff wants to change about the stored ticks: nothing that is not named changes."""

    hide: frozenset[ItemRef] = frozenset()
    show: frozenset[ItemRef] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceItem:
    """One line of the list to choose from. `episode` is the item's episode, with which it goes.

    `ticked` is the tick with the choice applied, `stored` the tick as it is kept; `reason` and `hidden_by` are for
    colleagues alone. `extra` is the line type (E or P), a code or a dose.
    """

    ref: ItemRef
    day: date | None
    title: str
    extra: str
    author_name: str
    episode: ItemRef | None
    episode_title: str
    ticked: bool
    stored: bool
    reason: str
    hidden_by: str
    is_running: bool = True
    has_attention: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceCounts:
    """What the confirmation says: how much is shown, how much stays hidden, and what changes (ux 50)."""

    shown: RecordCounts
    hidden: dict[ItemKind, int]
    newly_hidden: int
    newly_shown: int

    @property
    def hidden_total(self) -> int:
        """How many ticks are off."""
        return sum(self.hidden.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientCard:
    """The patient on top of a page of the desk."""

    patient_id: PersonId
    full_name: str
    birth_date: date
    age_group: AgeGroup


@dataclass(frozen=True, kw_only=True, slots=True)
class Cockpit:
    """The release page: what there is to choose, what the patient would see, and what it comes to.

    `digest` names exactly this state; a confirmation of another state is refused. `choice` is the given choice
    without what is not in this record; `was_cut` tells that there was such a thing.
    """

    patient: PatientCard
    items: tuple[ChoiceItem, ...]
    preview: CountedRecord
    counts: ChoiceCounts
    choice: Choice
    was_cut: bool
    digest: str
    is_released: bool
    is_served: bool
    """Whether the practice's facilities serve online access at all (R14)."""
    is_pharmacy: bool
    """Whether a pharmacy decides: it keeps medicines and allergies alone (REQ 79)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceSaved:
    """How many ticks changed."""

    hidden: int
    shown: int


class RecordPart(StrEnum):
    """The parts of the record at the desk. The values stand in addresses."""

    CONTACTS = "contacten"
    EPISODES = "episodes"
    FLAGS = "attentiewaarden"
    VALUES = "metingen"
    ALLERGIES = "allergieen"
    MEDICINES = "medicijnen"
    NOTES = "notities"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visibility:
    """Whether the patient sees a row, once the record is released; and who took the tick off, and why."""

    is_shown: bool
    ticked: bool
    reason: str
    hidden_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskLine:
    """A line of a contact, S and O too: for staff alone."""

    soep: str
    text: str
    icpc_code: str
    episode_title: str
    author_name: str
    visibility: Visibility
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskContact:
    """A contact with all its lines; without `kind_title` for a line that belongs to no contact."""

    day: date
    kind_title: str
    reason: str
    author_name: str
    author_role: str
    lines: tuple[DeskLine, ...]
    visibility: Visibility
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskRow:
    """Any other row: `extra` is a value with unit, a code or a dose; `detail` a remark or reaction.

    `visibility` is None for what is never shown online.
    """

    title: str
    day: date | None
    end_date: date | None
    precision: str
    extra: str
    detail: str
    state: str
    episode_title: str
    author_name: str
    author_role: str
    visibility: Visibility | None
    information: tuple[InfoLink, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskRecord:
    """One page of one part of the whole record, with how much each part holds."""

    patient: PatientCard
    practice_name: str
    part: RecordPart
    counts: dict[RecordPart, int]
    contacts: Slice[DeskContact] | None
    rows: Slice[DeskRow] | None
    is_released: bool
    is_emergency: bool


class CopyNotUsable(Refused):
    """A copy without any part, or without words for the patient (REQ 66)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyWish:
    """What a copy holds, and the words of the practice that stand on top of it (REQ 23, 66).

    `with_so` adds the S and O lines, which online access never shows but the record on paper may hold (BW 7:456).
    """

    parts: frozenset[RecordPart]
    with_so: bool
    explanation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyPlan:
    """What staff read before a copy is made: how much each part would hold, and whether a request waits for it.

    `hidden` counts ticks that are off; what they hide is never in a copy (R3).
    """

    patient: PatientCard
    counts: dict[RecordPart, int]
    so_lines: int
    hidden: int
    online_access: str
    closes_request: bool
