"""Texts of strangers in files that the desk saves, and in the headers of files (security rows 27, 29 and 30)."""

import csv
import io
from email.message import Message
from uuid import uuid4

import pytest

from tests.conftest import DeskClient, PortalClient
from tests.consult_files.steps import SCRIPT, Both, colour, upload
from tests.factories import billing, outgoing, world
from zorgbalie.billing.models import Declaration, ExportBatch
from zorgbalie.consult.models import ConsultAttachment
from zorgbalie.kernel.clock import current_moment

pytestmark = pytest.mark.django_db
HOSTILE = (
    "=cmd|' /C calc'!A0", "+31", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "Bos\r\n=1;=2", '";=1;"', "\ufeff=1",
    "\u2028=1", "＝1", "x\r\nSet-Cookie: a=b",
)  # fmt: skip
NAMES = (
    'a"; filename="b.html', "a\r\nSet-Cookie: x=y\r\n\r\n<script>.jpg", "../../etc/passwd", "..\\..\\x.exe",
    "foto\u202egpj.exe", "\u2028x.jpg", "%0d%0aX: y.jpg", "ＣＯＮ.jpg", "é" * 90 + ".jpg", ";.jpg",
    "a.jpg\x00.jpg", "b';filename*=UTF-8''x.jpg",
)  # fmt: skip


def _rows(answer, columns) -> list[list[str]]:
    """The lines of a file; a line that a text made would have another number of cells."""
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {columns}
    assert len(text.splitlines()) == len(rows)
    for cell in (cell for row in rows for cell in row):
        assert cell.lstrip("\ufeff\u200b \u00a0\t")[:1] not in tuple("=+-@\t\r\n＝＋－＠"), cell
    return rows


def test_row29_no_cell_of_a_file_of_declarations_is_a_formula_or_a_line_of_its_own(desk_client):
    practice = world.make_practice()
    billing.switch_on(practice)
    desk_client.sign_in(world.make_employee(practice))
    person = world.make_person()
    world.enrol(person, practice, world.make_account(practice))
    for text in HOSTILE:
        names = dict.fromkeys(("patient_name", "description", "performer_name", "confirmed_by_name"), text)
        billing.make_declaration(person, practice, state="confirmed", **names)
    assert desk_client.post("/declaraties/bestanden/", {"token": uuid4()}).status_code == 302
    assert Declaration.objects.filter(state="exported").count() == len(HOSTILE)
    answer = desk_client.get(f"/declaraties/bestanden/{ExportBatch.objects.get().pk}/")
    assert len(_rows(answer, 14)) == len(HOSTILE) + 1


def test_row29_no_cell_of_the_list_to_phone_is_a_formula_or_a_line_of_its_own(desk_client):
    practice = world.make_practice()
    account = world.make_account(practice)
    employee = world.make_employee(practice)
    desk_client.sign_in(employee)
    mailing = outgoing.make_mailing(practice, employee, state="done", confirmed_at=current_moment())
    for text in HOSTILE:
        person = world.make_person(given_name=text, family_name=text, phone=text[:20], mobile="")
        world.enrol(person, practice, account)
        row = outgoing.make_begun(person, practice, employee, mailing=mailing)
        outgoing.add_recipient(mailing, person, "sent", consult=row)
    answer = desk_client.get(f"/berichten/{mailing.pk}/bellen/csv/")
    assert len(_rows(answer, 4)) == len(HOSTILE) + 1


def _check_headers(answer) -> None:
    assert answer.status_code == 200
    stated = answer.headers["Content-Disposition"]
    assert stated.isascii()
    assert not set(stated) & set("\r\n\0<>")
    read = Message()
    read["Content-Disposition"] = stated
    assert [name for name, _ in read.get_params(header="Content-Disposition")[1:]] == ["filename"], stated
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in stated


def test_row30_a_hostile_name_makes_no_header_of_its_own():
    """A name as a browser may send it; and one that came into the table by another way."""
    both = Both()
    consult_id = both.write()
    for number, name in enumerate(NAMES):
        answer = both.choose(consult_id, upload(colour((number * 15, 0, 0)), name), headers=SCRIPT)
        assert answer.status_code < 500, name
    both.send(consult_id)
    assert ConsultAttachment.objects.count() >= 5
    _check_all(both.portal, f"/vragen/{consult_id}/bestanden/")
    _check_all(both.desk, f"/vragen/{both.person.pk}/{consult_id}/bestanden/")
    for row, name in zip(ConsultAttachment.objects.order_by("pk"), NAMES, strict=False):
        ConsultAttachment.objects.filter(pk=row.pk).update(file_name=name.replace("\0", "")[:100])
    for client, folder in ((both.portal, "/vragen/"), (both.desk, f"/vragen/{both.person.pk}/")):
        for row in ConsultAttachment.objects.all():
            answer = client.get(f"{folder}{consult_id}/bestanden/{row.pk}/")
            assert answer.status_code < 500, row.file_name
            assert "Set-Cookie" not in answer.headers or "x=y" not in answer.headers["Set-Cookie"]


def _check_all(client: PortalClient | DeskClient, folder: str) -> None:
    for pk in ConsultAttachment.objects.values_list("pk", flat=True):
        _check_headers(client.get(f"{folder}{pk}/"))
