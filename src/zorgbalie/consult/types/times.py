"""By when a practice answers, how much it takes on, and when a thread ends by itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused

LONGEST_CLOSED_TEXT = 300
LONGEST_SENT_TEXT = 300


class AnsweredBy(StrEnum):
    """What a promise depends on: to whom a question goes. An account is a doctor's, at a pharmacy the pharmacist's."""

    PRACTICE = "practice"
    FUNCTION = "function"
    DOCTOR = "doctor"


class OutsideHours(StrEnum):
    """What happens with a new question while the practice is closed. Values are stored."""

    TAKE = "take"
    WAIT = "wait"


class DeskClosed(ConsultRefused):
    """New questions are not taken at this moment; the draft is kept."""


class PromiseLater(ConsultRefused):
    """The answer would come later than the page that was sent from said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTimes:
    """What a practice chose. `hour` is a whole hour on its clock; 0 in `cap_per_day` and `open_days` is no limit.

    `closed_from` to `closed_until`, both included: no new questions then, and `closed_text` and `closed_phone` say
    whom to ask.
    """

    days: dict[AnsweredBy, int]
    hour: int
    cap_per_day: int = 0
    outside_hours: OutsideHours = OutsideHours.TAKE
    open_days: int = 0
    closed_from: date | None = None
    closed_until: date | None = None
    closed_text: str = ""
    closed_phone: str = ""
    sent_text: str = ""
    revision: int = 0

    def at_revision(self, revision: int) -> "AnswerTimes":
        """The same choice, as of a form that was opened at a revision."""
        return replace(self, revision=revision)


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """By when an answer comes. `is_full`: later than it would be, because others wait."""

    moment: datetime
    is_full: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AskingDoor:
    """Whether a new question can be sent now. `opens_at` None with `is_open` false: not known when."""

    is_open: bool = True
    opens_at: datetime | None = None
    is_period: bool = False
    text: str = ""
    phone: str = ""


class OpenNow(StrEnum):
    """Whether a practice can be phoned now. In a break it can be, for what is urgent: no service takes over then."""

    OPEN = "open"
    BREAK = "break"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeNow:
    """Whether the practice is open, until when, and when it opens next."""

    state: OpenNow
    closes_at: datetime | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseCard:
    """What is said before sending: by when, and whether it can be sent now."""

    promise: Promise
    door: AskingDoor
    sent_text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """A promise that was not kept, and the one that took its place."""

    promised_at: datetime
    next_at: datetime
    noted_at: datetime
