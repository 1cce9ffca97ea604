"""What a MEDLAB message says. Source: MEDLAB (Medeur, 3i-project, version 3.BSN), with the counters that many send.

Elements count from 0 here and from 1 in the names of fields that reports show.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

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
from zorgbalie.exchange.lab.edifact import Segment
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, LabMessage, LabPatient, LabRequest, Reason
from zorgbalie.exchange.lab.values import (
    many_lines,
    one_line,
    parse_day,
    parse_edifact_moment,
    parse_limit,
    parse_number,
    split_digits,
)

CODE_SYSTEM = "MEDLAB"
"""Codes of determinations in MEDLAB are short names agreed between laboratories and GPs, not of a published table."""

_FLAGS = {"H": "H", "HH": "HH", "+": "H", "++": "HH", ">": "H", "L": "L", "LL": "LL", "-": "L", "--": "LL", "<": "L",
          "N": "N", "A": "A", "AA": "AA", "!": "A"}  # fmt: skip
_AGB = re.compile("[0-9]{8}", re.ASCII)


def read_medlab(*, segments: list[Segment], digest: str) -> LabMessage:
    """Read the segments of a message, envelope included. Raises BrokenMessage."""
    body = check_frame(segments)
    walk = _Walk()
    for segment in body:
        walk.take(segment)
    return walk.finished(digest, segments)


def kind_of(*, segments: list[Segment]) -> str:
    """The kind of message (`MEDLAB`), by UNH or by the first segment of one without; empty when it cannot be said."""
    for segment in segments:
        if segment.tag == "UNH":
            return segment.text(1, 0).upper()
        if segment.tag == "GGA":
            return "MEDVRI"
    return ""


def check_frame(segments: list[Segment]) -> list[Segment]:
    """What stands between UNH and UNT, once it is sure that all of it is there."""
    tags = [segment.tag for segment in segments]
    last = segments[-1]
    if "UNH" not in tags:
        raise BrokenMessage(Reason.MISSING_SEGMENT, segment="UNH", line=segments[0].line)
    if last.tag != "UNT":
        raise BrokenMessage(Reason.NOT_CLOSED, segment=last.tag, line=last.line, detail="UNT")
    start = tags.index("UNH")
    stated, there = last.text(0), len(segments) - start
    if stated != str(there):
        detail = f"{stated if stated.isdigit() and len(stated) < 7 else '?'} ≠ {there}"
        raise BrokenMessage(Reason.COUNT_DIFFERS, segment="UNT", line=last.line, detail=detail)
    segments[start].parts(0)
    last.parts(1)
    return segments[start + 1 : -1]


def patient_in(segment: Segment) -> LabPatient:
    """Whom a PID segment of this family of messages names. Raises BrokenMessage when it holds two BSNs."""
    married, married_prefix, maiden, maiden_prefix, first, initials = (segment.text(2, part) for part in range(6))
    family = " - ".join(
        f"{prefix} {name}".strip() for prefix, name in ((married_prefix, married), (maiden_prefix, maiden)) if name
    )
    references = [segment.text(3), segment.text(4)]
    numbers = [found.group(1) for text in references if (found := re.match(r"BSN\s*(.*)", text))]
    if numbers:
        segment.parts(1)
    return patient_of(
        numbers=numbers,
        name=one_line(f"{initials or first} {family}"),
        birth_date=_birth_date(segment.parts(0)),
        segment="PID",
        line=segment.line,
    )


class _Walk:
    """Goes through the segments and keeps where it is: specimen, section, determination."""

    def __init__(self) -> None:
        self.specimens: list[SpecimenDraft] = []
        self.results: list[ResultDraft] = []
        self.patient: LabPatient | None = None
        self.laboratory = self.requester_name = self.requester_agb = ""
        self.comments: dict[int, list[str]] = {}
        self.read: dict[str, Callable[[Segment], None]] = {
            "ZKH": self._institution, "PID": self._patient, "ART": self._requester, "DET": self._specimen,
            "IDE": self._identify, "SEC": self._section, "BEP": self._result, "OPB": self._result_remark,
            "NUB": self._to_come, "OPU": self._result_remark, "COM": self._comment, "OPM": self._specimen_remark,
        }  # fmt: skip

    def take(self, segment: Segment) -> None:
        """One segment; one that says nothing for the record is kept in the original only."""
        reader = self.read.get(segment.tag)
        if reader:
            reader(segment)

    def _institution(self, segment: Segment) -> None:
        if not self.laboratory:
            name = one_line(segment.text(0)) or segment.text(3)
            self.laboratory = fit(name, most=160, place="ZKH-1", line=segment.line)

    def _patient(self, segment: Segment) -> None:
        if self.patient is not None:
            raise BrokenMessage(Reason.TWO_PATIENTS, segment="PID", line=segment.line)
        self.patient = patient_in(segment)

    def _requester(self, segment: Segment) -> None:
        if self.requester_name and segment.text(0) != "H":
            return
        last, prefix, initials, titles = (segment.text(2, part) for part in range(4))
        name = one_line(" ".join(part for part in (titles, initials, prefix, last) if part))
        self.requester_name = fit(name, most=160, place="ART-3", line=segment.line)
        self.requester_agb = segment.text(1) if _AGB.fullmatch(segment.text(1)) else ""
        if not self.requester_agb:
            segment.read.discard(1)

    def _specimen(self, segment: Segment) -> None:
        counter = segment.counters[0] if segment.counters else ""
        specimen = SpecimenDraft(counter=counter)
        if segment.text(0).strip(":"):
            specimen.sampled_at = moment_of(segment)
        self.specimens.append(specimen)

    def _identify(self, segment: Segment) -> None:
        specimen = self._here(segment)
        specimen.complete = segment.text(0).upper() != "N"
        specimen.number = fit(one_line(segment.text(1)), most=80, place="IDE-2", line=segment.line)
        specimen.material = fit(one_line(segment.text(2)), most=120, place="IDE-3", line=segment.line)

    def _section(self, segment: Segment) -> None:
        title = fit(one_line(segment.text(0)), most=120, place="SEC-1", line=segment.line)
        self._here(segment).sections.append(SectionDraft(title, segment.counters[:2]))

    def _result(self, segment: Segment) -> None:
        section = self._section_of(segment)
        if _is_heading(segment):
            title = fit(one_line(segment.text(1)), most=120, place="BEP-2", line=segment.line)
            self._here(segment).sections.append(SectionDraft(title, segment.counters[:2]))
            return
        draft = ResultDraft(_values(segment), counters=segment.counters)
        self._add(section, draft, segment)

    def _to_come(self, segment: Segment) -> None:
        texts = [one_line(segment.text(number)) for number in range(min(len(segment.elements), 9))]
        named = [text for text in texts if len(text) > 1] or [text for text in texts if text]
        if not named:
            raise BrokenMessage(Reason.MISSING_FIELD, segment="NUB", line=segment.line, detail="NUB-1")
        title = fit(named[0], most=255, place="NUB-1", line=segment.line)
        values = {"title": title, "value_text": "volgt", "status": NOT_YET}
        draft = ResultDraft(values, [" ".join(named[1:])] if named[1:] else [], ("NUB", *segment.counters))
        self._add(self._section_of(segment), draft, segment)

    def _add(self, section: SectionDraft, draft: ResultDraft, segment: Segment) -> None:
        if len(self.results) >= MAX_RESULTS:
            raise BrokenMessage(Reason.TOO_LARGE, segment=segment.tag, line=segment.line)
        section.results.append(draft)
        self.results.append(draft)

    def _result_remark(self, segment: Segment) -> None:
        """A remark on a determination: the one its counters name, or else the latest."""
        text = many_lines(segment.all_text())
        wanted = segment.counters[: 2 if segment.tag == "OPU" else 3]
        if segment.tag == "OPU" and wanted:
            wanted = ("NUB", *wanted)
        found = [draft for draft in self.results if draft.counters == wanted] if len(wanted) > 2 else self.results
        if found:
            found[-1].remarks.append(text)
        else:
            self._here(segment).remarks.append(text)

    def _comment(self, segment: Segment) -> None:
        """A general comment; before the first specimen it is about all of them."""
        place = len(self.specimens) - 1
        self.comments.setdefault(place, []).append(many_lines(segment.all_text()))

    def _specimen_remark(self, segment: Segment) -> None:
        self._here(segment).remarks.append(many_lines(segment.all_text()))

    def _here(self, segment: Segment) -> SpecimenDraft:
        """The specimen that a segment is about: by its counter where both have one, or else the latest."""
        if not self.specimens:
            raise BrokenMessage(Reason.OUT_OF_PLACE, segment=segment.tag, line=segment.line, detail="DET")
        latest = self.specimens[-1]
        wanted = segment.counters[0] if segment.counters else ""
        if not wanted or not latest.counter or wanted == latest.counter:
            return latest
        for specimen in self.specimens:
            if specimen.counter == wanted:
                return specimen
        raise BrokenMessage(Reason.OUT_OF_PLACE, segment=segment.tag, line=segment.line, detail="DET")

    def _section_of(self, segment: Segment) -> SectionDraft:
        """The section of a result: by its counters where both have them, or else the latest; made where none is."""
        sections = self._here(segment).sections
        key = segment.counters[:2] if len(segment.counters) > 2 else ()
        fitting = [section for section in sections if section.key == key or not section.key or not key]
        if not fitting:
            fitting = [SectionDraft("", key)]
            sections.append(fitting[0])
        return fitting[-1]

    def finished(self, digest: str, segments: list[Segment]) -> LabMessage:
        """All that was read. Raises BrokenMessage when something is missing without which it is no report."""
        line = segments[-1].line
        if self.patient is None:
            raise BrokenMessage(Reason.MISSING_SEGMENT, segment="PID", line=line)
        if not self.laboratory:
            raise BrokenMessage(Reason.MISSING_SEGMENT, segment="ZKH", line=line)
        if not self.results:
            raise BrokenMessage(Reason.NO_RESULTS, segment="BEP", line=line)
        sent_at = sent_at_of(segments)
        requests = tuple(self._requests(sent_at))
        return LabMessage(
            format=LabFormat.EDIFACT,
            digest=digest,
            patient=self.patient,
            laboratory=self.laboratory,
            requester_name=self.requester_name,
            requester_agb=self.requester_agb,
            sent_at=sent_at,
            requests=requests,
            original_only=Counter(name for segment in segments for name in segment.unread()),
        )

    def _requests(self, sent_at: datetime | None) -> Iterable[LabRequest]:
        """Specimens with the same number are one request."""
        numbers = dict.fromkeys(specimen.number for specimen in self.specimens)
        for number in numbers:
            there = [(i, specimen) for i, specimen in enumerate(self.specimens) if specimen.number == number]
            drafts = [result for _, specimen in there for section in specimen.sections for result in section.results]
            if not drafts:
                continue
            yield LabRequest(
                number=number,
                complete=all(specimen.complete for _, specimen in there),
                corrected=any(draft.values["status"] == "corrected" for draft in drafts),
                reported_at=sent_at,
                specimens=tuple(specimen.finished() for _, specimen in there),
                remarks=tuple(text for place in (-1, *(i for i, _ in there)) for text in self.comments.get(place, ())),
            )


def _values(segment: Segment) -> dict[str, object]:
    line = segment.line
    code = fit(one_line(segment.text(8)), most=40, place="BEP-9", line=line)
    title = fit(one_line(segment.text(1)) or code, most=255, place="BEP-2", line=line)
    if not title:
        raise BrokenMessage(Reason.MISSING_FIELD, segment="BEP", line=line, detail="BEP-2")
    text = many_lines(segment.text(2))
    number = parse_number(text)
    flag = segment.text(5).upper()
    if flag and flag not in _FLAGS:
        segment.read.discard(5)
    status = "corrected" if segment.text(3) == "1" else "final"
    low, high = segment.text(6), segment.text(7)
    return {
        "title": title,
        "code": code,
        "code_system": CODE_SYSTEM if code else "",
        "value_number": number[1] if number else None,
        "value_comparator": number[0] if number else "",
        "value_text": "" if number else text,
        "unit": fit(one_line(segment.text(4)), most=40, place="BEP-5", line=line),
        "reference_low": parse_limit(low),
        "reference_high": parse_limit(high),
        "reference_text": fit(_reference_text(low, high), most=120, place="BEP-7", line=line),
        "flag": _FLAGS.get(flag, ""),
        "status": NOT_YET if is_pending(text) else status,
    }


def _reference_text(low: str, high: str) -> str:
    """Limits as written, where they are no plain numbers."""
    if all(not text or parse_limit(text) is not None for text in (low, high)):
        return ""
    return one_line(" - ".join(text for text in (low, high) if text))


def _is_heading(segment: Segment) -> bool:
    """A result of type 1 that has nothing but a name is the heading of those below it."""
    return segment.text(0) == "1" and not any(segment.text(number).strip(":") for number in range(2, 9))


def _birth_date(parts: list[str]) -> date | None:
    """None where it is absent or no day: then somebody has to look whose message it is."""
    found = split_digits(parts)
    try:
        return parse_day(found) if len(found) == 3 and len(found[0]) == 4 else None
    except ValueError:
        return None


def moment_of(segment: Segment) -> datetime:
    """The moment of a DET segment. Raises BrokenMessage."""
    try:
        return parse_edifact_moment(segment.parts(0), segment.parts(1))
    except (ValueError, OverflowError):
        raise BrokenMessage(Reason.BAD_DATE, segment="DET", line=segment.line, detail="DET-1") from None


def sent_at_of(segments: list[Segment]) -> datetime | None:
    """When the interchange was made; None where it does not say."""
    for segment in segments:
        if segment.tag == "UNB":
            for number in (0, 1, 2, 4):
                segment.parts(number)
            parts = segment.parts(3)
            try:
                return parse_edifact_moment(parts[:1], parts[1:2]) if parts and parts[0].strip() else None
            except (ValueError, OverflowError):
                return None
    return None
