"""Reasons to ask: short forms that a practice makes, and what a patient filled in."""

from dataclasses import dataclass
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.kernel.ids import ReasonId

MOST_QUESTIONS = 7
MOST_REASONS = 30
MOST_CHOICES = 10
MOST_LINKS = 3
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 200
LONGEST_LABEL = 120
LONGEST_HELP = 200
LONGEST_CHOICE = 60
LONGEST_UNIT = 20
LONGEST_SHORT = 200
LONGEST_LONG = 1000


class QuestionKind(StrEnum):
    """How a question is answered. Values are stored."""

    SHORT = "short"
    LONG = "long"
    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"


class ForWhom(StrEnum):
    """For whom a reason is offered: a child is up to and including 15. Values are stored."""

    ADULT = "adult"
    CHILD = "child"
    BOTH = "both"


class AnswerFault(StrEnum):
    """Why an answer does not fit its question."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CHARACTERS = "characters that cannot be stored"
    NOT_A_NUMBER = "not a number"
    NOT_A_DATE = "not a date"
    NOT_OFFERED = "not one of the choices"


class ReasonFault(StrEnum):
    """Why a reason cannot be stored."""

    NO_NAME = "no name"
    TOO_MANY_QUESTIONS = "more than seven questions"
    NO_LABEL = "a question without text"
    CHOICES = "too few, too many, double or too long choices"
    TOO_LONG = "a text is too long"
    LINKS = "too many links, or a link without title"


class AnswerNotRight(ValueError):
    """Raised by the rules; what the patient reads is an `AnswerRefused`."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class ReasonNotRight(ValueError):
    """Raised by the rules; what the manager reads is a `ReasonRefused`."""

    def __init__(self, fault: ReasonFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class AnswerRefused(ConsultRefused):
    """An answer does not fit its question."""


class ReasonRefused(ConsultRefused):
    """A reason cannot be stored as it was filled in, or cannot be chosen (any more)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A short question of a form. `choices` for the two kinds that have them, `unit` for a number."""

    label: str
    kind: QuestionKind
    help_text: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""
    is_optional: bool = False
    may_be_unknown: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenAnswer:
    """An answer as it is stored: a day as ISO, a number with a point, choices one per line, `yes` or `no`."""

    text: str = ""
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedQuestion:
    """A question as it was asked of one patient, with the answer. `is_answered`: the patient went past it."""

    place: int
    question: Question
    given: GivenAnswer = GivenAnswer()
    is_answered: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether it holds an answer, `Weet ik niet` included."""
        return bool(self.given.text) or self.given.is_unknown


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedReason:
    """A reason that a patient can choose."""

    reason_id: ReasonId
    name: str
    description: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CareLink:
    """A page with self-care information that the practice chose."""

    title: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A reason as its practice manages it. `goes_to` is the key of an `Addressee`; empty: nobody in particular.

    `care_term` and `care_code` (ICPC) find the self-care information; `care_links` are pages of the practice's choice.
    """

    reason_id: ReasonId | None = None
    name: str
    description: str = ""
    for_whom: ForWhom = ForWhom.BOTH
    goes_to: str = ""
    care_term: str = ""
    care_code: str = ""
    care_links: tuple[CareLink, ...] = ()
    questions: tuple[Question, ...] = ()
    is_on: bool = True
    revision: int = 0
