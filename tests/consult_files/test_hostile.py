"""Hostile files at both faces: each is taken safely or refused in words, and no request falls over (row 27, 28, 30)."""

import io
import struct

import pytest
from PIL import Image

from tests.consult_files.steps import SCRIPT, Both, listed, rows, upload
from tests.factories.documents import image, moving, packed_objects, pdf, photo
from tests.integrations.files.test_check_file import EICAR, JAVASCRIPT, huge_png, zipped

pytestmark = pytest.mark.django_db
SCRIPTED = b"<script>alert('Kanarie')</script>"


def huge(kind: bytes) -> bytes:
    """A few bytes that say they are a picture of 50,000 by 50,000 points."""
    if kind == b"gif":
        small = image("GIF")
        size, wanted = struct.pack("<HH", 60, 40), struct.pack("<HH", 50_000, 50_000)
        assert small.count(size) == 2
        return small.replace(size, wanted)
    body = b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HH", 50_000, 50_000) + b"\x03\x01\x22\0\x02\x11\1\x03\x11\1"
    return body + b"\xff\xd9"


REFUSED = {
    "svg with a script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "webpagina"),
    "svg called jpg": ("a.jpg", b"<svg onload='alert(1)'/>", "webpagina"),
    "html": ("a.html", b"<!doctype html>" + SCRIPTED, "webpagina"),
    "html called txt": ("a.txt", b"Hallo " + SCRIPTED, "webpagina"),
    "pdf with a script": ("a.pdf", pdf(JAVASCRIPT), "programma"),
    "pdf with a packed script": ("a.pdf", pdf(packed_objects(b"9 0 " + JAVASCRIPT)), "programma"),
    "pdf with a lock": ("a.pdf", pdf(b"<< /Encrypt 9 0 R >>"), "slot"),
    "pdf and page at once": ("a.pdf", pdf(tail=SCRIPTED), "controleren"),
    "pdf bomb": ("a.pdf", pdf(packed_objects(b" " * 60_000_000)), "controleren"),
    "zip bomb": ("a.zip", zipped(size=50_000_000), "zip"),
    "zip called jpg": ("a.jpg", zipped(), "zip"),
    "docx": ("a.docx", zipped("word/document.xml"), "Word"),
    "program": ("a.jpg", b"MZ\x90\x00" + b"\0" * 100, "kan hier niet"),
    "huge png": ("a.png", huge_png(50_000, 50_000), "beeldpunten"),
    "huge jpeg": ("a.jpg", huge(b"jpg"), "beeldpunten"),
    "huge gif": ("a.gif", huge(b"gif"), "beeldpunten"),
    "0 bytes": ("a.jpg", b"", "leeg"),
    "too large": ("a.jpg", b"\xff\xd8\xff" + b"0" * 20_000_001, "te groot"),
    "far too large": ("a.jpg", b"\xff\xd8\xff" + b"0" * 22_000_000, "te groot"),
    "pdf called jpg": ("a.jpg", pdf(), "past niet"),
    "turned name": ("gpj.\u202efdp", pdf(), "past niet"),
    "cut jpeg": ("a.jpg", image(size=(400, 400))[:300], "kapot"),
    "cut heic": ("a.heic", image("HEIF", size=(400, 400))[:-200], "kapot"),
    "heic that is none": ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 60, "kapot"),
    "film": ("a.mov", b"\0\0\0\x18ftyphevc" + b"\0" * 60, "filmpje"),
    "moving gif": ("a.gif", moving("GIF"), "bewegend"),
    "moving webp": ("a.webp", moving("WEBP"), "bewegend"),
    "scan of pages": ("a.tif", moving("TIFF"), "bladzijden"),
    "bmp": ("a.bmp", image("BMP"), "kan hier niet"),
}


@pytest.mark.parametrize(("name", "content", "word"), REFUSED.values(), ids=REFUSED)
def test_row27_a_hostile_file_is_refused_in_words_and_nothing_of_it_is_kept(name, content, word):
    both = Both()
    consult_id = both.write()
    answer = both.choose(consult_id, upload(content, name))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert word in text
    assert 'aria-invalid="true"' in text
    assert "\u202e" not in text
    assert rows() == []


def test_row27_the_corpus_is_large_enough():
    assert len(REFUSED) >= 20


TAKEN = {
    "jpeg with a page behind it": ("a.jpg", image() + SCRIPTED + EICAR + zipped(), "image/jpeg"),
    "jpeg with a script as comment": ("a.jpg", image(comment=SCRIPTED), "image/jpeg"),
    "png with a zip behind it": ("a.png", image("PNG") + zipped() + SCRIPTED, "image/png"),
    "heic": ("IMG_1.HEIC", image("HEIF"), "image/jpeg"),
    "heic called jpg": ("IMG_1.jpg", image("HEIF"), "image/jpeg"),
    "tiff": ("a.tiff", image("TIFF"), "image/jpeg"),
    "gif": ("a.gif", image("GIF"), "image/png"),
    "cmyk": ("a.jpg", image(mode="CMYK"), "image/jpeg"),
    "path as a name": ("../../../etc/passwd.jpg", image(), "image/jpeg"),
    "page as a name": ("<img src=x onerror=alert(1)>.jpg", image(), "image/jpeg"),
    "name that hides": ("a\u200b\u2066b\u202e.jpg", image(), "image/jpeg"),
    "long name": ("x" * 290 + ".jpg", image(), "image/jpeg"),
    "pdf": ("brief.pdf", pdf(), "application/pdf"),
}


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN.values(), ids=TAKEN)
def test_row27_what_is_taken_is_harmless_and_served_so(name, content, kind):
    both = Both()
    consult_id = both.ask_with(upload(content, name))
    (row,) = rows()
    assert row.media_type == kind
    assert not set(row.file_name) & set('<>/\\"\r\n')
    for client, base in ((both.portal, f"/vragen/{consult_id}/"), (both.desk, both.at_desk(consult_id))):
        assert "onerror" not in client.get(base).content.decode().replace("img src=x onerror=alert(1)", "")
        answer = client.get(f"{base}bestanden/{row.pk}/")
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].endswith("sandbox")
        assert answer["Content-Disposition"].startswith("inline" if kind.startswith("image") else "attachment")
        assert answer["Cache-Control"] == "no-store"
        for hidden in (SCRIPTED, EICAR, b"PK\x03\x04"):
            assert hidden not in answer.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_row28_a_photo_loses_place_and_maker_and_stands_upright_also_in_small(kind):
    both = Both()
    assert b"Kanarie" in photo(kind)
    consult_id = both.ask_with(upload(photo(kind), f"a.{kind.lower()}"))
    (row,) = rows()
    for part in ("", "klein/"):
        content = both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/{part}").content
        with Image.open(io.BytesIO(content)) as shown:
            assert (dict(shown.getexif()), shown.size) == ({}, (40, 60))
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)
        assert b"Kanarie" not in content


def test_row27_a_large_photo_is_made_smaller_and_its_thumbnail_is_small():
    both = Both()
    consult_id = both.ask_with(upload(image(size=(9_000, 6_000))))
    (row,) = rows()
    base = f"{both.at_desk(consult_id)}bestanden/{row.pk}/"
    with Image.open(io.BytesIO(both.desk.get(base).content)) as shown:
        assert shown.size == (4096, 2731)
    small = both.desk.get(f"{base}klein/").content
    with Image.open(io.BytesIO(small)) as shown:
        assert max(shown.size) == 480
    assert len(small) < 100_000


def test_row27_the_script_gets_the_same_refusal():
    both = Both()
    consult_id = both.write()
    answer = both.choose(consult_id, upload(b"<svg/>", "a.svg"), headers=SCRIPT)
    assert answer.status_code == 422
    assert listed(answer)["refused"][0].startswith("a.svg: Een webpagina")


def test_row27_at_the_desk_the_answer_stays_typed_and_nothing_is_sent():
    both = Both()
    consult_id = both.ask()
    answer = both.press(consult_id, "versturen", upload(b"MZ\x90\0", "a.exe"), answer="Ja, dat mag.")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "a.exe: " in text
    assert "Ja, dat mag." in text
    assert len(both.open(consult_id).messages) == 1
    assert rows() == []


def test_row27_a_virus_is_refused_with_a_line_of_its_own(monkeypatch):
    from zorgbalie.audit.models import AuditEvent
    from zorgbalie.integrations.virus import ScanResult
    from zorgbalie.record.actions import document_intake

    monkeypatch.setattr(document_intake, "scan", lambda **_: ScanResult.INFECTED)
    both = Both()
    answer = both.choose(both.write(), upload())
    assert "virus" in answer.content.decode()
    assert rows() == []
    assert AuditEvent.objects.filter(event="consult.virus_refused", patient_id=both.person.pk).count() == 1
    assert not AuditEvent.objects.filter(event="consult.file_add").exists()


def test_row27_without_an_answer_of_the_scanner_a_pdf_waits_and_a_photo_is_shown(monkeypatch):
    from zorgbalie.integrations.virus import ScanResult
    from zorgbalie.record.actions import document_intake

    said = {"now": ScanResult.NO_ANSWER}
    monkeypatch.setattr(document_intake, "scan", lambda **_: said["now"])
    both = Both()
    consult_id = both.ask_with(upload(), upload(pdf(), "a.pdf"))
    picture, letter = (f"{both.at_desk(consult_id)}bestanden/{row.pk}/" for row in rows())
    assert both.desk.get(picture).status_code == 200
    assert both.desk.get(letter).status_code == 409
    said["now"] = ScanResult.CLEAN
    assert both.desk.get(letter).status_code == 200
    said["now"] = ScanResult.INFECTED
    assert both.desk.get(letter).status_code == 404
