"""Questions for tests, made as the owner of the tables."""

from datetime import timedelta
from uuid import uuid4

from tests.factories import promises, world
from tests.factories.attachments import attach_for_walk
from zorgbalie.consult.models import Consult, ConsultMessage, ConsultNote
from zorgbalie.worklist.models import WorkItem


def make_consult(patient, practice, text="Mag ik sporten?", **values) -> Consult:
    """A sent question with its first text and its item in the inbox."""
    sent = values.pop("sent_at", world.MOMENT)
    defaults = {
        "asked_by": patient, "subject": "Sporten", "state": "sent", "revision": 3, "changed_at": sent, "sent_at": sent,
        "answer_by": sent + timedelta(days=2),
    }  # fmt: skip
    row = Consult.objects.create(patient=patient, practice=practice, **{**defaults, **values})
    if row.state != "draft":
        add_text(row, text)
        if row.state in ("sent", "with_doctor"):
            WorkItem.objects.create(
                practice=practice, person=patient, kind="consult", about_id=row.pk, for_right="answer_consults",
                due_at=row.answer_by,
            )  # fmt: skip
    return row


def make_draft(patient, practice, text="Nog niet af", **values) -> Consult:
    defaults = {"state": "draft", "draft_text": text, "sent_at": None, "answer_by": None}
    row = {"asked_by": patient, "subject": "Later", "revision": 2, "changed_at": world.MOMENT}
    return Consult.objects.create(patient=patient, practice=practice, **{**row, **defaults, **values})


def add_text(consult, text, employee=None) -> ConsultMessage:
    """A text of the patient, or of an employee."""
    return ConsultMessage.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient,
        author_kind="staff" if employee else "patient", author_person=None if employee else consult.asked_by,
        author_employee=employee, author_name=employee.name if employee else "Anna", text=text, token=uuid4(),
        sent_at=world.MOMENT,
    )  # fmt: skip


def add_note(consult, employee, text="Intern") -> ConsultNote:
    return ConsultNote.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, author=employee,
        author_name=employee.name, text=text, token=uuid4(),
    )  # fmt: skip


def fill_for_walk(patient, practice, employee, text) -> None:
    """A draft and an open question with an answer and a note, with `text` in every text."""
    draft = make_draft(patient, practice, text, subject=text)
    words = {"subject": text, "addressed_name": text, "about_title": text}
    row = make_consult(patient, practice, text, about_kind="episode", about_id=1, **words)
    add_text(row, text, employee)
    add_note(row, employee, text)
    attach_for_walk(draft, row, employee, text)
    promises.add_slip(row)
