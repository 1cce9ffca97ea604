"""Photos and files of questions, made as the owner of the tables."""

import hashlib

from tests.factories.world import MOMENT
from zorgbalie.consult.models import ConsultAttachment, ConsultAttachmentContent


def add_attachment(consult, message=None, employee=None, *, content=b"Beste dokter", **values) -> ConsultAttachment:
    """A text file of the one who asked, or of an employee; unsent without a message."""
    whose = {"patient": consult.patient, "practice": consult.practice}
    thumbnail = values.pop("thumbnail", None)
    defaults = {
        "author_person": None if employee else consult.asked_by, "author_employee": employee,
        "file_name": "brief.txt", "media_type": "text/plain", "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(), "virus_state": "clean", "added_at": MOMENT,
    }  # fmt: skip
    row = ConsultAttachment.objects.create(consult=consult, message=message, **whose, **{**defaults, **values})
    ConsultAttachmentContent.objects.create(attachment=row, content=content, thumbnail=thumbnail, **whose)
    return row


def attach_for_walk(draft, asked, employee, text) -> None:
    """One file unsent, and one of each side sent, with `text` in every text and in the file."""
    named = {"file_name": f"{text}.txt", "content": text.encode(), "thumbnail": text.encode()}
    add_attachment(draft, **named)
    add_attachment(asked, asked.messages.filter(author_kind="patient").first(), **named)
    add_attachment(asked, asked.messages.filter(author_kind="staff").first(), employee, **named)
