"""A laboratory report as its patient reads it: the practice's words first (ux 30). The desk previews the same."""

from dataclasses import dataclass
from datetime import date

from zorgbalie.kernel.ids import LabReportId
from zorgbalie.record.types.shown import Said, ShownValue, ValuePoint


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportValue:
    """A value of a report, the one before it, and the points of the trend, oldest first, in the same unit."""

    value: ShownValue
    previous: ValuePoint | None
    points: tuple[ValuePoint, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerVersion:
    """What was published before and was improved since."""

    published_on: date
    is_preliminary: bool
    conclusion: str
    advice: str
    values: tuple[ShownValue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownReport:
    """A published report. `day`: when the blood was taken, or when the laboratory reported; `former`: newest first."""

    report_id: LabReportId
    day: date
    laboratory: str
    published_on: date
    doctor_name: str
    conclusion: str
    advice: str
    is_upsetting: bool
    is_preliminary: bool
    is_corrected: bool
    values: tuple[ReportValue, ...]
    former: tuple[FormerVersion, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportCard:
    """A report in a list. It says nothing of what is in it: the list may be read before the interruption page."""

    report_id: LabReportId
    day: date
    laboratory: str
    published_on: date
    doctor_name: str
    is_corrected: bool
    is_new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingWish:
    """Which appointment a patient is asked to make online: numbers of the agenda, and the words of that moment."""

    kind_id: int
    agenda_id: int | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInvitation:
    """The practice asks to make an appointment about a result. No words on the result. `booking`: which one."""

    report_id: LabReportId
    invited_on: date
    doctor_name: str
    booking: BookingWish | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultNews:
    """What about results asks something of the patient: reports that were not read, and invitations."""

    reports: tuple[ReportCard, ...] = ()
    invitations: tuple[OpenInvitation, ...] = ()
