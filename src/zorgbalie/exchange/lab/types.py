"""What reading a laboratory message gives, and how it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.record.types.lab import NewLabResult


class LabFormat(StrEnum):
    """In which form a message came. Values are stored."""

    EDIFACT = "edifact"
    HL7 = "hl7"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a message is not in anybody's record (yet). Values are stored; each face has its own words."""

    # broken: the message cannot be read
    UNKNOWN_FORMAT = "unknown_format"
    CHARACTERS = "characters"
    TOO_LARGE = "too_large"
    SEPARATORS = "separators"
    NO_SEGMENT = "no_segment"
    NOT_CLOSED = "not_closed"
    COUNT_DIFFERS = "count_differs"
    MISSING_SEGMENT = "missing_segment"
    OUT_OF_PLACE = "out_of_place"
    MISSING_FIELD = "missing_field"
    BAD_DATE = "bad_date"
    BAD_STATUS = "bad_status"
    TOO_LONG = "too_long"
    TWO_PATIENTS = "two_patients"
    TWO_NUMBERS = "two_numbers"
    NO_RESULTS = "no_results"
    # readable, but not for this version
    OTHER_KIND = "other_kind"
    FREE_TEXT = "free_text"
    # whole, but of nobody who is known here
    NO_BSN = "no_bsn"
    INVALID_BSN = "invalid_bsn"
    NO_BIRTH_DATE = "no_birth_date"
    NOT_FOUND = "not_found"
    BIRTH_DATE_DIFFERS = "birth_date_differs"


UNMATCHED = frozenset(
    {Reason.NO_BSN, Reason.INVALID_BSN, Reason.NO_BIRTH_DATE, Reason.NOT_FOUND, Reason.BIRTH_DATE_DIFFERS}
)
"""Reasons of messages that can be read and wait for somebody who says whose they are."""


class BrokenMessage(ZorgbalieError):
    """A message cannot be read, or not by this version. `segment` is its tag; `line` counts from 1 in the message.

    `detail` holds names of fields and counts, never a value of the message: it goes to screens and reports.
    """

    def __init__(self, reason: Reason, *, segment: str = "", line: int = 0, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason, self.segment, self.line, self.detail = reason, segment, line, detail


@dataclass(frozen=True, kw_only=True, slots=True)
class RawMessage:
    """One message as it stood in a file: its own bytes, whole. `line` is where it begins in the file, from 1.

    `fault` is set where cutting the file showed already that it is not whole.
    """

    format: LabFormat
    content: bytes
    line: int = 1
    fault: Reason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LabPatient:
    """Whom the message is about. `bsn` passed the eleven-test or is empty; `bsn_invalid`: one there did not."""

    bsn: str = ""
    bsn_invalid: bool = False
    birth_date: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LabSection:
    """Results that stand together, such as HAEMATOLOGIE; without a title where the message gives none."""

    title: str
    results: tuple[NewLabResult, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LabSpecimen:
    """What was taken: the material, remarks on it, and the results from it."""

    material: str = ""
    sampled_at: datetime | None = None
    remarks: tuple[str, ...] = ()
    sections: tuple[LabSection, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LabRequest:
    """One request (order) with its specimens. `number` is the laboratory's and the same for each version."""

    number: str
    complete: bool
    corrected: bool
    reported_at: datetime | None
    specimens: tuple[LabSpecimen, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeText:
    """A letter in free text (MEDVRI): names as stated, empty where they are not."""

    sender: str
    receiver: str
    text: str
    written_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A PDF that came within a message, as it stood there: nobody has looked at it yet."""

    title: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class LabMessage:
    """A message that was read. `original_only` counts, by segment and field, what stands in the kept original alone."""

    format: LabFormat
    digest: str
    patient: LabPatient
    laboratory: str
    requester_name: str
    requester_agb: str
    sent_at: datetime | None
    requests: tuple[LabRequest, ...]
    letter: FreeText | None = None
    attachments: tuple[Attachment, ...] = ()
    original_only: Mapping[str, int] = field(default_factory=dict)
