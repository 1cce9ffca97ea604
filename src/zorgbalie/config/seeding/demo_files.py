"""A photo with a question of the demo: drawn here, so that no picture of a person is shipped."""

import io
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from PIL import Image, ImageDraw, ImageFilter
from psycopg import Connection

from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.integrations.files import check_file, draw_thumbnail

_TEXT = "Ik heb ook een plek op mijn arm, sinds een week. Het jeukt niet. Ik stuur een foto mee."
_SKIN, _SPOT = (222, 178, 152), (188, 92, 84)


def add_files(link: Connection[Any]) -> None:
    """In each open question the patient writes once more, with a photo."""
    threads = link.execute(
        "SELECT DISTINCT ON (m.consult_id) m.consult_id, m.practice_id, m.patient_id, m.author_person_id,"
        " m.author_name, m.sent_at FROM consult_consultmessage m JOIN consult_consult c ON c.id = m.consult_id"
        " WHERE c.state = 'sent' AND m.author_kind = 'patient' ORDER BY m.consult_id, m.id DESC"
    ).fetchall()
    file = check_file(name="plek op mijn arm.jpg", content=_photo(), max_bytes=5_000_000)
    for thread, practice, patient, author, name, sent in threads:
        whose = {"practice_id": practice, "patient_id": patient, "author_person_id": author, "author_employee_id": None}
        message = insert_one(
            link, "consult_consultmessage", **whose, consult_id=thread, author_kind="patient", author_name=name,
            text=_TEXT, token=uuid4(), sent_at=sent + timedelta(minutes=10),
        )  # fmt: skip
        number = insert_one(
            link, "consult_consultattachment", **whose, consult_id=thread, message_id=message, file_name=file.name,
            media_type=file.type.value, size=len(file.content), sha256=sha256(file.content).hexdigest(),
            virus_state="clean", added_at=sent + timedelta(minutes=10),
        )  # fmt: skip
        small = draw_thumbnail(content=file.content, longest_side=480)
        content = {"attachment_id": number, "content": file.content, "thumbnail": small}
        insert(link, "consult_consultattachmentcontent", [{"practice_id": practice, "patient_id": patient, **content}])


def _photo() -> bytes:
    sheet = Image.new("RGB", (1600, 1200), _SKIN)
    pen = ImageDraw.Draw(sheet)
    for left, top, size in ((620, 420, 300), (560, 560, 180), (820, 380, 140)):
        pen.ellipse((left, top, left + size, top + int(size * 0.8)), fill=_SPOT)
    out = io.BytesIO()
    sheet.filter(ImageFilter.GaussianBlur(18)).save(out, "JPEG")
    return out.getvalue()
