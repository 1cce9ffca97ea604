"""Laboratory reports: what comes in, how a report stands, and what the desk and the patient read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from zorgbalie.kernel.ids import LabReportId


class ReportStatus(StrEnum):
    """What the laboratory says of its report (HL7 v2 table 0123: P, F, C). Values are stored."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"


class ReportState(StrEnum):
    """What the practice did with a report. Values are stored.

    new → saved | scheduled | published | invited; saved and invited → the same; scheduled → saved | published.
    A version that came in before a later one and was not published becomes replaced. Published and replaced are ends.
    """

    NEW = "new"
    SAVED = "saved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    INVITED = "invited"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLabResult:
    """One determination as the laboratory states it. `flag` as in HL7 table 0078 (L, H, LL, HH, A, N)."""

    title: str
    code: str = ""
    code_system: str = ""
    group_title: str = ""
    value_number: Decimal | None = None
    value_comparator: str = ""
    value_text: str = ""
    unit: str = ""
    unit_code: str = ""
    reference_low: Decimal | None = None
    reference_high: Decimal | None = None
    reference_text: str = ""
    flag: str = ""
    status: str = "final"
    remark: str = ""
    observed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLabReport:
    """A report as it came in. `report_number` is the sender's and the same for each version of one report.

    `digest` (hexadecimal, 64 characters) is of the message without what differs each time it is sent.
    """

    laboratory: str
    report_number: str
    digest: str
    status: ReportStatus
    reported_at: datetime
    results: tuple[NewLabResult, ...]
    sampled_at: datetime | None = None
    requested_by_name: str = ""
    requested_by_agb: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedReport:
    """What became of a report that came in. `was_known`: the same message came before and nothing was written."""

    report_id: LabReportId
    was_known: bool


def has_alarming_flag(*, flags: Iterable[str]) -> bool:
    """Whether a laboratory marked a value as one that cannot wait (HL7 table 0078: LL, HH, AA)."""
    return any(flag in {"LL", "HH", "AA"} for flag in flags)
