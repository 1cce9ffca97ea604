"""The record as a patient reads it: the same values for the patient's own pages and for the desk's preview.

Nothing in here can hold an S or O line, a work note or a reason for hiding: there is no field for it.
`date_precision` says how precisely the source knows the first date of an item: `day`, `month` or `year`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from zorgbalie.kernel.ids import EncounterId, EpisodeId, JournalEntryId, ObservationId, PracticeId

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """A set of unticked ids. In a preview it replaces the ticks that are stored (REQ 55)."""

    episode_ids: frozenset[int] = frozenset()
    encounter_ids: frozenset[int] = frozenset()
    entry_ids: frozenset[int] = frozenset()
    observation_ids: frozenset[int] = frozenset()
    allergy_ids: frozenset[int] = frozenset()
    medication_ids: frozenset[int] = frozenset()


class SaidKind(StrEnum):
    """What stands beside an item: the patient's own words (BW 7:454 lid 2), or a correction. Values are stored."""

    STATEMENT = "statement"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Words beside an item of the record, with the day on which they were put there."""

    kind: SaidKind
    day: date
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice(Generic[Item]):
    """One page of a list: `number` counts from 1 and is always a page that exists; `total` counts all items."""

    items: tuple[Item, ...]
    total: int
    number: int
    per_page: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FromPractice(Generic[Item]):
    """A list as one practice keeps it, under that practice's name (REQ 17). `phone` is whom to call about it."""

    practice_id: PracticeId
    practice_name: str
    phone: str
    is_pharmacy: bool
    listed: Slice[Item]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownEpisode:
    """A complaint or condition over time. Running ones have no `end_date`, or one that is still to come."""

    episode_id: EpisodeId
    title: str
    icpc_code: str
    start_date: date | None
    date_precision: str
    end_date: date | None
    is_running: bool
    has_attention: bool
    author_name: str
    author_role: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    """An E line (what the GP concludes) or a P line (what was agreed). `episode_*` only for a shown episode."""

    entry_id: JournalEntryId
    soep: str
    text: str
    day: date
    author_name: str
    author_role: str
    episode_id: EpisodeId | None
    episode_title: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownContact:
    """A contact with its E and P lines; `encounter_id` is None for a line that the source tied to no contact.

    `reason` is empty where a part of the contact is withheld: it could give away what was hidden (R3).
    """

    encounter_id: EncounterId | None
    day: date
    kind_title: str
    reason: str
    author_name: str
    author_role: str
    lines: tuple[ShownLine, ...]
    said: tuple[Said, ...] = ()

    @property
    def only_episode(self) -> ShownLine | None:
        """A line that names the episode, where all lines are about that one; to name it once."""
        same = {line.episode_id for line in self.lines}
        return self.lines[0] if len(same) == 1 and None not in same else None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownValue:
    """A measurement or result. Numbers are in `unit` (UCUM as the source wrote it); text where there is no number."""

    observation_id: ObservationId
    is_laboratory: bool
    title: str
    number: Decimal | None
    comparator: str
    text: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    reference_text: str
    interpretation: str
    is_preliminary: bool
    remark: str
    day: date
    date_precision: str
    author_name: str
    author_role: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueGroup:
    """One determination: the latest value, the one before it, and how many there are in the period shown."""

    latest: ShownValue
    previous: ShownValue | None
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ValuePoint:
    """A dot of a trend, in the unit of the latest value."""

    day: date
    number: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueHistory:
    """All values of one determination, newest first, with the points of the trend, oldest first."""

    title: str
    latest: ShownValue
    values: Slice[ShownValue]
    points: tuple[ValuePoint, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownAllergy:
    """An allergy or intolerance."""

    allergy_id: int
    title: str
    category: str
    criticality: str
    is_active: bool
    start_date: date | None
    date_precision: str
    reaction: str
    remark: str
    author_name: str
    author_role: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMedicine:
    """A medicine in use on the day of reading. `dosage` is the text of the prescription, unaltered."""

    medication_id: int
    title: str
    dosage: str
    start_date: date | None
    date_precision: str
    end_date: date | None
    reason: str
    author_name: str
    author_role: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCounts:
    """How much is shown, for the confirmation of a release (ux 50)."""

    episodes: int
    contacts: int
    lines: int
    values: int
    allergies: int
    medicines: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientRecord:
    """The whole record of one practice as the patient would open it.

    None: that part is off, or is not kept by such a practice, and is not there at all (R14).
    """

    episodes: Slice[ShownEpisode] | None
    contacts: Slice[ShownContact] | None
    values: Slice[ValueGroup] | None
    allergies: Slice[ShownAllergy] | None
    medicines: Slice[ShownMedicine] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOverview:
    """What of all practices is open: the GP practice's parts, and the lists of each practice side by side (REQ 11).

    None, or no list: not open. `practice_names` are those whose record is open.
    """

    episodes: Slice[ShownEpisode] | None
    contacts: Slice[ShownContact] | None
    values: Slice[ValueGroup] | None
    allergies: tuple[FromPractice[ShownAllergy], ...]
    medicines: tuple[FromPractice[ShownMedicine], ...]
    practice_names: tuple[str, ...]
    said: tuple[Said, ...] = ()
    """What the patient said about the record as a whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedRecord(PatientRecord):
    """The same with the number of single lines and values, where a release is prepared."""

    counts: RecordCounts
