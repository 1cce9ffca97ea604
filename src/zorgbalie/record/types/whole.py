"""All of a record that its patient may read now, at every practice: to be saved in a file (Wabvpz 15d; REQ 10, 22).

The same in two forms: for people as the pages show it, for machines as rows in the shape in which a dossier comes in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from zorgbalie.access.types import DataKind
from zorgbalie.kernel.ids import EpisodeId, LabReportId, PracticeId
from zorgbalie.practice.types import PracticeCard
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.importing import (
    AllergyRow,
    EncounterRow,
    EntryRow,
    EpisodeRow,
    MedicationRow,
    ObservationRow,
)
from zorgbalie.record.types.shown import Said, ShownAllergy, ShownContact, ShownEpisode, ShownMedicine, ShownValue

Held = Mapping[str, list[int]]
"""Ids of the rows that a file holds, by part: `{practice}:{kind}` and, for some kinds, what of it."""

LETTERS_TOGETHER = 25_000_000
"""Bytes of letters that a file for machines holds per practice: 33 MB as text, a third of what an import reads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedReport:
    """What the practice wrote with a laboratory report. `is_held`: not read yet and possibly upsetting; no words."""

    report_id: LabReportId
    day: date
    laboratory: str
    published_on: date
    doctor_name: str
    conclusion: str
    advice: str
    is_preliminary: bool
    is_corrected: bool
    is_held: bool
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedDetermination:
    """All values of one determination, newest first."""

    title: str
    values: tuple[ShownValue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedLetter:
    """A letter with its file. `content` is None where the letters together would be larger than a file may be."""

    letter: ShownLetter
    category_name: str
    file_name: str
    published_at: datetime
    content: bytes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadablePlace:
    """One practice's part, for people. None: that kind is not open, or is not kept there (R14).

    `said`: what stands beside the record as a whole; the rest stands beside its item.
    """

    practice: PracticeCard
    kinds: frozenset[DataKind]
    episodes: tuple[ShownEpisode, ...] | None
    contacts: tuple[ShownContact, ...] | None
    reports: tuple[SavedReport, ...] | None
    values: tuple[SavedDetermination, ...] | None
    allergies: tuple[ShownAllergy, ...] | None
    medicines: tuple[ShownMedicine, ...] | None
    letters: tuple[ShownLetter, ...] | None
    said: tuple[Said, ...]
    journal_from: date | None
    results_from: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsPlace:
    """One practice's part, for machines. Links between rows lead only to rows that are here.

    `said`: what stands beside rows, by their names (`row_name`); "" is the record as a whole.
    """

    practice: PracticeCard
    kinds: frozenset[DataKind]
    episodes: tuple[EpisodeRow, ...]
    attention: frozenset[str]
    encounters: tuple[EncounterRow, ...]
    entries: tuple[EntryRow, ...]
    observations: tuple[ObservationRow, ...]
    allergies: tuple[AllergyRow, ...]
    medicines: tuple[MedicationRow, ...]
    reports: tuple[SavedReport, ...]
    report_values: Mapping[LabReportId, tuple[str, ...]]
    letters: tuple[SavedLetter, ...]
    said: Mapping[str, tuple[Said, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedPart:
    """That a file holds a kind of data of a practice."""

    practice_id: PracticeId
    kind: DataKind


def row_name(kind: str, number: int | EpisodeId) -> str:
    """The id of a row in a file: the same each time."""
    return f"{kind}-{number}"
