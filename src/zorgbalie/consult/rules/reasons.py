"""What a reason with its questions must be like, and for whom it is: pure (REQ 30; ux 5)."""

from collections.abc import Sequence

from zorgbalie.consult.types import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    MOST_LINKS,
    AskedQuestion,
    AskRules,
    ForWhom,
    GivenAnswer,
    Question,
    Reason,
    ReasonFault,
    ReasonNotRight,
)
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.questions import QuestionFault, QuestionNotRight, check_questions

_FAULTS = {
    QuestionFault.TOO_MANY: ReasonFault.TOO_MANY_QUESTIONS,
    QuestionFault.NO_LABEL: ReasonFault.NO_LABEL,
    QuestionFault.CHOICES: ReasonFault.CHOICES,
    QuestionFault.TOO_LONG: ReasonFault.TOO_LONG,
}


def check_reason(*, reason: Reason) -> None:
    """Whether a reason can be stored: a name, at most seven questions, each complete. Raises ReasonNotRight."""
    if not reason.name:
        raise ReasonNotRight(ReasonFault.NO_NAME)
    if len(reason.name) > LONGEST_NAME or len(reason.description) > LONGEST_DESCRIPTION:
        raise ReasonNotRight(ReasonFault.TOO_LONG)
    if len(reason.care_links) > MOST_LINKS or not all(one.title and one.address for one in reason.care_links):
        raise ReasonNotRight(ReasonFault.LINKS)
    try:
        check_questions(questions=reason.questions)
    except QuestionNotRight as error:
        raise ReasonNotRight(_FAULTS[error.fault]) from error


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
