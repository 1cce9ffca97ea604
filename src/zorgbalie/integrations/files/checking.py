"""The one way in: size, type by the first bytes, agreement with the name, then the check of that type."""

from collections.abc import Callable

from zorgbalie.integrations.files.images import MAX_SIDE, redraw_image
from zorgbalie.integrations.files.names import clean_file_name, extension_of
from zorgbalie.integrations.files.pdfs import check_pdf
from zorgbalie.integrations.files.texts import check_text
from zorgbalie.integrations.files.types import CheckedFile, FileFault, FileRefused, FileType

# Phones name a photo after what it once was (`IMG_1.jpg` with HEIC in it). It is drawn anew and named anew, so any name
# of an image will do for any image.
_IMAGES = ("jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "hif", "tif", "tiff", "gif")
_EXTENSIONS = {
    FileType.PDF: ("pdf",),
    FileType.JPEG: _IMAGES,
    FileType.PNG: ("png", *_IMAGES),
    FileType.TEXT: ("txt",),
}
_OF_IMAGES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",  # TIFF; as of 4 GB and more (II+) it is not read
    b"MM\x00*",
)
# What many people have and cannot be kept: each has a sentence of its own that says what to do.
_KNOWN_OTHERS = (
    (b"PK\x03\x04", FileFault.OFFICE_OR_ARCHIVE),  # docx, xlsx, odt, zip
    (b"PK\x05\x06", FileFault.OFFICE_OR_ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault.OFFICE_OR_ARCHIVE),  # doc, xls, msg
    (b"{\\rtf", FileFault.OFFICE_OR_ARCHIVE),
    (b"\x1f\x8b", FileFault.OFFICE_OR_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileFault.OFFICE_OR_ARCHIVE),
    (b"Rar!\x1a\x07", FileFault.OFFICE_OR_ARCHIVE),
    (b"BZh", FileFault.OFFICE_OR_ARCHIVE),
    (b"\xfd7zXZ\x00", FileFault.OFFICE_OR_ARCHIVE),
    (b"II+\x00", FileFault.SCAN_IMAGE),
    (b"MM\x00+", FileFault.SCAN_IMAGE),
)
_PHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_OTHER_BRANDS = (b"hevc", b"hevx", b"msf1", b"avif", b"avis")  # films, and a kind of picture that is not read here


def check_file(*, name: str, content: bytes, max_bytes: int, longest_side: int = MAX_SIDE) -> CheckedFile:
    """The file as it may be kept. Raises FileRefused.

    `max_bytes` bounds what came and what is kept of it: an image can grow when it is drawn anew. `longest_side`: an
    image with more points than this on a side is made smaller.
    """
    if not content:
        raise FileRefused(FileFault.EMPTY)
    if len(content) > max_bytes:
        raise FileRefused(FileFault.TOO_LARGE)
    check = _sniff(content)
    found, kept = redraw_image(content, longest_side=longest_side) if check is redraw_image else check(content)
    if extension_of(name=name) not in _EXTENSIONS[found]:
        raise FileRefused(FileFault.WRONG_EXTENSION)
    if len(kept) > max_bytes:
        raise FileRefused(FileFault.TOO_LARGE)
    return CheckedFile(type=found, name=clean_file_name(name=name, extension=_EXTENSIONS[found][0]), content=kept)


def _sniff(content: bytes) -> Callable[[bytes], tuple[FileType, bytes]]:
    """Which check a file needs, by its first bytes; what fits no signature can only be text."""
    if content.startswith(b"%PDF-"):
        return check_pdf
    if content.startswith(_OF_IMAGES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return redraw_image
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_BRANDS:
        return redraw_image
    if content[4:8] == b"ftyp" and content[8:12] in _OTHER_BRANDS:
        raise FileRefused(FileFault.PHONE_IMAGE)
    for signature, fault in _KNOWN_OTHERS:
        if content.startswith(signature):
            raise FileRefused(fault)
    return check_text
