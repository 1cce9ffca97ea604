"""Correspondence: letters and other documents of a patient, and what the desk and the patient read of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import DocumentId
from zorgbalie.record.types.desk import PatientCard
from zorgbalie.record.types.shown import Said, Slice


class DocumentCategory(StrEnum):
    """What a document is. Values are stored."""

    SPECIALIST_IN = "specialist_in"
    SPECIALIST_OUT = "specialist_out"
    DISCHARGE = "discharge"
    RADIOLOGY = "radiology"
    LAB_TEXT = "lab_text"
    FORM = "form"
    PHOTO = "photo"
    OTHER = "other"
    EPD_TRANSFER = "epd_transfer"


SHAREABLE = tuple(one for one in DocumentCategory if one is not DocumentCategory.EPD_TRANSFER)
"""R4: the EPD-overdrachtsbericht is for the next practice, and never for the portal."""


class Direction(StrEnum):
    """Whether the practice received or sent it. Values are stored."""

    INCOMING = "in"
    OUTGOING = "out"


class DocumentState(StrEnum):
    """private → shared ↔ withdrawn. Values are stored."""

    PRIVATE = "private"
    SHARED = "shared"
    WITHDRAWN = "withdrawn"


class VirusState(StrEnum):
    """What is known of viruses. Values are stored.

    unchecked: this installation has no scanner. waiting: it has one, which did not answer; waiting → clean | infected.
    """

    CLEAN = "clean"
    UNCHECKED = "unchecked"
    WAITING = "waiting"
    INFECTED = "infected"


class DocumentSource(StrEnum):
    """How a document came in. Values are stored."""

    UPLOAD = "upload"
    MESSAGE = "message"
    CONSULT = "consult"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDocument:
    """A document that comes in, as it was handed over: nothing of `file_name` or `content` is believed yet.

    `source_key` is the same for the same hand-over, so that twice is once.
    """

    title: str
    category: DocumentCategory
    direction: Direction
    document_date: date
    file_name: str
    content: bytes
    source_key: str
    author_name: str = ""
    source: DocumentSource = DocumentSource.UPLOAD


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedDocument:
    """What became of a document that came in. `was_known`: the same came before and nothing was written."""

    document_id: DocumentId
    was_known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What somebody decided to share. `revision` is the one that was on the screen."""

    revision: int
    explanation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentFilter:
    """Which documents of one patient one wants to see at the desk."""

    category: DocumentCategory | None = None
    direction: Direction | None = None
    state: DocumentState | None = None
    search: str = ""
    oldest_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskDocument:
    """A document in the desk's list. `is_served`: it is shared, and the settings of the practice let it through."""

    document_id: DocumentId
    title: str
    category: DocumentCategory
    direction: Direction
    author_name: str
    document_date: date
    received_at: datetime
    media_type: str
    size: int
    state: DocumentState
    virus_state: VirusState
    published_at: datetime | None
    is_served: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentList:
    """A page of the documents of one patient at the desk."""

    patient: PatientCard
    listed: Slice[DeskDocument]
    may_change: bool


class Obstacle(StrEnum):
    """Why a patient does not see a document that is shared, or would be."""

    NEVER_SHARED = "never_shared"
    VIRUS_WAITING = "virus_waiting"
    VIRUS_FOUND = "virus_found"
    CATEGORY_OFF = "category_off"
    BEFORE_START = "before_start"
    NOT_ONLINE = "not_online"


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPage:
    """One document with all that is needed to decide on it. `preview` is what the patient would read.

    `obstacles`: why the patient does not see it (yet), once shared. `starts_on`: the first day of its category.
    """

    patient: PatientCard
    document: DeskDocument
    file_name: str
    sha256: str
    source: DocumentSource
    revision: int
    explanation: str
    published_by_name: str
    received_by_name: str
    may_change: bool
    can_be_shared: bool
    obstacles: tuple[Obstacle, ...]
    starts_on: date | None
    preview: "ShownLetter"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLetter:
    """A document as its patient reads it: the practice's explanation first."""

    document_id: DocumentId
    title: str
    category: DocumentCategory
    direction: Direction
    author_name: str
    document_date: date
    published_on: date
    published_by_name: str
    explanation: str
    media_type: str
    size: int
    is_virus_checked: bool
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterCard:
    """A document in the patient's list. `is_new`: shared a short while ago and not opened by who looks."""

    document_id: DocumentId
    title: str
    category: DocumentCategory
    author_name: str
    document_date: date
    published_on: date
    has_explanation: bool
    is_new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentFile:
    """The file itself, for a download alone."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class SharingSettings:
    """From which day documents of a category are served, None where it is off. `version` guards against two at once."""

    starts: Mapping[DocumentCategory, date | None]
    version: str


class DocumentRefused(Refused):
    """Root of the reasons why something is not done with a document."""


class FileNotKept(DocumentRefused):
    """The file is not of a kind that is kept, is not safe, or holds a virus."""


class NeverShared(DocumentRefused):
    """R4: an EPD-overdrachtsbericht is never shared."""


class NotChecked(DocumentRefused):
    """The virus scanner has not answered yet, or found something: the document is not shared."""


class DocumentChanged(DocumentRefused):
    """A colleague was first: the document is no longer as it was shown."""


class DocumentNotUsable(DocumentRefused):
    """Something in the form is not right: a title, a day, an explanation that is too long."""
