"""What became of messages: for the report of an import, and for the desk's list of what has to be solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from zorgbalie.exchange.lab.types import UNMATCHED, LabFormat, Reason
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId

MessageId = NewType("MessageId", int)


class MessageState(StrEnum):
    """Values are stored. stored · waiting → assigned | stored | set_aside."""

    STORED = "stored"
    WAITING = "waiting"
    ASSIGNED = "assigned"
    SET_ASIDE = "set_aside"


class Outcome(StrEnum):
    """What an import did with a message."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    LISTED = "listed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageOutcome:
    """One message of an import. `line` is where it begins in the file, `message_line` a line within it."""

    file: str
    line: int
    format: LabFormat
    outcome: Outcome
    message_id: int | None = None
    patient_id: int | None = None
    reports: int = 0
    results: int = 0
    letters: int = 0
    reason: str = ""
    segment: str = ""
    message_line: int = 0
    detail: str = ""
    original_only: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedFile:
    """A file that was not read at all, and why."""

    file: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LabImportReport:
    """What an import of laboratory messages did."""

    files: tuple[str, ...]
    practice_id: int
    dry_run: bool
    messages: tuple[MessageOutcome, ...]
    refused_files: tuple[RefusedFile, ...]

    def count(self, outcome: Outcome) -> int:
        """How many messages ended so."""
        return sum(message.outcome is outcome for message in self.messages)


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingRow:
    """A message in the desk's list. Name, birth date and laboratory are as the message states them."""

    message_id: MessageId
    reason: Reason
    state: MessageState
    laboratory: str
    stated_name: str
    stated_birth_date: date | None
    received_at: datetime
    decided_at: datetime | None
    decided_by_name: str

    @property
    def is_readable(self) -> bool:
        """Whether it only waits for somebody who says whose it is."""
        return self.reason in UNMATCHED


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingResult:
    """A result as far as one needs it to recognise a message."""

    title: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingMessage:
    """One message, opened. `lines` is the original with numbers, a part of it where `is_shortened`."""

    row: WaitingRow
    segment: str
    line: int
    detail: str
    note: str
    requester_name: str
    masked_bsn: str
    results: tuple[WaitingResult, ...]
    more_results: int
    lines: tuple[tuple[int, str], ...]
    is_shortened: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What the message says of the patient, beside what the practice knows of the one who was chosen."""

    message: WaitingMessage
    patient_id: PersonId
    patient_name: str
    birth_date: date
    masked_bsn: str
    same_birth_date: bool
    other_bsn: bool


class MessageHandled(Refused):
    """A colleague solved the message meanwhile, or it was stored by itself."""


class MessageNotReadable(Refused):
    """A broken message cannot go into a record: it has no results that are known for sure."""


class OtherPatient(Refused):
    """The BSN in the message is not that of the chosen patient."""


class NoteMissing(Refused):
    """Setting aside needs a reason."""
