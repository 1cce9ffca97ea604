"""Short forms that a practice makes for its patients: questions, and whether an answer fits. Pure.

Before a question to the practice (REQ 30) and before an appointment; at most seven of them (ux 4, 5, 9; security row
32).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_QUESTIONS = 7
MOST_CHOICES = 10
LONGEST_LABEL = 120
LONGEST_HELP = 200
LONGEST_CHOICE = 60
LONGEST_UNIT = 20
LONGEST_SHORT = 200
LONGEST_LONG = 1000

YES, NO = "yes", "no"
_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YEARS = range(1900, 2101)


class QuestionKind(StrEnum):
    """How a question is answered. Values are stored."""

    SHORT = "short"
    LONG = "long"
    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"


class AnswerFault(StrEnum):
    """Why an answer does not fit its question."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CHARACTERS = "characters that cannot be stored"
    NOT_A_NUMBER = "not a number"
    NOT_A_DATE = "not a date"
    NOT_OFFERED = "not one of the choices"


class QuestionFault(StrEnum):
    """Why a question cannot be stored."""

    TOO_MANY = "more than seven questions"
    NO_LABEL = "a question without text"
    CHOICES = "too few, too many, double or too long choices"
    TOO_LONG = "a text is too long"


class AnswerNotRight(ValueError):
    """Raised by the rules; what the patient reads is an `AnswerRefused`."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class QuestionNotRight(ValueError):
    """Raised by the rules; what the manager reads is of the app whose form it is."""

    def __init__(self, fault: QuestionFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


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


_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


def check_questions(*, questions: Sequence[Question]) -> None:
    """Whether a form can be stored: at most seven questions, each complete. Raises QuestionNotRight."""
    if len(questions) > MOST_QUESTIONS:
        raise QuestionNotRight(QuestionFault.TOO_MANY)
    for question in questions:
        _check_question(question)


def _check_question(question: Question) -> None:
    if not question.label:
        raise QuestionNotRight(QuestionFault.NO_LABEL)
    sizes = ((question.label, LONGEST_LABEL), (question.help_text, LONGEST_HELP), (question.unit, LONGEST_UNIT))
    if any(len(text) > most for text, most in sizes):
        raise QuestionNotRight(QuestionFault.TOO_LONG)
    if question.kind in _WITH_CHOICES and not _are_choices(question.choices):
        raise QuestionNotRight(QuestionFault.CHOICES)


def _are_choices(choices: Sequence[str]) -> bool:
    return (
        2 <= len(choices) <= MOST_CHOICES
        and len(set(choices)) == len(choices)
        and all(one and len(one) <= LONGEST_CHOICE for one in choices)
    )


def check_answer(*, question: Question, values: Sequence[str], is_unknown: bool) -> GivenAnswer:
    """What a patient typed or chose, as it is stored. Raises AnswerNotRight.

    Nothing filled in is an answer where the question is optional; `is_unknown` where it may be unknown (ux 4).
    """
    typed = [clean for clean in (_clean(one) for one in values) if clean]
    if is_unknown and question.may_be_unknown:
        return GivenAnswer(is_unknown=True)
    if not typed:
        if question.is_optional:
            return GivenAnswer()
        raise AnswerNotRight(AnswerFault.EMPTY)
    return GivenAnswer(text=_stored(question, typed))


def _clean(text: str) -> str:
    if any(one < " " and one not in "\n\r\t" for one in text):
        raise AnswerNotRight(AnswerFault.CHARACTERS)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _stored(question: Question, typed: list[str]) -> str:
    first = typed[0]
    if question.kind is QuestionKind.SEVERAL:
        if not set(typed) <= set(question.choices):
            raise AnswerNotRight(AnswerFault.NOT_OFFERED)
        return "\n".join(one for one in question.choices if one in typed)
    if question.kind in (QuestionKind.CHOICE, QuestionKind.YES_NO):
        offered = question.choices if question.kind is QuestionKind.CHOICE else (YES, NO)
        if first not in offered:
            raise AnswerNotRight(AnswerFault.NOT_OFFERED)
        return first
    if question.kind is QuestionKind.NUMBER:
        return _number(first)
    if question.kind is QuestionKind.DATE:
        return _day(first)
    most = LONGEST_LONG if question.kind is QuestionKind.LONG else LONGEST_SHORT
    text = first if question.kind is QuestionKind.LONG else " ".join(first.split())
    if len(text) > most:
        raise AnswerNotRight(AnswerFault.TOO_LONG)
    return text


def _number(text: str) -> str:
    plain = "".join(text.split())
    if not _NUMBER.fullmatch(plain):
        raise AnswerNotRight(AnswerFault.NOT_A_NUMBER)
    return plain.replace(",", ".")


def _day(text: str) -> str:
    dutch, iso = _DUTCH_DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    if dutch:
        day, month, year = (int(one) for one in dutch.groups())
    elif iso:
        year, month, day = (int(one) for one in iso.groups())
    else:
        raise AnswerNotRight(AnswerFault.NOT_A_DATE)
    if year not in _YEARS:
        raise AnswerNotRight(AnswerFault.NOT_A_DATE)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise AnswerNotRight(AnswerFault.NOT_A_DATE) from None
