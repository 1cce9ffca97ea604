"""PDFs within the results of an HL7 v2 message (OBX-2 ED, base64). What is no whole PDF stays in the original alone."""

import base64
import binascii
from collections.abc import Iterable, Iterator

from zorgbalie.exchange.lab.hl7v2 import Segment
from zorgbalie.exchange.lab.types import Attachment

MOST = 20
"""Files of one message that are taken out; the others stay in the original."""

_LONGEST_TITLE = 160


def attachments_of(*, segments: Iterable[Segment]) -> tuple[Attachment, ...]:
    """The PDFs of a message; the fields that they came from count as read."""
    return tuple(_found(segments))


def _found(segments: Iterable[Segment]) -> Iterator[Attachment]:
    number = 0
    for segment in segments:
        if segment.tag != "OBX" or segment.text(2) != "ED" or number >= MOST:
            continue
        content = _decoded(segment)
        if content is None:
            segment.read.discard(5)
            continue
        number += 1
        title = segment.text(3, 2) or segment.text(3, 1)
        yield Attachment(title=title[:_LONGEST_TITLE], content=content)


def _decoded(segment: Segment) -> bytes | None:
    if segment.text(5, 4).lower() != "base64":
        return None
    try:
        content = base64.b64decode("".join(segment.text(5, 5).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if content.startswith(b"%PDF-") else None
