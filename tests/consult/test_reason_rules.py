"""Answers and reasons as pure rules (REQ 8, 30, 32; ux 4, 5, 9; security row 32)."""

import pytest

from zorgbalie.consult import rules
from zorgbalie.consult.queries.example_reasons import example_reasons
from zorgbalie.consult.types import (
    AnswerFault,
    AnswerNotRight,
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

K, F = QuestionKind, AnswerFault
HUGE = "x" * 100_000


def question(kind, **values):
    choices = ("rood", "groen", "blauw") if kind in (K.CHOICE, K.SEVERAL) else ()
    return Question(label="Wat?", kind=kind, **{"choices": choices, **values})


def given(kind, *typed, is_unknown=False, **values):
    return rules.check_answer(question=question(kind, **values), values=typed, is_unknown=is_unknown)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (K.SHORT, [" 3  dagen\n"], "3 dagen"), (K.LONG, ["een\r\ntwee "], "een\ntwee"),
        (K.YES_NO, ["yes"], "yes"), (K.YES_NO, ["no"], "no"),
        (K.CHOICE, ["groen"], "groen"), (K.SEVERAL, ["blauw", "rood", "rood"], "rood\nblauw"),
        (K.NUMBER, ["38,5"], "38.5"), (K.NUMBER, [" -1 000 "], "-1000"), (K.NUMBER, ["7"], "7"),
        (K.DATE, ["24-11-2026"], "2026-11-24"), (K.DATE, ["1/2/2026"], "2026-02-01"),
        (K.DATE, ["2026-02-28"], "2026-02-28"), (K.DATE, ["24 11 2026"], "2026-11-24"),
        (K.DATE, ["29.2.2028"], "2028-02-29"),
    ],
)  # fmt: skip
def test_ux9_an_answer_is_stored_in_one_form_however_it_was_typed(kind, typed, stored):
    assert given(kind, *typed) == GivenAnswer(text=stored)


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        *((kind, [], F.EMPTY) for kind in K), *((kind, ["  "], F.EMPTY) for kind in K),
        *((kind, ["a\x00b"], F.CHARACTERS) for kind in K), (K.SHORT, ["a\x1bb"], F.CHARACTERS),
        (K.SHORT, ["x" * 201], F.TOO_LONG), (K.LONG, ["x" * 1001], F.TOO_LONG), (K.SHORT, [HUGE], F.TOO_LONG),
        (K.LONG, [HUGE], F.TOO_LONG), (K.NUMBER, [HUGE], F.NOT_A_NUMBER), (K.DATE, [HUGE], F.NOT_A_DATE),
        (K.YES_NO, ["misschien"], F.NOT_OFFERED), (K.YES_NO, ["rood"], F.NOT_OFFERED),
        (K.CHOICE, ["paars"], F.NOT_OFFERED), (K.CHOICE, ["yes"], F.NOT_OFFERED),
        (K.SEVERAL, ["rood", "paars"], F.NOT_OFFERED),
        (K.NUMBER, ["veel"], F.NOT_A_NUMBER), (K.NUMBER, ["1e9"], F.NOT_A_NUMBER),
        (K.NUMBER, ["9" * 40], F.NOT_A_NUMBER),
        (K.NUMBER, ["١"], F.NOT_A_NUMBER), (K.NUMBER, ["NaN"], F.NOT_A_NUMBER),
        (K.DATE, ["gisteren"], F.NOT_A_DATE), (K.DATE, ["31-2-2026"], F.NOT_A_DATE),
        (K.DATE, ["1-1-1899"], F.NOT_A_DATE),
        (K.DATE, ["1-1-9999"], F.NOT_A_DATE), (K.DATE, ["0-0-2026"], F.NOT_A_DATE),
    ],
)  # fmt: skip
def test_row32_what_does_not_fit_its_question_is_refused(kind, typed, fault):
    with pytest.raises(AnswerNotRight) as refused:
        given(kind, *typed)
    assert refused.value.fault is fault


@pytest.mark.parametrize("kind", K)
def test_ux4_not_knowing_and_skipping_are_answers_only_where_they_can_be(kind):
    assert given(kind, is_unknown=True) == GivenAnswer(is_unknown=True)
    assert given(kind, "groen", is_unknown=True) == GivenAnswer(is_unknown=True)
    with pytest.raises(AnswerNotRight):
        given(kind, is_unknown=True, may_be_unknown=False)
    assert given(kind, is_optional=True) == GivenAnswer()


def test_ux5_a_reason_has_at_most_seven_complete_questions():
    fine = question(K.SHORT)
    rules.check_reason(reason=Reason(name="Huid", questions=(fine,) * 7))
    wrong = {
        ReasonFault.NO_NAME: Reason(name=""),
        ReasonFault.TOO_MANY_QUESTIONS: Reason(name="Huid", questions=(fine,) * 8),
        ReasonFault.NO_LABEL: Reason(name="Huid", questions=(Question(label="", kind=K.SHORT),)),
        ReasonFault.CHOICES: Reason(name="Huid", questions=(question(K.CHOICE, choices=("een",)),)),
        ReasonFault.TOO_LONG: Reason(name="x" * 61),
    }
    for fault, reason in wrong.items():
        with pytest.raises(ReasonNotRight) as refused:
            rules.check_reason(reason=reason)
        assert refused.value.fault is fault
    for choices in (("a", "a"), tuple("abcdefghijk"), ("a", "x" * 61), ("a", "")):
        with pytest.raises(ReasonNotRight):
            rules.check_reason(reason=Reason(name="Huid", questions=(question(K.SEVERAL, choices=choices),)))


@pytest.mark.parametrize(
    ("for_whom", "group", "is_offered"),
    [
        (ForWhom.BOTH, AgeGroup.UNDER_12, True), (ForWhom.BOTH, AgeGroup.FROM_16, True),
        (ForWhom.ADULT, AgeGroup.FROM_16, True), (ForWhom.ADULT, AgeGroup.FROM_12_TO_15, False),
        (ForWhom.CHILD, AgeGroup.UNDER_12, True), (ForWhom.CHILD, AgeGroup.FROM_12_TO_15, True),
        (ForWhom.CHILD, AgeGroup.FROM_16, False),
    ],
)  # fmt: skip
def test_a_reason_is_offered_to_its_ages(for_whom, group, is_offered):
    assert rules.is_for(for_whom=for_whom, age_group=group) is is_offered


@pytest.mark.parametrize(
    ("under_12", "to_15", "group", "may"),
    [
        (True, True, AgeGroup.UNDER_12, True), (False, True, AgeGroup.UNDER_12, False),
        (True, True, AgeGroup.FROM_12_TO_15, True), (True, False, AgeGroup.FROM_12_TO_15, False),
        (False, True, AgeGroup.FROM_12_TO_15, True), (False, False, AgeGroup.FROM_16, True),
        (True, True, None, False),
    ],
)  # fmt: skip
def test_req8_what_a_parent_may_ask_by_age(under_12, to_15, group, may):
    chosen = AskRules(parents_under_12=under_12, parents_12_to_15=to_15)
    assert rules.parent_may_ask(chosen=chosen, age_group=group) is may


def test_an_answer_stays_at_the_very_same_question_alone():
    first, second = question(K.SHORT), question(K.YES_NO)
    earlier = [AskedQuestion(place=1, question=first, given=GivenAnswer(text="ja"), is_answered=True)]
    anew = rules.asked_anew(questions=[second, first], earlier=earlier)
    assert [(one.place, one.given.text, one.is_answered) for one in anew] == [(1, "", False), (2, "ja", True)]
    changed = rules.asked_anew(questions=[question(K.SHORT, unit="cm")], earlier=earlier)
    assert not changed[0].is_answered


@pytest.mark.parametrize("for_pharmacy", [True, False])
def test_the_examples_keep_the_rules_and_ask_little(for_pharmacy):
    examples = example_reasons(for_pharmacy=for_pharmacy)
    for reason in examples:
        rules.check_reason(reason=reason)
    assert len({one.name for one in examples}) == len(examples)
    assert examples[-1].name == "Iets anders"
