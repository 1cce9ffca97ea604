"""What a patient was asked by a form, and answered: for both sides of a thread."""

from collections.abc import Iterable
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult, ConsultAnswer, ConsultReasonQuestion
from zorgbalie.consult.types import AskedQuestion, GivenAnswer, Question, QuestionKind
from zorgbalie.ui.formats import day_date


def asked_of(row: Consult) -> tuple[AskedQuestion, ...]:
    """The questions as they were asked in a thread, in their order; for this app."""
    return tuple(asked_of_many([row]).get(row.pk, ()))


def asked_of_many(rows: Iterable[Consult]) -> dict[int, list[AskedQuestion]]:
    """The same for threads at once, by their number; in one query, and none without a form; for this app."""
    wanted = [row.pk for row in rows if row.reason_name]
    found: dict[int, list[AskedQuestion]] = {}
    if not wanted:
        return found
    for one in ConsultAnswer.objects.filter(consult_id__in=wanted).order_by("consult_id", "place"):
        asked = AskedQuestion(
            place=one.place,
            question=question_of(one),
            given=GivenAnswer(text=one.answer, is_unknown=one.is_unknown),
            is_answered=one.is_answered,
        )
        found.setdefault(one.consult_id, []).append(asked)
    return found


def question_of(row: ConsultAnswer | ConsultReasonQuestion) -> Question:
    """A row as others receive it; for this app."""
    return Question(
        label=row.label,
        kind=QuestionKind(row.kind),
        help_text=row.help_text,
        choices=tuple(row.choices),
        unit=row.unit,
        is_optional=row.is_optional,
        may_be_unknown=row.may_be_unknown,
    )


def columns_of(question: Question) -> dict[str, object]:
    """The same the other way round."""
    return {
        "label": question.label,
        "kind": question.kind.value,
        "help_text": question.help_text,
        "choices": list(question.choices),
        "unit": question.unit,
        "is_optional": question.is_optional,
        "may_be_unknown": question.may_be_unknown,
    }


def answer_words(*, asked: AskedQuestion) -> str:
    """An answer as people read it; empty where nothing was filled in."""
    text, kind = asked.given.text, asked.question.kind
    if asked.given.is_unknown:
        return _("Weet ik niet")
    if kind is QuestionKind.YES_NO and text:
        return _("Ja") if text == rules.YES else _("Nee")
    if kind is QuestionKind.DATE and text:
        return day_date(value=date.fromisoformat(text))
    if kind is QuestionKind.NUMBER and text:
        number = text.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))
        return f"{number} {asked.question.unit}".strip()
    if kind is QuestionKind.SEVERAL:
        return ", ".join(text.split("\n")) if text else ""
    return text


def answer_lines(*, answers: Iterable[AskedQuestion]) -> tuple[str, ...]:
    """Question and answer as lines of text, to copy along with the question itself; what was left open is absent."""
    return tuple(f"{one.question.label} {answer_words(asked=one)}" for one in answers if one.is_filled)
