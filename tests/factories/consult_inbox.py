"""Rows of the inbox of questions for tests, made as the owner of the tables."""

from datetime import timedelta

from tests.factories import consult, world
from zorgbalie.consult.models import ConsultAttachment, ConsultPresence
from zorgbalie.worklist.models import WorkItem


def make_waiting(practice, now, *, hours=5, patient=None, item=None, **values):
    """A question that waits at a practice, to be answered within some hours (negative: late)."""
    if patient is None:
        patient = world.make_person()
        world.enrol(patient, practice)
    times = {"sent_at": now - timedelta(days=1), "answer_by": now + timedelta(hours=hours)}
    row = consult.make_consult(patient, practice, **{**times, **values})
    if item:
        WorkItem.objects.filter(kind="consult", about_id=row.pk).update(**item)
    return row


def be_there(row, employee, now, *, types=False) -> ConsultPresence:
    return ConsultPresence.objects.create(
        consult=row, practice=row.practice, employee=employee, seen_at=now, typing_at=now if types else None
    )


def attach(row) -> ConsultAttachment:
    """An attachment that was sent along with the first text."""
    return ConsultAttachment.objects.create(
        consult=row, message=row.messages.first(), practice=row.practice, patient=row.patient,
        author_person=row.asked_by, file_name="foto.jpg", media_type="image/jpeg", size=1, sha256="0" * 64,
        virus_state="clean",
    )  # fmt: skip
