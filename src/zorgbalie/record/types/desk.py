"""What the desk receives of the record: work notes, the choice of what is shown, copies, and their errors.

    Refused
    ├── NoteNotUsable      a work note asks for something that its rules refuse (REQ 59)
    ├── ChoiceNotUsable    a choice names what is not in this patient's record, or gives no reason (REQ 55)
    └── RecordChanged      the record changed since it was shown; it is shown again, not released (REQ 55)
"""

from dataclasses import dataclass
from datetime import date, datetime

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId, WorkNoteId


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
