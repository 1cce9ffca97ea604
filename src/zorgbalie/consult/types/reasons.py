"""Reasons to ask: short forms that a practice makes, and what a patient filled in."""

from dataclasses import dataclass
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.kernel.ids import ReasonId
from zorgbalie.kernel.questions import Question

MOST_REASONS = 30
MOST_LINKS = 3
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 200


class ForWhom(StrEnum):
    """For whom a reason is offered: a child is up to and including 15. Values are stored."""

    ADULT = "adult"
    CHILD = "child"
    BOTH = "both"


class ReasonFault(StrEnum):
    """Why a reason cannot be stored."""

    NO_NAME = "no name"
    TOO_MANY_QUESTIONS = "more than seven questions"
    NO_LABEL = "a question without text"
    CHOICES = "too few, too many, double or too long choices"
    TOO_LONG = "a text is too long"
    LINKS = "too many links, or a link without title"


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
