"""Kinds and states of items."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import EmployeeId, PersonId, WorkItemId


class ItemKind(StrEnum):
    """What an item asks of the desk; each kind has one page at the desk."""

    ACCESS_REQUEST = "access_request"
    AUTOMATIC_RELEASE = "automatic_release"
    AGREEMENT_TO_SIGN = "agreement_to_sign"
    EMERGENCY_REVIEW = "emergency_review"
    LAB_REPORT = "lab_report"
    ACTION = "action"
    LAB_UNMATCHED = "lab_unmatched"
    DOCUMENT = "document"
    CONSULT = "consult"
    CORRECTION = "correction"


class ItemState(StrEnum):
    """open → done."""

    OPEN = "open"
    DONE = "done"


# Items that only tell something: reading them is the work. The others are closed by the work itself.
CLOSED_BY_HAND = frozenset({ItemKind.AUTOMATIC_RELEASE, ItemKind.DOCUMENT})
# Items with a legal term: they become urgent when this much is left of it.
URGENT_BEFORE = frozenset({ItemKind.CORRECTION})
SOON = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFilter:
    """Which items one wants to see."""

    state: ItemState = ItemState.OPEN
    kind: ItemKind | None = None
    only_mine: bool = False
    search: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkItemRow:
    """An item in a list. `about_id` is the row that its kind is about; `account_name` whose work it is.

    `due_at` is when it is late (kind ACTION, R2).
    """

    item_id: WorkItemId
    kind: ItemKind
    about_id: int
    patient_id: PersonId | None
    patient_name: str
    birth_date: date | None
    state: ItemState
    is_urgent: bool
    assigned_to_id: EmployeeId | None
    assigned_to_name: str
    is_mine: bool
    created_at: datetime
    done_at: datetime | None
    done_by_name: str
    account_name: str = ""
    due_at: datetime | None = None
    is_overdue: bool = False

    @property
    def can_be_closed(self) -> bool:
        """Whether a person marks it as handled."""
        return self.state is ItemState.OPEN and self.kind in CLOSED_BY_HAND


class ItemTaken(Refused):
    """A colleague took or handled the item meanwhile."""


class ItemNotClosedByHand(Refused):
    """The item is closed by the work that it asks for."""
