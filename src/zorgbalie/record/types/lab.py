"""Laboratory reports: what comes in, how a report stands, and what the desk and the patient read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import LabReportId, LabResultId
from zorgbalie.record.types.desk import PatientCard
from zorgbalie.record.types.results import BookingWish, ShownReport
from zorgbalie.record.types.shown import ShownValue


class ReportStatus(StrEnum):
    """What the laboratory says of its report (HL7 v2 table 0123: P, F, C). Values are stored."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"


class ReportState(StrEnum):
    """What the practice did with a report. Values are stored.

    new, saved, scheduled and invited lead to saved, scheduled, published and invited; invited also to closed (it was
    discussed and is not published). A version that was not published when a later one came in becomes replaced.
    Published, closed and replaced are ends.
    """

    NEW = "new"
    SAVED = "saved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    INVITED = "invited"
    CLOSED = "closed"
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


class LabAction(StrEnum):
    """What a doctor decides on a report (REQ 63); closing comes after an invitation."""

    PUBLISH = "publish"
    INVITE = "invite"
    SAVE = "save"
    CLOSE = "close"


@dataclass(frozen=True, kw_only=True, slots=True)
class LabDecision:
    """A decision with its texts. `revision` is the one that was on the screen; `shared` are the ticked results.

    `publish_on`: the first day on which the patient may read it, None for at once. `due_on`: the day on the action
    list (R2), for SAVE and INVITE. `has_spoken`: who decides says that the patient heard it in person. `booking`: for
    INVITE, what the patient can book.
    """

    action: LabAction
    revision: int
    shared: frozenset[LabResultId] = frozenset()
    conclusion: str = ""
    advice: str = ""
    is_upsetting: bool = False
    publish_on: date | None = None
    due_on: date | None = None
    has_spoken: bool = False
    booking: BookingWish | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskLabResult:
    """A determination on the doctor's screen, with the laboratory's flag."""

    result_id: LabResultId
    group_title: str
    code: str
    flag: str
    shared: bool
    value: ShownValue


@dataclass(frozen=True, kw_only=True, slots=True)
class LabVersion:
    """Another version of the same report."""

    report_id: LabReportId
    status: ReportStatus
    state: ReportState
    reported_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskLabReport:
    """A report with all that is needed to decide on it. `reads_online`: whether this patient reads results online."""

    patient: PatientCard
    report_id: LabReportId
    revision: int
    state: ReportState
    status: ReportStatus
    laboratory: str
    report_number: str
    requested_by: str
    sampled_at: datetime | None
    reported_at: datetime
    remark: str
    results: tuple[DeskLabResult, ...]
    versions: tuple[LabVersion, ...]
    conclusion: str
    advice: str
    is_upsetting: bool
    publish_on: date | None
    published_at: datetime | None
    decided_at: datetime | None
    decided_by_name: str
    reads_online: bool
    practice_phone: str
    preview: ShownReport

    @property
    def can_decide(self) -> bool:
        """Whether there is still something to decide."""
        return self.state in (ReportState.NEW, ReportState.SAVED, ReportState.SCHEDULED, ReportState.INVITED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A template letter (maskerbrief) with the fields of this patient filled in."""

    template_id: int
    title: str
    conclusion: str
    advice: str
    is_personal: bool = False


class DecisionRefused(Refused):
    """Root of the reasons why a decision on a report is not carried out."""


class ReportDecided(DecisionRefused):
    """A colleague was first, or a later version came in: the report is no longer as it was shown."""


class DecisionNotUsable(DecisionRefused):
    """The decision misses something: a conclusion (R1), a day, or a field of a template that was not filled in."""
