"""What faces receive of questions and answers."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.consult.types.answering import TextPart
from zorgbalie.consult.types.attachments import Attachment
from zorgbalie.consult.types.outgoing import Outgoing
from zorgbalie.consult.types.times import Slip
from zorgbalie.kernel.ids import AccountId, ConsultId, GroupId, PersonId
from zorgbalie.kernel.questions import AskedQuestion

LONGEST_QUESTION = 3000
LONGEST_SUBJECT = 80
LONGEST_NOTE = 2000


class ConsultState(StrEnum):
    """What is stored: draft → sent → (with_doctor) → answered → closed; a follow-up brings it back to sent.

    Whether the practice read a question is not stored: the access log knows (`ConsultStep.READ`).
    """

    DRAFT = "draft"
    SENT = "sent"
    WITH_DOCTOR = "with_doctor"
    ANSWERED = "answered"
    CLOSED = "closed"


class ConsultStep(StrEnum):
    """What the patient sees (ux 37)."""

    SENT = "sent"
    READ = "read"
    WITH_DOCTOR = "with_doctor"
    ANSWERED = "answered"
    CLOSED = "closed"


class AuthorKind(StrEnum):
    """From which side a message comes. Values are stored."""

    PATIENT = "patient"
    STAFF = "staff"


class AboutKind(StrEnum):
    """What of the record a question can be about. Values are stored."""

    LAB_REPORT = "lab_report"
    VALUE = "value"
    EPISODE = "episode"
    LETTER = "letter"
    MEDICINE = "medicine"
    CONTACT = "contact"
    LINE = "line"


class AddresseeKind(StrEnum):
    """To whom a question goes (REQ 30)."""

    PRACTICE = "practice"
    ACCOUNT = "account"
    GROUP = "group"


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """A part of the record, with the words of the moment of asking. `day` where it has one."""

    kind: AboutKind
    about_id: int
    title: str = ""
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Somebody to write to. `name` is empty for a GP practice as a whole. `is_own`: the patient's own doctor."""

    kind: AddresseeKind
    name: str = ""
    description: str = ""
    account_id: AccountId | None = None
    group_id: GroupId | None = None
    is_own: bool = False

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.kind.value}-{self.account_id or self.group_id or 0}"


def mark_of(text: str) -> str:
    """A short sign of a text, by which a page tells which one it showed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A question that is being written. `addressee_key` is empty until it was chosen."""

    consult_id: ConsultId
    revision: int
    about: About | None
    subject: str
    text: str
    addressee_key: str
    addressee_name: str
    changed_at: datetime
    files: tuple[Attachment, ...] = ()
    is_pharmacy: bool = False
    reason_name: str = ""
    offers_reasons: bool = False
    answers: tuple[AskedQuestion, ...] = ()

    @property
    def text_mark(self) -> str:
        """Which text this is, for the page that shows it."""
        return mark_of(self.text)

    @property
    def has_words(self) -> bool:
        """Whether anything of the question itself was filled in; what was thrown away begins anew."""
        return bool(self.text or self.subject or self.reason_name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One text of a thread. `is_own`: of the one who looks; `parts`: an answer cut up for the page."""

    author_kind: AuthorKind
    author_name: str
    text: str
    sent_at: datetime
    is_own: bool = False
    files: tuple[Attachment, ...] = ()
    author_role: str = ""
    parts: tuple[TextPart, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadRow:
    """A thread in the patient's list."""

    consult_id: ConsultId
    about: About | None
    subject: str
    step: ConsultStep
    with_name: str
    is_unread: bool
    changed_at: datetime
    answer_by: datetime | None
    is_slipped: bool = False
    """Whether an earlier promise for the same question was not kept."""
    is_from_practice: bool = False
    is_pharmacy: bool = False
    practice_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A thread as its patient reads it, oldest message first."""

    consult_id: ConsultId
    about: About | None
    subject: str
    step: ConsultStep
    with_name: str
    addressee_name: str
    answer_by: datetime | None
    messages: tuple[Message, ...]
    is_about_open: bool
    outgoing: Outgoing
    answers: tuple[AskedQuestion, ...] = ()
    unsent_files: tuple[Attachment, ...] = ()
    slips: tuple[Slip, ...] = ()
    ends_at: datetime | None = None
    closed_by_time: bool = False
    sent_text: str = ""
    is_pharmacy: bool = False
    practice_name: str = ""

    @property
    def is_slipped(self) -> bool:
        """Whether the promise that stands now took the place of one that was not kept."""
        return any(one.next_at == self.answer_by for one in self.slips)

    @property
    def has_links(self) -> bool:
        """Whether an answer leads to another website."""
        return any(part.address for one in self.messages for part in one.parts)

    @property
    def takes_follow_up(self) -> bool:
        """Whether the patient can still write in it."""
        return self.step is not ConsultStep.CLOSED and self.outgoing.is_open

    @property
    def is_from_practice(self) -> bool:
        """Whether it holds no text of the patient: the practice wrote, and nobody wrote back yet."""
        return all(one.author_kind is AuthorKind.STAFF for one in self.messages)


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What a colleague wrote about a thread."""

    author_name: str
    text: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskThread:
    """A thread at the desk, with everything that is needed to answer it (ux 46)."""

    consult_id: ConsultId
    patient_id: PersonId
    revision: int
    state: ConsultState
    about: About | None
    subject: str
    addressee_name: str
    asked_by_other: bool
    with_account_id: AccountId | None
    with_name: str
    sent_at: datetime
    answer_by: datetime
    is_late: bool
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    accounts: tuple[tuple[AccountId, str], ...]
    practice_name: str
    reads_online: bool
    may_process_lab: bool
    outgoing: Outgoing
    unsent_files: tuple[Attachment, ...] = ()
    slips: tuple[Slip, ...] = ()
    ends_at: datetime | None = None
    closed_by_time: bool = False
    closed_by_name: str = ""
    answers: tuple[AskedQuestion, ...] = ()

    @property
    def is_from_practice(self) -> bool:
        """Whether it holds no text of the patient: the practice wrote, and nobody wrote back yet."""
        return all(one.author_kind is AuthorKind.STAFF for one in self.messages)

    @property
    def is_answered(self) -> bool:
        """Whether the practice wrote anything in it."""
        return any(one.author_kind is AuthorKind.STAFF for one in self.messages)
