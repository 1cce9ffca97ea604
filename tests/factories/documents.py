"""Documents for tests, made as the owner of the tables; and files of every kind, good and hostile."""

import hashlib
import io
import zlib
from datetime import date

from PIL import Image

from tests.factories.world import MOMENT, next_number
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Practice
from zorgbalie.record.models import Document, DocumentContent, DocumentSharing
from zorgbalie.record.types.documents import SHAREABLE


def make_document(patient: Person, practice: Practice, *, text: str = "Beste collega, ", **values) -> Document:
    """A letter in plain text, not shared unless said otherwise."""
    content = values.pop("content", text.encode())
    shared = {"published_at": MOMENT} if values.get("state") == "shared" else {}
    defaults = {
        "title": f"Brief {next_number()}", "category": "specialist_in", "direction": "in", "author_name": "Ziekenhuis",
        "document_date": date(2026, 10, 1), "file_name": "brief.txt", "media_type": "text/plain",
        "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "source": "upload",
        "source_key": f"upload:{next_number()}", "virus_state": "clean",
    }  # fmt: skip
    document = Document.objects.create(patient=patient, practice=practice, **{**defaults, **shared, **values})
    DocumentContent.objects.create(patient=patient, practice=practice, document=document, content=content)
    return document


def switch_on(practice: Practice, *categories: str, starts_on: date = date(2020, 1, 1)) -> None:
    """Let the practice serve categories from a day on; all of them when none is named."""
    for category in categories or SHAREABLE:
        DocumentSharing.objects.update_or_create(
            practice=practice, category=category, defaults={"starts_on": starts_on}
        )


def pdf(*objects: bytes, head: bytes = b"%PDF-1.7\n", tail: bytes = b"") -> bytes:
    """A small PDF with these objects besides a page."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>", *objects,
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return head + body + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n" + tail


def packed_objects(text: bytes, extra: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream of objects, as newer PDFs have them."""
    packed = zlib.compress(text)
    return b"<< /Type /ObjStm /N 1 /First 4 %s /Length %d >>\nstream\n%s\nendstream" % (extra, len(packed), packed)


def image(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options) -> bytes:
    """An image of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


def moving(kind: str, size: tuple[int, int] = (20, 10)) -> bytes:
    """Two pictures in one file: something that moves, or a scan of two pages."""
    out = io.BytesIO()
    first, second = Image.new("RGB", size, "red"), Image.new("RGB", size, "blue")
    first.save(out, kind, save_all=True, append_images=[second])
    return out.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    """A photograph with the place, the maker, a serial number and a thumbnail in it, lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "KanarieMaker", "KanarieToestel", "KanarieSoftware"
    exif[0x0112] = 6  # turn a quarter to the right
    exif.get_ifd(0x8769)[0xA431] = "KanarieSerie123"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 5.0, 27.0), "E", (5.0, 7.0, 18.0)
    # As bytes a HEIC turns its picture in the container too, as phones write it; from the object it would not.
    return image(kind, exif=exif.tobytes() if kind == "HEIF" else exif)
