"""Writing in the record at the desk: a contact with its lines, files that go along, and moving both elsewhere.

Refused
└── JournalNotUsable   something in what was written is not right: a day, a code, a line, an episode (REQ 43, 57)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EpisodeId
from zorgbalie.record.types.importing import RecordTable

LONGEST_LINE = 4000
MOST_LINES = 40
LONGEST_EPISODE_TITLE = 120


class JournalNotUsable(Refused):
    """Something in what was written is not right: a day, a code, a line, an episode."""


class LineKind(StrEnum):
    """A journal line (journaalregeltypen). S and O never leave the practice."""

    SUBJECTIVE = "S"
    OBJECTIVE = "O"
    EVALUATION = "E"
    PLAN = "P"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLine:
    """One line."""

    kind: LineKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEpisode:
    """A new episode. `icpc_code` may be empty; `visible`: the tick `zichtbaar voor patiënt` (REQ 57)."""

    title: str
    icpc_code: str
    visible: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class FiledPaper:
    """A file that goes to the documents, checked where it came in. `source_key`: the same one twice is one document."""

    source_key: str
    title: str
    author_name: str
    day: date
    file_name: str
    media_type: str
    sha256: str
    virus_state: str
    content: bytes
    is_outgoing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FiledText:
    """A text that goes to the documents as a text file."""

    source_key: str
    title: str
    author_name: str
    day: date
    file_name: str
    text: str
    is_outgoing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """What is written at once. `key`: the same one twice is one contact. Without episode it is a loose contact."""

    key: UUID
    day: date
    kind_title: str
    lines: tuple[NewLine, ...] = ()
    episode_id: EpisodeId | None = None
    new_episode: NewEpisode | None = None
    papers: tuple[FiledPaper, ...] = ()
    texts: tuple[FiledText, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """Which rows and documents stand in the record now, by the names that they keep wherever they are moved."""

    rows: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EpisodeChoice:
    """An episode to write under."""

    episode_id: EpisodeId
    title: str
    icpc_code: str
    is_running: bool
    is_visible: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalPlace:
    """What is needed to write in a record.

    `reads_online`: the patient can open the record today (R14); `shown_from`: the first day of which E and P are shown.
    """

    episodes: tuple[EpisodeChoice, ...]
    reads_online: bool
    shown_from: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LiftedRow:
    """A row that was taken out of a record. `encounter`, `episode`: names of rows that were taken out with it."""

    table: RecordTable
    source_id: str
    values: Mapping[str, Any]
    encounter: str = ""
    episode: str = ""
    episode_was_hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LiftedDocument:
    """A document that was taken out of a record."""

    source_key: str
    values: Mapping[str, Any]
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifted:
    """All that was taken out of one record, to be put in another."""

    rows: tuple[LiftedRow, ...]
    documents: tuple[LiftedDocument, ...]
