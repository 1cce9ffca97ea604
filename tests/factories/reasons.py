"""Reasons to ask and answers for tests, made as the owner of the tables."""

from tests.factories import consult, world
from zorgbalie.consult.models import ConsultAnswer, ConsultAskRules, ConsultReason, ConsultReasonQuestion


def make_reason(practice, questions=("short",), **values) -> ConsultReason:
    """A reason for everybody; `questions` are kinds, or the values of a question."""
    number = world.next_number()
    defaults = {"name": f"Reden {number}", "for_whom": "both", "position": number}
    row = ConsultReason.objects.create(practice=practice, **{**defaults, **values})
    for place, question in enumerate(questions, start=1):
        own = {"kind": question} if isinstance(question, str) else question
        choices = ["rood", "groen"] if own["kind"] in ("choice", "several") else []
        asked = {"label": f"Vraag {place}?", "choices": choices, **own}
        ConsultReasonQuestion.objects.create(practice=practice, reason=row, place=place, **asked)
    return row


def make_answer(consult, place=1, **values) -> ConsultAnswer:
    """A question that was asked in a thread, with its answer."""
    consult.reason_name = consult.reason_name or "Huid"
    consult.save(update_fields=["reason_name"])
    defaults = {"label": "Waar zit het?", "kind": "short", "answer": "Op mijn arm", "is_answered": True}
    return ConsultAnswer.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, place=place, **{**defaults, **values}
    )


def set_ask_rules(practice, **values) -> ConsultAskRules:
    """What a practice decided about asking."""
    return ConsultAskRules.objects.create(practice=practice, **values)


def fill_for_walk(patient, practice, text) -> None:
    """A draft and a sent question, each with an answer that holds `text`; and a reason, so that its pages open."""
    make_reason(practice)
    draft = consult.make_draft(patient, practice, text, subject=text, about_kind="episode", about_id=2)
    for row in (draft, consult.make_consult(patient, practice, text)):
        make_answer(row, label=text, answer=text, help_text=text)
