"""A PDF that only shows something. One that can act, carries a file, is locked or is two files at once is refused.

Nothing is repaired: a PDF that was written anew would no longer be the letter that somebody signed. The names of
dangerous keys are looked for in the whole file, whatever it says of its own structure: readers of PDF forgive almost
everything, so the structure proves nothing. The one place where such a name can hide from that is a packed stream of
objects (/ObjStm), so each of those must stand in the one plain way in which programs write it: a flat dictionary with
nothing that could hold a second beginning, then the stream, which unpacks. Some readers do not ask for the name
/ObjStm and look at /First alone, so that counts as one too.
"""

import re
import zlib

from zorgbalie.integrations.files.types import FileFault, FileRefused, FileType

MAX_UNPACKED = 50_000_000
"""Bytes that all streams of objects of a PDF together may unpack to."""

_PIECE = 1_000_000
_OVERLAP = 64
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia|SubmitForm|ImportData|GoToE|GoToR|Rendition|Movie"
    rb"|XFA(?=[\s\[<])|Subtype\s*/3D(?=[\s/>])|FileAttachment|EF\s*(?:<<|\d+\s+\d+\s+R|%))"
)
_LOCKED = re.compile(rb"/Encrypt(?=[\s<\[/0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_FIRST = re.compile(rb"/First\s+\d+(?![\d.]|\s+\d+\s+R)")
_FLAT = re.compile(rb"obj\s*<<([^<>()%]*)>>\s*\Z")
_PLAIN_FILTER = re.compile(rb"/Filter\s*(?:\[\s*/FlateDecode\s*\]|/FlateDecode(?![A-Za-z0-9]))")
_ODD_FILTER = re.compile(rb"/(?:DecodeParms|DP|FFilter|F)(?![A-Za-z0-9])")
_ARCHIVE_END = b"PK\x05\x06"
_DICTIONARY = 2_048


def check_pdf(content: bytes) -> tuple[FileType, bytes]:
    """The same file. Raises FileRefused."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise FileRefused(FileFault.BROKEN)
    if content[end + 5 :].strip(b"\r\n\t \x00\x1a") or _ARCHIVE_END in content[-70_000:]:
        raise FileRefused(FileFault.PDF_HIDDEN)
    plain = _unescaped(content)
    _check_names(plain)
    if _LOCKED.search(plain):
        raise FileRefused(FileFault.PDF_LOCKED)
    _check_objects(content, announced=(len(_OBJECTS.findall(plain)), len(_FIRST.findall(plain))))
    return FileType.PDF, content


def _check_objects(content: bytes, *, announced: tuple[int, int]) -> None:
    """That each announced stream of objects was found once, unpacks, and holds nothing that acts."""
    left, found, before = MAX_UNPACKED, 0, 0
    for start in _STREAM.finditer(content) if any(announced) else ():
        # Never beyond the stream before this one: a dictionary that counts for two would let a third go unseen.
        head = _unescaped(content[max(before, start.start() - _DICTIONARY) : start.start()])
        before = start.end()
        head = head[head.rfind(b"endobj") + 1 :]
        if not _OBJECTS.search(head):
            continue
        flat = _FLAT.search(head)
        if flat is None or not _FIRST.search(flat[1]) or not _OBJECTS.search(flat[1]):
            raise FileRefused(FileFault.PDF_HIDDEN)
        if not _PLAIN_FILTER.search(flat[1]) or _ODD_FILTER.search(flat[1]):
            raise FileRefused(FileFault.PDF_HIDDEN)
        left -= _check_stream(content, start.end(), left)
        found += 1
    if announced != (found, found):
        raise FileRefused(FileFault.PDF_HIDDEN)


def _check_stream(content: bytes, place: int, left: int) -> int:
    """Unpack one stream in pieces that overlap; returns its size. Raises FileRefused."""
    unpacker, tail, size = zlib.decompressobj(), b"", 0
    fed = content[place : place + _PIECE]
    while fed and not unpacker.eof:
        try:
            piece = unpacker.decompress(fed, _PIECE)
        except zlib.error:
            raise FileRefused(FileFault.PDF_HIDDEN) from None
        size += len(piece)
        if size > left:
            raise FileRefused(FileFault.PDF_HIDDEN)
        _check_names(_unescaped(tail + piece))
        tail = piece[-_OVERLAP:]
        fed = unpacker.unconsumed_tail
        if not fed:
            place += _PIECE
            fed = content[place : place + _PIECE]
    return size


def _check_names(text: bytes) -> None:
    if _ACTIVE.search(text):
        raise FileRefused(FileFault.PDF_ACTIVE)


def _unescaped(text: bytes) -> bytes:
    """Names as a reader takes them: `/J#61vaScript` is `/JavaScript`."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
