"""Kinds and states of items."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, WorkItemId


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
    ACTION_NOTE = "action_note"
    FOLLOW_UP = "follow_up"
    CONSULT_TO_STORE = "consult_to_store"
    APPOINTMENT = "appointment"


class ItemState(StrEnum):
    """open → done."""

    OPEN = "open"
    DONE = "done"


# Items that only tell something: reading them is the work. The others are closed by the work itself.
CLOSED_BY_HAND = frozenset(
    {
        ItemKind.AUTOMATIC_RELEASE,
        ItemKind.DOCUMENT,
        ItemKind.ACTION_NOTE,
        ItemKind.FOLLOW_UP,
        ItemKind.CONSULT_TO_STORE,
        ItemKind.APPOINTMENT,
    }
)
# Items with a legal term: they become urgent when this much is left of it.
URGENT_BEFORE = frozenset({ItemKind.CORRECTION})
SOON = timedelta(days=7)
# What the action list shows: work with a day (R2).
ACTIONS = frozenset({ItemKind.ACTION, ItemKind.ACTION_NOTE})
ActionNoteId = NewType("ActionNoteId", int)
LONGEST_ACTION = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFilter:
    """Which items one wants to see. `kind` ACTION is the whole action list; `only_free`: what nobody has taken.

    `employee_id` or `account_id`: what lies with one colleague, or with the account of one doctor.
    """

    state: ItemState = ItemState.OPEN
    kind: ItemKind | None = None
    only_mine: bool = False
    only_free: bool = False
    employee_id: EmployeeId | None = None
    account_id: AccountId | None = None
    search: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkItemRow:
    """An item in a list. `about_id` is the row that its kind is about; `account_name` whose work it is.

    `due_at` is when it is late (R2); `action_text` what a colleague wrote (kind ACTION_NOTE). `version` is of who has
    it, when it is due and whether it is urgent, to compare when one changes that.
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
    account_id: AccountId | None = None
    account_name: str = ""
    action_text: str = ""
    version: str = ""
    due_at: datetime | None = None
    is_overdue: bool = False

    @property
    def can_be_closed(self) -> bool:
        """Whether a person marks it as handled."""
        return self.state is ItemState.OPEN and self.kind in CLOSED_BY_HAND


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemCounts:
    """How much waits, for the tabs; counted in one query."""

    open: int
    mine: int
    actions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """With whom work can lie: colleagues at work today and running accounts, by name."""

    colleagues: tuple[tuple[EmployeeId, str], ...]
    accounts: tuple[tuple[AccountId, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPlan:
    """Who is to do an item and when. At most one of `employee_id` and `account_id`; neither: everybody.

    `due_on`: the day after which it is late, None for none.
    """

    employee_id: EmployeeId | None = None
    account_id: AccountId | None = None
    due_on: date | None = None
    is_urgent: bool = False


class ActionNotUsable(Refused):
    """The action misses a text or a day, or the form was sent before with another text."""


class PlanNotUsable(Refused):
    """The day lies too far away, or the colleague may not do this work."""


class ItemTaken(Refused):
    """A colleague took or handled the item meanwhile."""


class ItemNotClosedByHand(Refused):
    """The item is closed by the work that it asks for."""
