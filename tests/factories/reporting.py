"""Attachments, copies and moves of questions for tests, made as the owner of the tables."""

import hashlib
from uuid import uuid4

from tests.factories import world
from tests.factories.consult import make_consult
from zorgbalie.consult.models import (
    ConsultAttachment,
    ConsultAttachmentContent,
    ConsultCopy,
    ConsultMove,
    ConsultStorage,
)


def add_attachment(consult, content=b"\xff\xd8 a photo", **values) -> ConsultAttachment:
    """A photo that was sent with the first text of a question."""
    whose = {"practice": consult.practice, "patient": consult.patient}
    defaults = {
        "message": consult.messages.order_by("pk").first(), "author_person": consult.asked_by,
        "file_name": "uitslag.jpg", "media_type": "image/jpeg", "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(), "virus_state": "clean",
    }  # fmt: skip
    row = ConsultAttachment.objects.create(consult=consult, **whose, **{**defaults, **values})
    ConsultAttachmentContent.objects.create(attachment=row, **whose, content=content)
    return row


def add_copy(consult, employee, **values) -> ConsultCopy:
    defaults = {"token": uuid4(), "up_to": 0, "line_kinds": "SP", "written_by_name": employee.name,
                "written_at": world.MOMENT}  # fmt: skip
    return ConsultCopy.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, written_by=employee,
        **{**defaults, **values},
    )  # fmt: skip


def add_move(consult, employee, person, **values) -> ConsultMove:
    return ConsultMove.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, from_person=consult.patient,
        to_person=person, moved_by=employee, moved_by_name=employee.name, **values,
    )  # fmt: skip


def store_by_itself(practice, mode) -> ConsultStorage:
    return ConsultStorage.objects.create(practice=practice, mode=mode)


def fill_for_walk(patient, practice, employee, text) -> None:
    """A moved question with a copy, an attachment and a move, with `text` in every text."""
    other = world.make_person()
    world.enrol(other, practice)
    row = make_consult(patient, practice, text, subject=text, concerns=other)
    add_attachment(row, file_name=f"{text}.jpg")
    add_copy(row, employee, written_by_name=text)
    add_move(row, employee, other)
