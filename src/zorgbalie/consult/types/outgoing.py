"""What faces receive of threads that the practice begins, and of planned follow-ups (REQ 33, 34)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.kernel.ids import FollowUpId, PersonId

LONGEST_MESSAGE = 3000
LONGEST_TITLE = 80
LONGEST_AHEAD_DAYS = 366


class WhyNot(StrEnum):
    """Why a patient cannot be written to. Values are stored."""

    NOT_ENROLLED = "not_enrolled"
    NOT_SERVED = "not_served"
    NOT_KNOWN = "not_known"
    NO_PARENT = "no_parent"
    NO_ONLINE = "no_online"
    OBJECTED = "objected"


class ReadingHint(StrEnum):
    """What the desk should know of who can be written to."""

    NEVER_SIGNED_IN = "never_signed_in"
    CHILD_READS = "child_reads"
    PARENT_READS = "parent_reads"


class FollowUpState(StrEnum):
    """planned → asked → answered or silent; planned → cancelled. Values are stored."""

    PLANNED = "planned"
    ASKED = "asked"
    ANSWERED = "answered"
    SILENT = "silent"
    CANCELLED = "cancelled"


class WhyEnded(StrEnum):
    """Why a planned follow-up was not asked. Values are stored."""

    BY_DESK = "by_desk"
    PATIENT_WROTE = "patient_wrote"
    CLOSED = "closed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachable:
    """Whether a patient can read a message of the practice, and what the desk should know."""

    why_not: WhyNot | None = None
    hints: tuple[ReadingHint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """A follow-up as it stands in a thread. `ask_on` is a day on which the practice works, also while it is planned."""

    follow_up_id: FollowUpId
    revision: int
    state: FollowUpState
    ask_on: date
    silent_on: date | None
    text: str
    planned_by_name: str
    reason: WhyEnded | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """What a thread holds of the practice's own beginning: who may write back until when, and what is planned.

    `is_begun_here`: the practice wrote first. `read_at` is for the desk alone: when the patient, or who acts for the
    patient, first read the latest text of the practice.
    """

    is_begun_here: bool = False
    is_to_group: bool = False
    has_objected: bool = False
    is_open: bool = True
    takes_replies: bool = True
    reply_until: date | None = None
    follow_up: FollowUp | None = None
    latest_at: datetime | None = None
    read_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRules:
    """What a practice decided about messages that it begins. Hours are on the clock of the practice."""

    is_on: bool
    start_text: str
    follow_up_text: str
    reply_days: int
    silent_days: int
    quiet_from: int
    quiet_until: int
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMessage:
    """A message as it is written at the desk. `reply_until` None with replies: for as long as the thread is open."""

    subject: str
    text: str
    takes_replies: bool
    reply_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StartPlace:
    """What the form of a message to one patient needs."""

    patient_id: PersonId
    full_name: str
    birth_date: date
    reachable: Reachable
    rules: MessageRules
    fields: dict[str, str]


class MessagesOff(ConsultRefused):
    """The practice switched messages that it begins off."""


class NotReachable(ConsultRefused):
    """The patient cannot read a message of the practice."""


class DayNotUsable(ConsultRefused):
    """The practice is closed on that day, or it lies in the past or too far away."""


class FollowUpNotPossible(ConsultRefused):
    """The thread is closed, or one is planned already."""
