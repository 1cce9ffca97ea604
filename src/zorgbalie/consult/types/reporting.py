"""A question in the record: what can be and was put there, whom it concerns, and what a practice lets happen.

ConsultRefused
├── NotToBeMoved       the question cannot go to that record: its sender, nobody new, or a record that is shut (R12)
└── StorageNotUsable   what should happen on closing is not one of the choices
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.consult.types.threads import About, AuthorKind, ConsultState
from zorgbalie.kernel.ids import ConsultId, EpisodeId, PersonId
from zorgbalie.record.types.journal import JournalPlace, NewEpisode, NewLine


class NotToBeMoved(ConsultRefused):
    """The question cannot go to that record."""


class StorageNotUsable(ConsultRefused):
    """What should happen on closing is not one of the choices."""


class StorageMode(StrEnum):
    """What happens with a thread when it is closed. Values are stored."""

    OFF = "off"
    LINES = "lines"
    DOCUMENT = "document"


class Stored(StrEnum):
    """What became of it on closing, for the sentence at the desk."""

    OFF = "off"
    DONE = "done"
    KNOWN = "known"
    NO_RIGHT = "no_right"
    NO_PATIENT = "no_patient"
    NOTHING = "nothing"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, kw_only=True, slots=True)
class StorageChoice:
    """What a practice chose."""

    mode: StorageMode
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyMade:
    """One time that the question was put in the record."""

    written_at: datetime
    written_by_name: str
    line_kinds: str
    documents: int
    is_automatic: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One time that the question was moved."""

    moved_at: datetime
    moved_by_name: str
    to_name: str
    is_back: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reporting:
    """What the desk's page of a thread says about the record.

    `concerns_id`: in whose record the question belongs; `concerns_name` is empty for the sender's own.
    """

    concerns_id: PersonId
    concerns_name: str
    copies: tuple[CopyMade, ...]
    moves: tuple[Move, ...]
    may_write: bool

    @property
    def is_moved(self) -> bool:
        """Whether it belongs in the record of another than the patient of the thread."""
        return bool(self.concerns_name)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText:
    """A text of the thread that can become a line. `is_copied`: it was put in the record before."""

    author_kind: AuthorKind
    author_name: str
    text: str
    sent_at: datetime
    is_copied: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """An attachment that can go to the documents. `is_kept`: it stands there; `is_safe`: no virus was found in it."""

    attachment_id: int
    file_name: str
    size: int
    is_kept: bool
    is_safe: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalSource:
    """All that the page `naar het journaal` shows."""

    consult_id: ConsultId
    patient_id: PersonId
    concerns_id: PersonId
    subject: str
    texts: tuple[SourceText, ...]
    files: tuple[SourceFile, ...]
    copies: tuple[CopyMade, ...]
    place: JournalPlace


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedCopy:
    """What somebody chose on that page. `token`: of the form; `record_of`: whose record the page named."""

    token: UUID
    record_of: PersonId
    day: date
    lines: tuple[NewLine, ...]
    episode_id: EpisodeId | None = None
    new_episode: NewEpisode | None = None
    attachment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonChoice:
    """Somebody to whom a question can be moved. `is_close`: a child or somebody else for whom the sender acts."""

    person_id: PersonId
    name: str
    birth_date: date
    is_close: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePlan:
    """What moving does, before it is done. `needs_journal`: lines or documents go along, a right of its own."""

    revision: int
    subject: str
    sender_name: str
    now_with: PersonChoice
    goes_to: PersonChoice
    is_back: bool
    copies: int
    documents: int
    needs_journal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientThreadRow:
    """A question in the list of one patient at the desk. `other_name`: of the sender, or of whom it concerns.

    `patient_id`: in whose file the thread is answered.
    """

    consult_id: ConsultId
    patient_id: PersonId
    subject: str
    about: About | None
    state: ConsultState
    changed_at: datetime
    is_of_other: bool
    other_name: str
