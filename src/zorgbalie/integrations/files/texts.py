"""Plain text: readable in one of two alphabets, without control characters, and not a web page under another name."""

import re
import unicodedata

from zorgbalie.integrations.files.types import FileFault, FileRefused, FileType

# What a browser could take for a page, wherever in the first part it stands; SVG and XML are among it.
_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|img|a\s)", re.IGNORECASE)
_SCANNED = 65_536
_LINE = {"\n", "\r", "\t", "\f"}


def check_text(content: bytes) -> tuple[FileType, bytes]:
    """The text as UTF-8 with one kind of line end. Raises FileRefused."""
    text = _decoded(content)
    if _PAGE.search(text[:_SCANNED]):
        raise FileRefused(FileFault.WEB_PAGE)
    if any(unicodedata.category(sign) == "Cc" and sign not in _LINE for sign in text):
        raise FileRefused(FileFault.UNKNOWN_TYPE)
    if not text.strip():
        raise FileRefused(FileFault.EMPTY)
    return FileType.TEXT, clean_text(text=text).encode()


def clean_text(*, text: str) -> str:
    """Text with one kind of line end, without what turns the direction of reading or hides."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign)[0] != "C")


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefused(FileFault.UNKNOWN_TYPE) from None
