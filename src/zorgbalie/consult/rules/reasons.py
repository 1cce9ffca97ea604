"""What a reason with its questions must be like, and for whom it is: pure (REQ 30; ux 5)."""

from collections.abc import Sequence

from zorgbalie.consult.types import (
    LONGEST_CHOICE,
    LONGEST_DESCRIPTION,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_UNIT,
    MOST_CHOICES,
    MOST_LINKS,
    MOST_QUESTIONS,
    AskedQuestion,
    AskRules,
    ForWhom,
    GivenAnswer,
    Question,
    QuestionKind,
    Reason,
    ReasonFault,
    ReasonNotRight,
)
from zorgbalie.kernel.ages import AgeGroup

_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


def check_reason(*, reason: Reason) -> None:
    """Whether a reason can be stored: a name, at most seven questions, each complete. Raises ReasonNotRight."""
    if not reason.name:
        raise ReasonNotRight(ReasonFault.NO_NAME)
    if len(reason.name) > LONGEST_NAME or len(reason.description) > LONGEST_DESCRIPTION:
        raise ReasonNotRight(ReasonFault.TOO_LONG)
    if len(reason.questions) > MOST_QUESTIONS:
        raise ReasonNotRight(ReasonFault.TOO_MANY_QUESTIONS)
    if len(reason.care_links) > MOST_LINKS or not all(one.title and one.address for one in reason.care_links):
        raise ReasonNotRight(ReasonFault.LINKS)
    for question in reason.questions:
        _check_question(question)


def _check_question(question: Question) -> None:
    if not question.label:
        raise ReasonNotRight(ReasonFault.NO_LABEL)
    sizes = ((question.label, LONGEST_LABEL), (question.help_text, LONGEST_HELP), (question.unit, LONGEST_UNIT))
    if any(len(text) > most for text, most in sizes):
        raise ReasonNotRight(ReasonFault.TOO_LONG)
    if question.kind in _WITH_CHOICES and not _are_choices(question.choices):
        raise ReasonNotRight(ReasonFault.CHOICES)


def _are_choices(choices: Sequence[str]) -> bool:
    return (
        2 <= len(choices) <= MOST_CHOICES
        and len(set(choices)) == len(choices)
        and all(one and len(one) <= LONGEST_CHOICE for one in choices)
    )


def is_for(*, for_whom: ForWhom, age_group: AgeGroup | None) -> bool:
    """Whether a reason is offered to a patient of this age; a child is up to and including 15."""
    if for_whom is ForWhom.BOTH:
        return True
    is_adult = age_group in (AgeGroup.FROM_16, None)
    return is_adult == (for_whom is ForWhom.ADULT)


def parent_may_ask(*, chosen: AskRules, age_group: AgeGroup | None) -> bool:
    """Whether who acts for a patient of this age may ask, as the practice decided; from 16 on that is a helper.

    It only narrows what the policy table allows: at 12 the child's consent is needed there as well.
    """
    if age_group is AgeGroup.UNDER_12:
        return chosen.parents_under_12
    if age_group is AgeGroup.FROM_12_TO_15:
        return chosen.parents_12_to_15
    return age_group is AgeGroup.FROM_16


def asked_anew(*, questions: Sequence[Question], earlier: Sequence[AskedQuestion]) -> tuple[AskedQuestion, ...]:
    """The questions of a reason, each with the answer that stood at the very same question before."""
    known = {one.question: one for one in earlier}
    return tuple(
        AskedQuestion(
            place=place,
            question=question,
            given=known[question].given if question in known else GivenAnswer(),
            is_answered=question in known and known[question].is_answered,
        )
        for place, question in enumerate(questions, start=1)
    )
