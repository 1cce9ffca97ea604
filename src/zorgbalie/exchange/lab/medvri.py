"""What a MEDVRI message says: a letter in free text by the road of the laboratory (GGA DET PID PAD TXT… GGO).

`TXT:1+…` numbers its lines. A line that is missing could turn the meaning around, so a gap refuses the message.
Source: MEDVRI (Medeur), as senders write it.
"""

from collections import Counter

from zorgbalie.exchange.lab.drafts import fit
from zorgbalie.exchange.lab.edifact import Segment
from zorgbalie.exchange.lab.medlab import check_frame, moment_of, patient_in, sent_at_of
from zorgbalie.exchange.lab.types import BrokenMessage, FreeText, LabFormat, LabMessage, LabPatient, Reason
from zorgbalie.exchange.lab.values import many_lines, one_line

_LONGEST_NAME = 160


def read_medvri(*, segments: list[Segment], digest: str) -> LabMessage:
    """Read the segments of a message, envelope included. Raises BrokenMessage."""
    body = check_frame(segments)
    letter = _letter(body)
    return LabMessage(
        format=LabFormat.EDIFACT,
        digest=digest,
        patient=_patient(body),
        laboratory=letter.sender,
        requester_name=letter.receiver,
        requester_agb="",
        sent_at=sent_at_of(segments),
        requests=(),
        letter=letter,
        original_only=Counter(name for segment in segments for name in segment.unread()),
    )


def _patient(body: list[Segment]) -> LabPatient:
    found = [segment for segment in body if segment.tag == "PID"]
    if not found:
        raise BrokenMessage(Reason.MISSING_SEGMENT, segment="PID", line=body[-1].line if body else 1)
    if len(found) > 1:
        raise BrokenMessage(Reason.TWO_PATIENTS, segment="PID", line=found[1].line)
    return patient_in(found[0])


def _letter(body: list[Segment]) -> FreeText:
    moments = [segment for segment in body if segment.tag == "DET" and segment.text(0).strip(":")]
    return FreeText(
        sender=_name(body, "GGA"),
        receiver=_name(body, "GGO"),
        text=_text([segment for segment in body if segment.tag == "TXT"], body[-1].line if body else 1),
        written_at=moment_of(moments[0]) if moments else None,
    )


def _name(body: list[Segment], tag: str) -> str:
    segment = next((one for one in body if one.tag == tag), None)
    if segment is None:
        return ""
    parts = [one_line(segment.text(number)) for number in range(2)]
    return fit(", ".join(part for part in parts if part), most=_LONGEST_NAME, place=f"{tag}-1", line=segment.line)


def _text(lines: list[Segment], last_line: int) -> str:
    for number, segment in enumerate(lines, start=1):
        counter = segment.counters[0] if segment.counters else ""
        if counter.isdigit() and len(counter) < 7 and int(counter) != number:
            raise BrokenMessage(Reason.COUNT_DIFFERS, segment="TXT", line=segment.line, detail=f"{counter} ≠ {number}")
    text = many_lines("\n".join(_line(segment) for segment in lines))
    if not text.strip():
        raise BrokenMessage(Reason.MISSING_SEGMENT, segment="TXT", line=last_line)
    return text


def _line(segment: Segment) -> str:
    """All that stands on the line, also its signs of separation that the sender forgot to release."""
    return "+".join(":".join(segment.parts(number)) for number in range(len(segment.elements)))
