"""From bytes to text, by what the message says of itself.

Source: HL7 table 0211 (MSH-18); ISO 9735 (UNB, UNOA to Y).
"""

import re

from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, Reason

_HL7_NAMES = {
    "ASCII": "ascii",
    "8859/1": "latin-1",
    "8859/15": "iso8859-15",
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
}
_WINDOWS = "cp1252"


def decode(*, content: bytes, kind: LabFormat) -> tuple[str, str]:
    """The text and the character set in which it was read. Raises BrokenMessage with the line."""
    if b"\0" in content:
        raise BrokenMessage(Reason.CHARACTERS, line=_line(content, content.index(b"\0")))
    charset = _announced_hl7(content) if kind is LabFormat.HL7 else _announced_edifact(content)
    if charset in {"", "ascii"}:
        return _guess(content)
    if charset == "latin-1":
        return _western(content)
    try:
        return content.decode(charset), charset
    except UnicodeDecodeError as error:
        raise BrokenMessage(Reason.CHARACTERS, line=_line(content, error.start), detail=charset) from None


def _guess(content: bytes) -> tuple[str, str]:
    """Nothing was said, or ASCII: UTF-8 where it is that, for other bytes hardly ever are by chance."""
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _western(content)


def _western(content: bytes) -> tuple[str, str]:
    """What calls itself 8859/1 often is its Windows cousin, which has signs where 8859/1 has control codes."""
    try:
        return content.decode(_WINDOWS), _WINDOWS
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _announced_hl7(content: bytes) -> str:
    head = re.split(b"[\r\n]", content, maxsplit=1)[0].decode("latin-1")
    fields = head.split(head[3:4]) if len(head) > 4 else []
    name = re.split(r"[~^]", fields[17])[0].strip().upper() if len(fields) > 17 else ""
    if name and name not in _HL7_NAMES:
        raise BrokenMessage(Reason.CHARACTERS, segment="MSH", line=1, detail="MSH-18")
    return _HL7_NAMES.get(name, "")


def _announced_edifact(content: bytes) -> str:
    match = re.search(rb"UNB.(UNO[A-Z])", content[:200], re.DOTALL)
    return {"UNOC": "latin-1", "UNOY": "utf-8", "UNOW": "utf-8"}.get(match.group(1).decode() if match else "", "")


def _line(content: bytes, place: int) -> int:
    before = content[:place]
    return 1 + (before.count(b"\n") or before.count(b"\r"))
