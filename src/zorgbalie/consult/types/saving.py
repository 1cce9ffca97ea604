"""Questions as a patient saves them."""

from dataclasses import dataclass
from datetime import datetime

from zorgbalie.consult.types.threads import About, AuthorKind, ConsultState, Thread
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.practice.types import PracticeCard


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadFile:
    """A thread with the names that a document needs."""

    thread: Thread
    patient_name: str
    practice: PracticeCard


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedText:
    """A text of a thread in a file. `author_role` is empty for the patient's side."""

    message_id: int
    author_kind: AuthorKind
    author_name: str
    author_role: str
    text: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedThread:
    """A thread in a file, oldest text first."""

    consult_id: ConsultId
    about: About | None
    subject: str
    state: ConsultState
    sent_at: datetime
    texts: tuple[SavedText, ...]
    answers: tuple[str, ...] = ()
    """What the form of the practice asked, each with its answer, as lines of text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedQuestions:
    """The questions to one practice."""

    practice: PracticeCard
    threads: tuple[SavedThread, ...]
