"""What the desk's inbox of questions asks for and receives (REQ 41, 42; ux 46 to 49)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.consult.types.threads import About, ConsultState
from zorgbalie.kernel.ids import AccountId, ConsultId, EmployeeId, PersonId, WorkItemId
from zorgbalie.kernel.listing import Listing


class InboxState(StrEnum):
    """Which threads. OPEN is what waits for the practice, with a doctor or not."""

    OPEN = "open"
    WAITING = "sent"
    WITH_DOCTOR = "with_doctor"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"

    @property
    def is_open(self) -> bool:
        """Whether all of these wait for the practice."""
        return self in (InboxState.OPEN, InboxState.WAITING, InboxState.WITH_DOCTOR)


class InboxWith(StrEnum):
    """With whom a thread lies, besides a doctor that is named."""

    ANYBODY = ""
    ME = "me"
    ASSISTANTS = "assistants"
    NOBODY = "nobody"


class InboxSort(StrEnum):
    """In which order. PROMISE: what is late, then what is urgent, then the nearest promise."""

    PROMISE = "promise"
    AGE = "age"
    NAME = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxFilter:
    """Which threads one wants to see. `sent_from` and `sent_until` are days, both included."""

    state: InboxState = InboxState.OPEN
    lies_with: InboxWith = InboxWith.ANYBODY
    account_id: AccountId | None = None
    only_urgent: bool = False
    only_late: bool = False
    sent_from: date | None = None
    sent_until: date | None = None
    search: str = ""
    sort: InboxSort = InboxSort.PROMISE


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """A colleague who has a thread open now."""

    name: str
    is_typing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxRow:
    """A thread in the inbox, without its texts. `item_id`: its work, where it waits for the practice.

    `own_account`: the patient's own doctor here; `account_…`: with which doctor it lies; `assigned_to_…`: who took it.
    `concerns_name`: whom it is about, where that is somebody else; None where it is not, empty for who is no patient
    here any more (R12). `is_slipped`: `answer_by` took the place of a term that passed.
    """

    consult_id: ConsultId
    patient_id: PersonId
    patient_name: str
    birth_date: date | None
    about: About | None
    subject: str
    state: ConsultState
    revision: int
    sent_at: datetime
    answer_by: datetime
    changed_at: datetime
    is_late: bool
    is_urgent: bool
    item_id: WorkItemId | None
    account_id: AccountId | None
    account_name: str
    own_account: tuple[AccountId, str] | None
    assigned_to_id: EmployeeId | None
    assigned_to_name: str
    is_mine: bool
    has_note: bool
    has_attachment: bool
    present: tuple[Presence, ...] = ()
    concerns_name: str | None = None
    is_slipped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for the practice."""
        return self.state in (ConsultState.SENT, ConsultState.WITH_DOCTOR)


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPage:
    """A page of the inbox. `is_cut`: there is more than the list counts; ask for less."""

    listing: Listing[InboxRow]
    is_cut: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCounts:
    """How much waits, counted to a thousand."""

    waiting: int
    late: int
    mine: int
    urgent: int
