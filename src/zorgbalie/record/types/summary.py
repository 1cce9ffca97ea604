"""The record in short, beside a question of the patient."""

from dataclasses import dataclass
from datetime import date

from zorgbalie.record.types.desk import PatientCard, RecordPart


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryLine:
    """One row in short. `extra` is a code, a dose, a value with unit or a reaction; `detail` conclusion and plan."""

    title: str
    extra: str = ""
    detail: str = ""
    day: date | None = None
    is_important: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryPart:
    """The first rows of a part; `has_more`: there are others, on the page of that part."""

    part: RecordPart
    lines: tuple[SummaryLine, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordSummary:
    """What matters now: episodes that run, medicines in use, allergies, the latest values and contacts."""

    patient: PatientCard
    parts: tuple[SummaryPart, ...]
