"""What an HL7 v2 ORU^R01 says. Source: HL7 v2.5 chapters 2, 3 (PID), 4 (ORC, OBR) and 7 (OBX, SPM).

BSN in PID-3 by assigner NLMINBIZA or type NNNLD; AGB by assigner VEKTIS.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from zorgbalie.exchange.lab.attachments import attachments_of
from zorgbalie.exchange.lab.drafts import (
    MAX_RESULTS,
    NOT_YET,
    ResultDraft,
    SectionDraft,
    SpecimenDraft,
    fit,
    is_pending,
    patient_of,
)
from zorgbalie.exchange.lab.hl7v2 import Segment
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, LabMessage, LabPatient, LabRequest, Reason
from zorgbalie.exchange.lab.values import (
    many_lines,
    one_line,
    parse_hl7_date,
    parse_hl7_moment,
    parse_number,
    parse_range,
)

_STATUS = {
    "P": "preliminary", "R": "preliminary", "S": "preliminary", "F": "final", "U": "final", "C": "corrected",
    "X": "cancelled", "N": "cancelled", "I": NOT_YET, "O": NOT_YET, "D": "entered-in-error", "W": "entered-in-error",
}  # fmt: skip
"""HL7 table 0085 in the words of FHIR's observation-status."""

_UNFINISHED = frozenset({"preliminary", NOT_YET})
_CORRECTED = frozenset({"corrected", "entered-in-error"})
_OPEN_ORDER = frozenset({"P", "R", "A", "S", "I", "O"})
_FLAGS = {"N", "L", "H", "LL", "HH", "A", "AA"}
_FLAG_SIGNS = {"<": "L", ">": "H"}
_SYSTEMS = {"LN": "http://loinc.org", "SCT": "http://snomed.info/sct"}
_AGB = re.compile("[0-9]{8}", re.ASCII)


def read_oru(*, segments: list[Segment], digest: str) -> LabMessage:
    """Read the segments of a message. Raises BrokenMessage."""
    head = segments[0]
    kind, event = head.text(9), head.text(9, 2)
    if kind != "ORU" or event not in {"R01", ""}:
        raise BrokenMessage(Reason.OTHER_KIND, segment="MSH", line=head.line, detail="MSH-9")
    for number in (1, 2, 10, 11, 12, 18):
        head.repetitions(number)
    walk = _Walk(head)
    for segment in segments[1:]:
        walk.take(segment)
    return walk.finished(digest, segments)


@dataclass(slots=True)
class _Order:
    """An OBR with what belongs to it."""

    number: str
    status: str
    reported_at: datetime | None
    specimen: SpecimenDraft
    remarks: list[str] = field(default_factory=list)


class _Walk:
    """Goes through the segments and keeps where it is: order, and what a note would be about."""

    def __init__(self, head: Segment) -> None:
        self.head = head
        self.patient: LabPatient | None = None
        self.orders: list[_Order] = []
        self.common: Segment | None = None
        self.requester_name = self.requester_agb = ""
        self.remarks: list[str] = []
        self.notes: list[str] = self.remarks
        self.count = 0
        self.read: dict[str, Callable[[Segment], None]] = {
            "PID": self._patient, "ORC": self._common, "OBR": self._order, "OBX": self._result, "NTE": self._note,
            "SPM": self._specimen, "MSH": self._second_head,
        }  # fmt: skip

    def take(self, segment: Segment) -> None:
        """One segment; one that says nothing for the record is kept in the original only."""
        reader = self.read.get(segment.tag)
        if reader:
            segment.repetitions(1)
            reader(segment)

    def _second_head(self, segment: Segment) -> None:
        raise BrokenMessage(Reason.OUT_OF_PLACE, segment="MSH", line=segment.line)

    def _patient(self, segment: Segment) -> None:
        if self.patient is not None:
            raise BrokenMessage(Reason.TWO_PATIENTS, segment="PID", line=segment.line)
        numbers = [
            segment.text(3, repetition=repetition)
            for repetition in range(segment.repetitions(3))
            if segment.text(3, 4, repetition=repetition) == "NLMINBIZA"
            or segment.text(3, 5, repetition=repetition) == "NNNLD"
        ]
        segment.repetitions(8)
        name = f"{segment.text(5, 2)} {segment.text(5, 5)} {segment.text(5)}"
        self.patient = patient_of(
            numbers=numbers, name=one_line(name), birth_date=_birth_date(segment.text(7)), segment="PID",
            line=segment.line,
        )  # fmt: skip

    def _common(self, segment: Segment) -> None:
        self.common = segment

    def _order(self, segment: Segment) -> None:
        common, self.common = self.common, None
        sampled_at = _moment(segment, 7)
        order = _Order(
            number=fit(_number(segment, common), most=80, place="OBR-3", line=segment.line),
            status=segment.text(25),
            reported_at=_moment(segment, 22),
            specimen=SpecimenDraft(sampled_at=sampled_at),
        )
        title = segment.text(4, 2) or segment.text(4, 5) or segment.text(4)
        order.specimen.sections.append(SectionDraft(fit(title, most=120, place="OBR-4", line=segment.line)))
        self.orders.append(order)
        self.notes = order.remarks
        if not self.requester_name:
            self._requester(segment, 16)
        if not self.requester_name and common:
            self._requester(common, 12)

    def _requester(self, segment: Segment, number: int) -> None:
        name = " ".join(
            part for part in (segment.text(number, 6), segment.text(number, 3), segment.text(number, 2)) if part
        )
        self.requester_name = fit(name, most=160, place=f"{segment.tag}-{number}", line=segment.line)
        for repetition in range(segment.repetitions(number)):
            code = segment.text(number, 1, repetition=repetition)
            if segment.text(number, 9, repetition=repetition) == "VEKTIS" and _AGB.fullmatch(code):
                self.requester_agb = code

    def _result(self, segment: Segment) -> None:
        order = self._here(segment)
        self.count += 1
        if self.count > MAX_RESULTS:
            raise BrokenMessage(Reason.TOO_LARGE, segment="OBX", line=segment.line)
        values, remark = _values(segment)
        draft = ResultDraft(values, [remark] if remark else [])
        order.specimen.sections[-1].results.append(draft)
        self.notes = draft.remarks

    def _note(self, segment: Segment) -> None:
        texts = [segment.whole(3, repetition) for repetition in range(segment.repetitions(3))]
        self.notes.extend(text for text in texts if text)

    def _specimen(self, segment: Segment) -> None:
        specimen = self._here(segment).specimen
        material = segment.text(4, 2) or segment.text(4)
        specimen.material = fit(material, most=120, place="SPM-4", line=segment.line)
        specimen.sampled_at = specimen.sampled_at or _moment(segment, 17)
        self.notes = specimen.remarks

    def _here(self, segment: Segment) -> _Order:
        if not self.orders:
            raise BrokenMessage(Reason.OUT_OF_PLACE, segment=segment.tag, line=segment.line, detail="OBR")
        return self.orders[-1]

    def finished(self, digest: str, segments: list[Segment]) -> LabMessage:
        """All that was read. Raises BrokenMessage when something is missing without which it is no report."""
        line = segments[-1].line
        if self.patient is None:
            raise BrokenMessage(Reason.MISSING_SEGMENT, segment="PID", line=line)
        if not self.count:
            raise BrokenMessage(Reason.NO_RESULTS, segment="OBX", line=line)
        laboratory = self.head.text(4) or self.head.text(3)
        if not laboratory:
            raise BrokenMessage(Reason.MISSING_FIELD, segment="MSH", line=1, detail="MSH-4")
        sent_at = _moment(self.head, 7)
        attachments = attachments_of(segments=segments)
        return LabMessage(
            format=LabFormat.HL7,
            digest=digest,
            patient=self.patient,
            laboratory=fit(laboratory, most=160, place="MSH-4", line=1),
            requester_name=self.requester_name,
            requester_agb=self.requester_agb,
            sent_at=sent_at,
            requests=tuple(self._requests(sent_at)),
            attachments=attachments,
            original_only=Counter(name for segment in segments for name in segment.unread()),
        )

    def _requests(self, sent_at: datetime | None) -> Iterable[LabRequest]:
        """Orders with the same number are one request."""
        for number in dict.fromkeys(order.number for order in self.orders):
            orders = [order for order in self.orders if order.number == number]
            states = {
                str(draft.values["status"])
                for order in orders
                for section in order.specimen.sections
                for draft in section.results
            }
            if not states:
                continue
            yield LabRequest(
                number=number,
                complete=not states & _UNFINISHED and not any(order.status in _OPEN_ORDER for order in orders),
                corrected=bool(states & _CORRECTED) or any(order.status == "C" for order in orders),
                reported_at=max((order.reported_at for order in orders if order.reported_at), default=sent_at),
                specimens=tuple(order.specimen.finished() for order in orders),
                remarks=(*self.remarks, *(text for order in orders for text in order.remarks)),
            )


def _number(segment: Segment, common: Segment | None) -> str:
    """The laboratory's number of an order, or the asker's where there is none."""
    filler = segment.text(3) or (common.text(3) if common else "")
    return filler or segment.text(2) or (common.text(2) if common else "")


def _values(segment: Segment) -> tuple[dict[str, object], str]:
    """The fields of a result, and a remark for what has no field of its own."""
    line = segment.line
    code, title, system = _coded(segment, 3)
    title = title or code
    if not title:
        raise BrokenMessage(Reason.MISSING_FIELD, segment="OBX", line=line, detail="OBX-3")
    comparator, number, text = _value(segment)
    status = _status(segment)
    unit_code, unit, unit_system = _coded(segment, 6)
    reference, remark = segment.whole(7), ""
    limits = parse_range(reference)
    if len(reference) > 120:
        reference, remark = "", f"Referentiewaarden: {reference}"
    return {
        "title": fit(title, most=255, place="OBX-3", line=line),
        "code": fit(code, most=40, place="OBX-3", line=line),
        "code_system": fit(_SYSTEMS.get(system, system), most=200, place="OBX-3", line=line) if code else "",
        "value_number": number,
        "value_comparator": comparator,
        "value_text": text,
        "unit": fit(unit or unit_code, most=40, place="OBX-6", line=line),
        "unit_code": fit(unit_code, most=40, place="OBX-6", line=line) if unit_system == "UCUM" else "",
        "reference_low": limits[0] if limits else None,
        "reference_high": limits[1] if limits else None,
        "reference_text": "" if limits else one_line(reference),
        "flag": _flag(segment),
        "status": NOT_YET if status in {"preliminary", "final"} and is_pending(text) else status,
        "observed_at": _moment(segment, 14),
    }, remark


def _coded(segment: Segment, number: int) -> tuple[str, str, str]:
    """Code, text and system of a CE field; where one of its two codings is LOINC, that one."""
    codings = [
        (segment.text(number, first), segment.text(number, first + 1), segment.text(number, first + 2))
        for first in (1, 4)
    ]
    code, title, system = next((coding for coding in codings if coding[2] in _SYSTEMS), codings[0])
    return code, codings[0][1] or title, system


def _status(segment: Segment) -> str:
    """OBX-11, without which it is not known whether the laboratory stands for a result. Raises BrokenMessage."""
    status = _STATUS.get(segment.text(11))
    if status is None:
        raise BrokenMessage(Reason.BAD_STATUS, segment="OBX", line=segment.line, detail="OBX-11")
    return status


def _value(segment: Segment) -> tuple[str, object, str]:
    """Comparator, number and text of OBX-5, by the type in OBX-2."""
    kind = segment.text(2)
    if kind == "ED":
        segment.read.discard(5)
        return "", None, "Bijlage in het oorspronkelijke bericht"
    if kind == "SN":
        return _structured(segment)
    if kind in {"CE", "CWE", "CNE"}:
        texts = [_choice(segment, repetition) for repetition in range(segment.repetitions(5))]
        return "", None, "\n".join(text for text in texts if text)
    texts = [segment.whole(5, repetition) for repetition in range(segment.repetitions(5))]
    text = many_lines("\n".join(texts))
    found = parse_number(text) if kind == "NM" or (kind == "ST" and segment.text(6)) else None
    return (*found, "") if found else ("", None, text)


def _choice(segment: Segment, repetition: int) -> str:
    return next((text for part in (2, 5, 1) if (text := segment.text(5, part, repetition=repetition))), "")


def _structured(segment: Segment) -> tuple[str, object, str]:
    """SN: comparator, number, separator, second number (`<^5`, `^1^:^40`)."""
    parts = [segment.text(5, part) for part in range(1, 5)]
    found = parse_number(parts[0] + parts[1]) if not parts[2] and not parts[3] else None
    return (*found, "") if found else ("", None, "".join(parts))


def _flag(segment: Segment) -> str:
    """The first flag that says how a value stands to its range."""
    for repetition in range(segment.repetitions(8)):
        text = segment.text(8, repetition=repetition).upper()
        if text in _FLAGS or text in _FLAG_SIGNS:
            return _FLAG_SIGNS.get(text, text)
    segment.read.discard(8)
    return ""


def _moment(segment: Segment, number: int) -> datetime | None:
    try:
        return parse_hl7_moment(segment.text(number))
    except (ValueError, OverflowError):
        place = f"{segment.tag}-{number}"
        raise BrokenMessage(Reason.BAD_DATE, segment=segment.tag, line=segment.line, detail=place) from None


def _birth_date(text: str) -> date | None:
    """None where it is absent or no day: then somebody has to look whose message it is."""
    try:
        return parse_hl7_date(text)
    except ValueError:
        return None
