"""What others receive of reliable information: frozen values, and the errors of this app."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from zorgbalie.integrations.knowledge import AddressFault
from zorgbalie.kernel.errors import Refused

KnowledgeSourceId = NewType("KnowledgeSourceId", int)
KnowledgeLinkId = NewType("KnowledgeLinkId", int)
LARGEST_FILE = 2_000_000  # bytes


class ItemKind(StrEnum):
    """What the information is about. Values are stored."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    RESULT = "result"


class CodeSystem(StrEnum):
    """Where a code comes from. Values are stored, and stand in the files that are loaded."""

    ICPC1 = "icpc1"
    ATC = "atc"
    GPK = "gpk"
    PRK = "prk"
    HPK = "hpk"
    NHG45 = "nhg45"


class LinkState(StrEnum):
    """Whether a page is still there. Values are stored."""

    OK = "ok"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Code:
    """A code within its system."""

    system: CodeSystem
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InfoLink:
    """A page about an item: one that was loaded for its code, or the search page of a source.

    `term`: the word that the address holds and the other website will see; empty for a page by code. `site`: the
    website as people say it, without `www.`.
    """

    address: str
    site: str
    title: str
    about: str
    term: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """A source as one practice has it: its own switch and place, or those that hold for all."""

    source_id: KnowledgeSourceId
    name: str
    kind: ItemKind
    about: str
    template: str
    is_on: bool
    place: int
    is_own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRow:
    """A loaded link, for the practice that manages it. `is_own`: not one that holds for all practices."""

    link_id: KnowledgeLinkId
    system: CodeSystem
    code: str
    address: str
    host: str
    title: str
    is_own: bool
    state: LinkState
    by_hand: bool
    checked_at: datetime | None
    loaded_by: str
    loaded_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkFilter:
    """Which links to list. Empty fields leave nothing out."""

    words: str = ""
    system: str = ""
    state: str = ""


class LineFault(StrEnum):
    """Why a line of a file was not loaded, beside what can be wrong with its address."""

    COLUMNS = "the line does not have four columns"
    SYSTEM = "the code system is not known"
    CODE = "the code is not one of that system"
    TITLE_EMPTY = "the title is empty"
    TITLE_LONG = "the title is too long"
    TITLE_CHARACTERS = "the title holds a character that cannot be shown"
    FORMULA = "a column begins as a formula of a spreadsheet does"
    DOUBLE = "the same code and website stand on an earlier line"


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedLine:
    """A line that was not loaded: its number in the file (from 1), why, and the beginning of its text."""

    number: int
    fault: LineFault | AddressFault
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadReport:
    """What became of a file."""

    stored: int
    updated: int
    unchanged: int
    refused: tuple[RefusedLine, ...]

    @property
    def total(self) -> int:
        """How many lines were read."""
        return self.stored + self.updated + self.unchanged + len(self.refused)


class FileRefused(Refused):
    """Nothing of a file was loaded: it is no text, too large, or holds no line."""


class SourceRefused(Refused):
    """A source cannot be added as it was filled in."""
