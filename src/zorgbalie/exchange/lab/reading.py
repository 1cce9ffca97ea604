"""One message, from its bytes to what it says."""

import hashlib
import re

from zorgbalie.exchange.lab import edifact, hl7v2
from zorgbalie.exchange.lab.characters import decode
from zorgbalie.exchange.lab.medlab import kind_of, read_medlab
from zorgbalie.exchange.lab.medvri import read_medvri
from zorgbalie.exchange.lab.oru import read_oru
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, LabMessage, RawMessage, Reason

_ENVELOPE = ("UNA", "UNB", "UNH", "UNT", "UNZ")


def read_message(*, raw: RawMessage) -> LabMessage:
    """Read one message. Raises BrokenMessage with segment and line; anything else would be a fault of ours."""
    if raw.fault is not None:
        raise BrokenMessage(raw.fault, line=1)
    text, charset = decode(content=raw.content, kind=raw.format)
    digest = digest_of(raw=raw)
    if raw.format is LabFormat.HL7:
        return read_oru(segments=hl7v2.read_segments(text=text, charset=charset), digest=digest)
    segments = edifact.read_segments(text=text)
    kind = kind_of(segments=segments)
    if kind == "MEDVRI":
        return read_medvri(segments=segments, digest=digest)
    if kind and kind != "MEDLAB":
        raise BrokenMessage(Reason.OTHER_KIND, segment="UNH", line=_line_of(segments, "UNH"))
    return read_medlab(segments=segments, digest=digest)


def digest_of(*, raw: RawMessage) -> str:
    """Digest (hexadecimal) of a message without what differs each time that it is sent: line ends, envelope, header.

    Two messages that say the same have the same digest, however they travelled.
    """
    if raw.fault is not None or raw.format is LabFormat.UNKNOWN:
        return hashlib.sha256(raw.content).hexdigest()
    lines = [line.strip() for line in re.split(rb"[\r\n]+", raw.content)]
    if raw.format is LabFormat.HL7:
        head = lines[0].split(lines[0][3:4])
        kept = [b"|".join((*head[:4], *head[8:9])), *(line for line in lines[1:] if line)]
    else:
        # Cutting a file leaves one segment on each line.
        kept = [line for line in lines if line and line[:3].decode("latin-1") not in _ENVELOPE]
    return hashlib.sha256(b"\n".join([raw.format.value.encode(), *kept])).hexdigest()


def _line_of(segments: list[edifact.Segment], tag: str) -> int:
    return next((segment.line for segment in segments if segment.tag == tag), 1)
