"""Values of the practice register that other rooms use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, EmployeeId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, StaffRole


class PracticeKind(StrEnum):
    """Kind of practice; values are stored."""

    GP = "gp"
    PHARMACY = "pharmacy"


class Facility(StrEnum):
    """What an account can switch on for its patients (REQ 53, 68). Off means: not served anywhere (R14).

    Only facilities that exist in this version are listed: no switch that does nothing.
    """

    JOURNAL_EP = "journal_ep"
    DIAGNOSTIC_VALUES = "diagnostic_values"
    MEDICATION = "medication"
    ALLERGIES = "allergies"


class ReleaseMode(StrEnum):
    """How requests to read the record are handled (REQ 54)."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class EmployeeCodeDiffers(Refused):
    """R5: the same person must have the same employee-ID on every account."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How a person stands to a practice, with the practice's settings that decide on showing the record."""

    enrolled: bool = False
    practice_kind: str = ""
    online_access: str = ""
    online_access_since: date | None = None
    results_months: int = 0
    facilities: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowingRules:
    """The practice's settings on what of a record is shown online (national OPEN data set)."""

    online_access_since: date | None
    results_months: int
    closed_with_attention: bool
    closed_without_attention: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseSettings:
    """How the practice handles requests to read the record (REQ 54, 56; R16)."""

    mode: ReleaseMode
    automatic_notifies: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeCard:
    """What a practice shows of itself on every page (REQ 88, R17)."""

    practice_id: PracticeId
    kind: PracticeKind
    name: str
    phone: str
    urgent_phone: str
    opening_hours: str
    out_of_hours_name: str
    out_of_hours_phone: str
    address: str
    brand_color: str
    welcome_text: str
    email: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Employment:
    """An employee's running work at a practice, from which the desk's viewer is made."""

    employee_id: EmployeeId
    practice_id: PracticeId
    practice_name: str
    name: str
    employee_code: str
    role: StaffRole
    rights: frozenset[StaffRight]
    account_ids: tuple[AccountId, ...] = ()
    account_names: tuple[str, ...] = ()
    idle_minutes: int = 30
    brand_color: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """An employee as colleagues see one another."""

    employee_id: EmployeeId
    name: str
    role: StaffRole
