"""Results while they are being put together: remarks follow a determination, and what does not fit is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zorgbalie.exchange.lab.types import BrokenMessage, LabPatient, LabSection, LabSpecimen, Reason
from zorgbalie.kernel.bsn import InvalidBsn, parse_exact_bsn
from zorgbalie.record.types.lab import NewLabResult

MAX_RESULTS = 5_000
NOT_YET = "registered"
"""Status of a determination that was asked for and has no result yet (FHIR observation-status)."""

_PENDING = frozenset({"volgt", "volgt nog", "nog te bepalen", "in bewerking"})


def is_pending(text: str) -> bool:
    """Whether a text in the place of a result says that the result is still to come."""
    return text.strip().rstrip(".").lower() in _PENDING


@dataclass(slots=True)
class ResultDraft:
    """A determination; remarks may still follow."""

    values: dict[str, Any]
    remarks: list[str] = field(default_factory=list)
    counters: tuple[str, ...] = ()

    def finished(self) -> NewLabResult:
        """The result as it goes to the record."""
        return NewLabResult(**self.values, remark="\n".join(self.remarks))


@dataclass(slots=True)
class SectionDraft:
    """Results under one heading."""

    title: str = ""
    key: tuple[str, ...] = ()
    results: list[ResultDraft] = field(default_factory=list)


@dataclass(slots=True)
class SpecimenDraft:
    """What was taken, and what was found in it."""

    counter: str = ""
    number: str = ""
    complete: bool = True
    material: str = ""
    sampled_at: datetime | None = None
    remarks: list[str] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)

    def finished(self) -> LabSpecimen:
        """The specimen with its sections; an empty heading is left out."""
        sections = tuple(
            LabSection(title=section.title, results=tuple(result.finished() for result in section.results))
            for section in self.sections
            if section.results
        )
        return LabSpecimen(
            material=self.material, sampled_at=self.sampled_at, remarks=tuple(self.remarks), sections=sections
        )


def fit(text: str, *, most: int, place: str, line: int) -> str:
    """The text, when the record can hold it. Raises BrokenMessage: what is cut off could change the meaning."""
    if len(text) > most:
        raise BrokenMessage(Reason.TOO_LONG, segment=place[:3], line=line, detail=f"{place} > {most}")
    return text


def patient_of(*, numbers: Iterable[str], name: str, birth_date: Any, segment: str, line: int) -> LabPatient:
    """Whom a message is about, by the BSNs that stand in it. Raises BrokenMessage when there are two."""
    found: set[str] = set()
    invalid = False
    for number in numbers:
        try:
            found.add(parse_exact_bsn(number.strip()))
        except InvalidBsn:
            invalid = True
    if len(found) > 1:
        raise BrokenMessage(Reason.TWO_NUMBERS, segment=segment, line=line)
    return LabPatient(bsn=found.pop() if found else "", bsn_invalid=invalid, birth_date=birth_date, name=name[:200])
