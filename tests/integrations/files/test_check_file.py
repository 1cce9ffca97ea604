"""Files that come in: good ones are kept, hostile ones are refused or drawn anew (security rows 27, 28, 30, 32)."""

import io
import tracemalloc
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from threading import get_ident

import pytest
from PIL import Image
from tests.factories.documents import image, moving, packed_objects, pdf, photo

from zorgbalie.integrations.files import (
    FileFault,
    FileRefused,
    FileType,
    check_file,
    clean_file_name,
    draw_thumbnail,
    images,
)
from zorgbalie.integrations.files.images import MAX_PIXELS

MOST = 20_000_000
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def check(content, name="bestand.pdf"):
    return check_file(name=name, content=content, max_bytes=MOST)


def zipped(name="a.txt", size=10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    packed = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
# Ways to make a stream of objects go uncounted: a dictionary that counts twice makes up for one that is not seen; a
# beginning within a comment or a string is the one that is looked at.
TWICE = packed_objects(b"9 0 << >>").replace(b"endstream", b"stream\n" + zlib.compress(b"9 0 << >>") + b"\nendstream")
PADDED = packed_objects(b"9 0 " + JAVASCRIPT).replace(b"/Filter", b" " * 5000 + b"/Filter")
COMMENT = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode %%>>stream\n%s\n >>\nstream\n%s\nendstream" % (
    zlib.compress(b"9 0 << >>"),
    zlib.compress(b"9 0 " + JAVASCRIPT),
)
REFUSED = {
    "0 bytes": ("a.pdf", b"", FileFault.EMPTY),
    "only spaces": ("a.txt", b" \n\t ", FileFault.EMPTY),
    "larger than allowed": ("a.pdf", b"%PDF-" + b"0" * MOST, FileFault.TOO_LARGE),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileFault.WEB_PAGE),
    "svg as txt": ("a.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg onload='alert(1)'/>", FileFault.WEB_PAGE),
    "svg as png": ("a.png", b"<svg onload='alert(1)'/>", FileFault.WEB_PAGE),
    "html": ("a.html", b"<!doctype html><script>alert(1)</script>", FileFault.WEB_PAGE),
    "html as txt": ("a.txt", b"Beste heer\n<SCRIPT src=//evil.example></SCRIPT>", FileFault.WEB_PAGE),
    "html in utf-16": ("a.txt", "<html><body>hallo".encode("utf-16"), FileFault.WEB_PAGE),
    "html as pdf": ("a.pdf", b"<html>%PDF-1.4", FileFault.WEB_PAGE),
    "php": ("a.txt", b"<?php system($_GET[1]); ?>", FileFault.WEB_PAGE),
    "zip": ("a.zip", zipped(), FileFault.OFFICE_OR_ARCHIVE),
    "zip as pdf": ("a.pdf", zipped(), FileFault.OFFICE_OR_ARCHIVE),
    "zip bomb": ("a.zip", zipped(size=50_000_000), FileFault.OFFICE_OR_ARCHIVE),
    "empty zip": ("a.zip", b"PK\x05\x06" + b"\0" * 18, FileFault.OFFICE_OR_ARCHIVE),
    "docx": ("a.docx", zipped("word/document.xml"), FileFault.OFFICE_OR_ARCHIVE),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileFault.OFFICE_OR_ARCHIVE),
    "rtf": ("a.rtf", b"{\\rtf1 {\\object\\objdata 0105}}", FileFault.OFFICE_OR_ARCHIVE),
    "gzip": ("a.pdf", b"\x1f\x8b\x08" + b"\0" * 30, FileFault.OFFICE_OR_ARCHIVE),
    "program": ("a.pdf", b"MZ\x90\x00" + b"\0" * 100, FileFault.UNKNOWN_TYPE),
    "elf": ("a.txt", b"\x7fELF\x02\x01" + b"\0" * 100, FileFault.UNKNOWN_TYPE),
    "heic that is none": ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 60, FileFault.BROKEN),
    "cut heic": ("a.heic", image("HEIF", size=(400, 400))[:-200], FileFault.BROKEN),
    "film of a phone": ("a.heic", b"\0\0\0\x18ftyphevc" + b"\0" * 60, FileFault.PHONE_IMAGE),
    "avif as jpg": ("a.jpg", b"\0\0\0\x18ftypavif" + b"\0" * 60, FileFault.PHONE_IMAGE),
    "tiff that is none": ("a.tif", b"II*\0" + b"\0" * 60, FileFault.BROKEN),
    "tiff of pages": ("a.tif", moving("TIFF"), FileFault.SCAN_IMAGE),
    "tiff of 4 GB and more": ("a.tif", b"II+\0" + b"\0" * 60, FileFault.SCAN_IMAGE),
    "gif that moves": ("a.gif", moving("GIF"), FileFault.MOVING_IMAGE),
    "webp that moves": ("a.webp", moving("WEBP"), FileFault.MOVING_IMAGE),
    "png that moves": ("a.png", moving("PNG"), FileFault.MOVING_IMAGE),
    "cut gif": ("a.gif", b"GIF89a\x10\0", FileFault.BROKEN),
    "bmp": ("a.bmp", image("BMP"), FileFault.UNKNOWN_TYPE),
    "nul in text": ("a.txt", b"Beste\0collega", FileFault.UNKNOWN_TYPE),
    "escape codes in text": ("a.txt", b"\x1b]0;owned\x07", FileFault.UNKNOWN_TYPE),
    "pdf without its head": ("a.pdf", b"tekst vooraf\n" + pdf(), FileFault.WRONG_EXTENSION),
    "png named pdf": ("a.pdf", image("PNG"), FileFault.WRONG_EXTENSION),
    "pdf named jpg": ("a.jpg", pdf(), FileFault.WRONG_EXTENSION),
    "pdf named exe": ("a.pdf.exe", pdf(), FileFault.WRONG_EXTENSION),
    "no extension": ("a", pdf(), FileFault.WRONG_EXTENSION),
    "turned name": ("gnp\u202efdp.a", pdf(), FileFault.WRONG_EXTENSION),
    "cut jpeg": ("a.jpg", image(size=(400, 400))[:300], FileFault.BROKEN),
    "broken png": ("a.png", image("PNG")[:40] + b"\xff" * 40, FileFault.BROKEN),
    "only the first bytes of a jpeg": ("a.jpg", b"\xff\xd8\xff\xe0", FileFault.BROKEN),
    "webp that is none": ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", FileFault.BROKEN),
    "50,000 x 50,000 points": ("a.png", huge_png(50_000, 50_000), FileFault.IMAGE_TOO_LARGE),
    "long and thin": ("a.png", huge_png(2_000_000, 2), FileFault.IMAGE_TOO_LARGE),
    "pdf without its end": ("a.pdf", pdf()[:-6], FileFault.BROKEN),
    "pdf with a script": ("a.pdf", pdf(JAVASCRIPT), FileFault.PDF_ACTIVE),
    "pdf with a script in hexadecimal": ("a.pdf", pdf(b"<< /S /J#61va#53cript /JS 5 0 R >>"), FileFault.PDF_ACTIVE),
    "pdf with a packed script": ("a.pdf", pdf(packed_objects(b"9 0 " + JAVASCRIPT)), FileFault.PDF_ACTIVE),
    "pdf with a script beyond a piece": (
        "a.pdf", pdf(packed_objects(b" " * 999_990 + JAVASCRIPT)), FileFault.PDF_ACTIVE,
    ),
    "pdf that starts a program": ("a.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), FileFault.PDF_ACTIVE),
    "pdf with a file in it": ("a.pdf", pdf(b"<< /Type /EmbeddedFile >>"), FileFault.PDF_ACTIVE),
    "pdf with a form of code": ("a.pdf", pdf(b"<< /AcroForm << /XFA [5 0 R] >> >>"), FileFault.PDF_ACTIVE),
    "pdf with a film": ("a.pdf", pdf(b"<< /Subtype /RichMedia >>"), FileFault.PDF_ACTIVE),
    "pdf with a lock": ("a.pdf", pdf(b"<< /Encrypt 9 0 R >>"), FileFault.PDF_LOCKED),
    "pdf packed in an odd way": (
        "a.pdf", pdf(packed_objects(b"x", b"/Filter [/ASCIIHexDecode /FlateDecode]")), FileFault.PDF_HIDDEN,
    ),
    "pdf packed with a predictor": (
        "a.pdf", pdf(packed_objects(b"x", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        FileFault.PDF_HIDDEN,
    ),
    "pdf with an attachment that names no type": (
        "a.pdf", pdf(b"<< /Subtype /FileAttachment /FS << /F (a.exe) /EF << /F 9 0 R >> >> >>"), FileFault.PDF_ACTIVE,
    ),
    "pdf with a file specification that names no type": (
        "a.pdf", pdf(b"<< /AF [<< /F (a.exe) /EF << /F 9 0 R >> >>] >>"), FileFault.PDF_ACTIVE,
    ),
    "pdf whose dictionary counts for two": ("a.pdf", pdf(TWICE, PADDED), FileFault.PDF_HIDDEN),
    "pdf with packed objects that name no type": (
        "a.pdf", pdf(packed_objects(b"9 0 " + JAVASCRIPT).replace(b"/Type /ObjStm", b"")), FileFault.PDF_HIDDEN,
    ),
    "pdf with a beginning in a comment": ("a.pdf", pdf(COMMENT), FileFault.PDF_HIDDEN),
    "pdf with a beginning in a string": ("a.pdf", pdf(COMMENT.replace(b"%", b"/X (")), FileFault.PDF_HIDDEN),
    "pdf that does not unpack": (
        "a.pdf", pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nrommel\nendstream"), FileFault.PDF_HIDDEN,
    ),
    "pdf with a padded dictionary": (
        "a.pdf", pdf(packed_objects(b"x").replace(b"/Filter", b" " * 5000 + b"/Filter")), FileFault.PDF_HIDDEN,
    ),
    "pdf bomb": ("a.pdf", pdf(packed_objects(b" " * 60_000_000)), FileFault.PDF_HIDDEN),
    "pdf and zip at once": ("a.pdf", pdf(tail=zipped()), FileFault.PDF_HIDDEN),
    "pdf and zip, the end again": ("a.pdf", pdf(tail=zipped() + b"\n%%EOF\n"), FileFault.PDF_HIDDEN),
    "pdf with a page after it": ("a.pdf", pdf(tail=b"<script>alert(1)</script>"), FileFault.PDF_HIDDEN),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "fault"), REFUSED.values(), ids=REFUSED)
def test_row27_hostile_file_is_refused(name, content, fault):
    with pytest.raises(FileRefused) as refusal:
        check(content, name)
    assert refusal.value.fault is fault


def test_row27_the_corpus_is_large_enough():
    assert len(REFUSED) >= 40


KEPT = {
    "pdf": ("brief.pdf", pdf(), FileType.PDF, "brief.pdf"),
    "pdf in capitals": ("BRIEF.PDF", pdf(), FileType.PDF, "BRIEF.pdf"),
    "pdf with packed objects": ("b.pdf", pdf(packed_objects(b"9 0 << /Type /Font >>")), FileType.PDF, "b.pdf"),
    "jpeg": ("foto.jpeg", image(), FileType.JPEG, "foto.jpg"),
    "png": ("scan.png", image("PNG"), FileType.PNG, "scan.png"),
    "webp": ("foto.webp", image("WEBP"), FileType.JPEG, "foto.jpg"),
    "heic": ("IMG_1.HEIC", image("HEIF"), FileType.JPEG, "IMG_1.jpg"),
    "heic that a phone calls jpg": ("IMG_1.jpg", image("HEIF"), FileType.JPEG, "IMG_1.jpg"),
    "tiff": ("scan.tif", image("TIFF"), FileType.JPEG, "scan.jpg"),
    "fax": ("fax.tiff", image("TIFF", mode="1"), FileType.PNG, "fax.png"),
    "gif": ("plaatje.gif", image("GIF"), FileType.PNG, "plaatje.png"),
    "text": ("brief.txt", b"Beste collega,\r\nAlles goed: 5 < 6.", FileType.TEXT, "brief.txt"),
    "old text": ("brief.txt", "Één café".encode("cp1252"), FileType.TEXT, "brief.txt"),
}


@pytest.mark.parametrize(("name", "content", "kind", "kept_as"), KEPT.values(), ids=KEPT)
def test_good_file_is_kept_under_a_clean_name(name, content, kind, kept_as):
    found = check(content, name)
    assert (found.type, found.name) == (kind, kept_as)


def test_pdf_is_kept_byte_by_byte():
    assert check(pdf()).content == pdf()


def test_text_has_one_alphabet_and_one_kind_of_line_end():
    assert check("Één\r\ncafé\rok".encode("cp1252"), "a.txt").content.decode() == "Één\ncafé\nok"
    assert check("rechts\u202eom".encode(), "a.txt").content.decode() == "rechtsom"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_row28_photo_keeps_neither_place_nor_maker_and_stands_upright(kind):
    content = photo(kind)
    assert b"Kanarie" in content
    kept = check(content, f"a.{kind.lower()}").content
    with Image.open(io.BytesIO(kept)) as shown:
        assert (dict(shown.getexif()), shown.size) == ({}, (40, 60))
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(shown.info)
    assert b"Kanarie" not in kept
    assert b"Exif" not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_row27_what_hides_behind_or_within_an_image_is_gone(kind):
    script = b"<html><script>alert(1)</script>"
    content = image(kind) + script + EICAR + zipped()
    kept = check(content, f"a.{kind.lower()}").content
    assert script not in kept
    assert EICAR not in kept
    assert b"PK\x03\x04" not in kept
    noted = image("JPEG", comment=script) if kind == "JPEG" else content
    assert script not in check(noted, f"a.{kind.lower()}").content


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "LA", "I;16"])
def test_images_of_every_kind_of_colour_are_drawn_anew(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    content = image(kind, mode=mode) if mode not in {"LA", "I;16"} else _grey(mode)
    assert check(content, f"a.{kind.lower()}").content


def _grey(mode: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "PNG")
    return out.getvalue()


def test_a_photo_of_100_megapixels_and_more_is_made_smaller_where_that_is_asked():
    content = image(size=(12_000, 9_000))
    with pytest.raises(FileRefused):
        check(content, "a.jpg")
    kept = check_file(name="a.jpg", content=content, max_bytes=MOST, longest_side=2_000)
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert max(shown.size) == 2_000


def test_a_thumbnail_is_small_and_of_the_same_shape():
    kept = check(image("PNG", size=(3_000, 1_500), mode="RGBA"), "a.png")
    small = draw_thumbnail(content=kept.content, longest_side=400)
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (400, 200))


def test_row27_a_bomb_of_points_costs_no_memory():
    tracemalloc.start()
    with pytest.raises(FileRefused):
        check(huge_png(50_000, 50_000), "a.png")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
    assert MAX_PIXELS * 4 * 2 < 500_000_000


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\brief.pdf", "brief.pdf"),
        ("brief\r\nSet-Cookie: a=b.pdf", "briefSet-Cookie a=b.pdf"),
        ("brief\u202efdp.exe.pdf", "brieffdp.exe.pdf"),
        ("brief\u200b\u2066.pdf", "brief.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("....pdf", "document.pdf"),
        ("", "document.pdf"),
        ("CON.pdf", "document.pdf"),
        (".htaccess", "document.pdf"),
        ("nul\0byte.pdf", "nulbyte.pdf"),
        ("x" * 400 + ".pdf", "x" * 100 + ".pdf"),
        ("Ünïcode brief.pdf", "Ünïcode brief.pdf"),
    ],
)
def test_rows27_30_name_of_a_file_cannot_lead_anywhere(name, clean):
    assert clean_file_name(name=name, extension="pdf") == clean


def test_row27_photos_at_the_same_moment_are_drawn_one_by_one(monkeypatch):
    """Each may take 320 MB: together, or each in a thread of its own, they would fill the memory of a process."""
    at_work, most, threads, real = [], [], set(), images._redraw

    def watched(content, longest_side):
        at_work.append(1)
        most.append(len(at_work))
        threads.add(get_ident())
        try:
            return real(content, longest_side)
        finally:
            at_work.pop()

    monkeypatch.setattr(images, "_redraw", watched)
    large = image(size=(3000, 2000))
    with ThreadPoolExecutor(4) as pool:
        assert {one.type for one in pool.map(lambda _: check(large, "a.jpg"), range(4))} == {FileType.JPEG}
    assert most == [1, 1, 1, 1]
    assert len(threads) == 1  # each further thread would keep as much
