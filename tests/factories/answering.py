"""Rows for tests of answering questions, made as the owner of the tables."""

from tests.factories import world
from zorgbalie.consult.models import AnswerTemplate, ConsultAnswerDraft, ConsultTick, StandardLink
from zorgbalie.consult.rules import question_digest


def add_template(practice, employee=None, **values) -> AnswerTemplate:
    defaults = {"title": f"Antwoord {world.next_number()}", "text": "{aanhef},\n\nKom langs bij {praktijk}."}
    return AnswerTemplate.objects.create(practice=practice, employee=employee, **{**defaults, **values})


def add_link(practice, title="Knie", url="", host="oefenen.example") -> StandardLink:
    url = url or f"https://{host}/{world.next_number()}"
    return StandardLink.objects.create(practice=practice, title=title, url=url, host=host)


def add_draft(consult, employee, text="Half antwoord") -> ConsultAnswerDraft:
    return ConsultAnswerDraft.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, employee=employee, text=text,
        saved_at=world.MOMENT,
    )  # fmt: skip


def add_tick(message, employee, question="Mag ik sporten?") -> ConsultTick:
    return ConsultTick.objects.create(
        consult=message.consult, message=message, practice=message.practice, patient=message.patient,
        digest=question_digest(question=question), employee=employee, employee_name=employee.name,
        ticked_at=world.MOMENT,
    )  # fmt: skip


def fill_for_walk(practice, employee, text) -> None:
    """A standard answer of an employee, and a draft and a tick at the question of the walk, with `text` in them."""
    from zorgbalie.consult.models import Consult

    row = Consult.objects.filter(practice=practice).exclude(state="draft").latest("pk")
    add_template(practice, employee, title=text, text=text)
    add_draft(row, employee, text)
    message = row.messages.earliest("pk")
    tick = add_tick(message, employee)
    ConsultTick.objects.filter(pk=tick.pk).update(employee_name=text)
