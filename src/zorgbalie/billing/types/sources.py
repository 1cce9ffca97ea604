"""What is billed: a contact that another app keeps, and the time that was spent on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId

TimeEntryId = NewType("TimeEntryId", int)
# Nobody spends longer on one answer; it bounds what a page that stays open, or a typing error, can add.
LONGEST_SECONDS = 4 * 60 * 60
LONGEST_MINUTES = LONGEST_SECONDS // 60


class SourceKind(StrEnum):
    """Where a contact stands. Values are stored."""

    CONSULT = "consult"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A contact as its own app knows it.

    `patient_id`: in whose record it belongs (R12). `day`: of the practice's latest answer; None: no answer yet.
    """

    kind: SourceKind
    source_id: int
    patient_id: PersonId
    practice_id: PracticeId
    day: date | None
    is_draft: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeRow:
    """What one employee spent on one source on one day."""

    entry_id: TimeEntryId
    employee_id: EmployeeId
    employee_name: str
    day: date
    seconds: int
    revision: int
    is_own: bool
