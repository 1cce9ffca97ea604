"""Cutting a file into messages, each with its own bytes: nothing is interpreted yet, so nothing can be lost here."""

import re
from collections.abc import Iterator

from zorgbalie.exchange.lab.edifact import Separators, cut, separators_of, tag_of
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, RawMessage, Reason

MAX_MESSAGE = 10_000_000
"""Bytes of one HL7 message, which may carry a PDF."""

MAX_EDIFACT = 1_000_000
"""Bytes of one EDIFACT message: text alone."""

_MESSAGE_START = re.compile(r"(?:\A|(?<=[\r\n]))MSH")
_HL7_ENVELOPE = re.compile(r"(?:FHS|BHS|BTS|FTS)\W[^\r\n]*[\r\n]*")
_FRAME = re.compile(r"[\x0b\x1c]")  # MLLP frame


def cut_file(*, data: bytes) -> list[RawMessage]:
    """The messages of a file, in order. What is no message at all comes back as one, with its fault."""
    # Every byte is one character in this form, so that places and contents stay as they were.
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    start = _FRAME.sub("", text[:64]).lstrip()[:3]
    if start in {"MSH", "FHS", "BHS"}:
        return list(_hl7(text))
    if start in {"UNA", "UNB", "UNH", "GGA", "ZKH"}:
        return list(_edifact(text))
    return [RawMessage(format=LabFormat.UNKNOWN, content=data[:MAX_MESSAGE], fault=Reason.UNKNOWN_FORMAT)]


def _hl7(text: str) -> Iterator[RawMessage]:
    text = _FRAME.sub("\r", text)
    starts = [match.start() for match in _MESSAGE_START.finditer(text)]
    if not starts:
        yield RawMessage(format=LabFormat.HL7, content=text.encode("latin-1"), fault=Reason.MISSING_SEGMENT)
    head = _HL7_ENVELOPE.sub("", text[: starts[0]]).strip() if starts else ""
    if head:
        yield RawMessage(format=LabFormat.HL7, content=text[: starts[0]].encode("latin-1"), fault=Reason.OUT_OF_PLACE)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        content = re.sub(r"(?<=[\r\n])(?:BHS|BTS|FTS)\W[^\r\n]*", "", text[start:end]).strip("\r\n ")
        fault = Reason.TOO_LARGE if len(content) > MAX_MESSAGE else None
        yield RawMessage(
            format=LabFormat.HL7, content=content[:MAX_MESSAGE].encode("latin-1"), line=_line(text, start), fault=fault
        )


def _line(text: str, place: int) -> int:
    before = text[:place]
    return 1 + before.count("\n") + len(re.findall("\r(?!\n)", before))


class _Open:
    """The message that is being put together."""

    def __init__(self, line: int) -> None:
        self.line, self.parts, self.has_head = line, list[str](), False


def _edifact(text: str) -> Iterator[RawMessage]:
    try:
        separators = separators_of(text)
    except BrokenMessage as error:
        yield RawMessage(format=LabFormat.EDIFACT, content=text.encode("latin-1")[:MAX_EDIFACT], fault=error.reason)
        return
    yield from _messages(text, separators)


def _messages(text: str, separators: Separators) -> Iterator[RawMessage]:
    advice = text.lstrip()[:9] if text.lstrip().startswith("UNA") else ""
    envelope, current = "", None
    for segment in cut(text, separators):
        tag = tag_of(segment.text, separators)
        if tag in {"UNB", "UNZ", "UNG", "UNE"} or (tag == "UNH" and current and current.has_head):
            if current:
                yield _message(advice, envelope, current, Reason.NOT_CLOSED if current.has_head else None)
                current = None
            if tag == "UNB":
                envelope = segment.text
        if tag in {"UNB", "UNZ", "UNG", "UNE"}:
            continue
        current = current or _Open(segment.line)
        current.has_head = current.has_head or tag == "UNH"
        current.parts.append(segment.text)
        if tag == "UNT":
            yield _message(advice, envelope, current, None)
            current = None
    if current:
        yield _message(advice, envelope, current, Reason.NOT_CLOSED if current.has_head else None)


def _message(advice: str, envelope: str, found: _Open, fault: Reason | None) -> RawMessage:
    """A message with the envelope in which it came, so that it can be read alone."""
    content = "".join(f"{part}\n" for part in (advice, envelope, *found.parts) if part)
    if len(content) > MAX_EDIFACT:
        content, fault = content[:MAX_EDIFACT], Reason.TOO_LARGE
    return RawMessage(format=LabFormat.EDIFACT, content=content.encode("latin-1"), line=found.line, fault=fault)
