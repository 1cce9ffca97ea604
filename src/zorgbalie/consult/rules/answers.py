"""Whether an answer fits its question, and how it is stored: pure (REQ 32; ux 4, 9; security row 32)."""

import re
from collections.abc import Sequence
from datetime import date

from zorgbalie.consult.types import (
    LONGEST_LONG,
    LONGEST_SHORT,
    AnswerFault,
    AnswerNotRight,
    GivenAnswer,
    Question,
    QuestionKind,
)

YES, NO = "yes", "no"
_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YEARS = range(1900, 2101)


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
