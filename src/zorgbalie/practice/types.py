"""Values of the practice register that other rooms use."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused, ZorgbalieError
from zorgbalie.kernel.ids import AccountId, EmployeeId, GroupId, PersonId, PracticeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.opening import Week


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
    E_CONSULT = "e_consult"
    E_APPOINTMENT = "e_appointment"


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
    week: Week | None = None
    """Its opening hours where it entered them; `opening_hours` is its own sentence, for where it did not."""


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
    is_pharmacy: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """An employee as colleagues see one another."""

    employee_id: EmployeeId
    name: str
    role: StaffRole


class EmployeeCodeTaken(Refused):
    """The employee-ID belongs to somebody else at this practice."""


class AlreadyEmployed(Refused):
    """This address stands in the practice's list of employees already."""


class LastManager(Refused):
    """A practice always keeps somebody who may manage it, or nobody could ever let anybody in."""


class NameTaken(Refused):
    """An account or group of this name exists already at the practice."""


class ChangedMeanwhile(Refused):
    """Somebody else saved the same thing since this form was opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeSettings:
    """Everything a practice decides about itself. `version` tells whether somebody else saved since."""

    practice_id: PracticeId
    kind: PracticeKind
    values: dict[str, str | int | bool | date | None]
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountDetails:
    """An account of a practice doctor, with what is switched on for its patients (REQ 53, 68, 69)."""

    account_id: AccountId
    name: str
    function: str
    agb: str
    is_active: bool
    facilities: frozenset[Facility]
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployeeDetails:
    """An employee as the manager sees it (REQ 60, 70)."""

    employee_id: EmployeeId
    user_id: StaffUserId
    name: str
    email: str
    employee_code: str
    role: StaffRole
    rights: frozenset[StaffRight]
    account_ids: tuple[AccountId, ...]
    account_names: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    signed_in_at: datetime | None
    must_change_password: bool
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupDetails:
    """A group of employees that patients choose as a function (REQ 30, 71)."""

    group_id: GroupId
    name: str
    description: str
    is_visible_to_patients: bool
    member_ids: tuple[EmployeeId, ...]
    member_names: tuple[str, ...]
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolledRow:
    """A patient in the practice's list."""

    person_id: PersonId
    list_name: str
    birth_date: date
    sex: str
    bsn_verified: bool
    account_name: str
    starts_on: date
    online_access: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolmentFact:
    """How a patient is enrolled here."""

    starts_on: date
    account_id: AccountId | None
    account_name: str
    online_access: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountName:
    """An account to enrol a patient with."""

    account_id: AccountId
    name: str


class EnrolledElsewhere(ZorgbalieError):
    """The person runs an enrolment of this kind already, here or at another practice."""


class UnknownAccount(ZorgbalieError):
    """The account is not a running one of this practice."""
