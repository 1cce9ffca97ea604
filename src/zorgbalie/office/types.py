"""Values of the practice's administration that faces receive."""

from dataclasses import dataclass

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, EmployeeId
from zorgbalie.practice.free_days import Holiday as Holiday
from zorgbalie.practice.opening import MOST_BLOCKS as MOST_BLOCKS
from zorgbalie.practice.opening import Block as Block
from zorgbalie.practice.opening import Calendar as Calendar
from zorgbalie.practice.opening import Closing as Closing
from zorgbalie.practice.opening import ClosingNotUsable as ClosingNotUsable
from zorgbalie.practice.opening import HoursNotUsable as HoursNotUsable
from zorgbalie.practice.opening import Week as Week
from zorgbalie.practice.types import AccountDetails as AccountDetails
from zorgbalie.practice.types import ChangedMeanwhile as ChangedMeanwhile
from zorgbalie.practice.types import EmployeeDetails as EmployeeDetails
from zorgbalie.practice.types import Employment as Employment
from zorgbalie.practice.types import Facility as Facility
from zorgbalie.practice.types import GroupDetails as GroupDetails
from zorgbalie.practice.types import PracticeKind as PracticeKind
from zorgbalie.practice.types import PracticeSettings as PracticeSettings
from zorgbalie.practice.types import ReleaseMode as ReleaseMode


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningSettings:
    """When a practice is open; `revision` 0 while it never said so."""

    calendar: Calendar
    revision: int


class FacilityNotOffered(Refused):
    """R14: a facility that this kind of practice does not have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEmployee:
    """What comes of adding an employee: a password that is shown once, unless the person could sign in already."""

    employee_id: EmployeeId
    one_time_password: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityChange:
    """What copying settings does to one account (REQ 69)."""

    account_id: AccountId
    name: str
    switched_on: tuple[Facility, ...]
    switched_off: tuple[Facility, ...]
    patients: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInState:
    """How an employee stands with signing in, as the manager needs it to help."""

    has_second_factor: bool
    is_locked: bool
    works_elsewhere: bool
