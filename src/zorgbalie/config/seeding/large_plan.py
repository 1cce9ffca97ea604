"""The shape of the large world: how many of what, and which id each row has. Pure arithmetic.

Every id follows from the place of a practice and a patient, so that processes can write parts of the world apart
and a row can be named without looking it up.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import gcd

GP_PRACTICES_PER_PHARMACY = 3
ACCOUNTS_PER_GP_PRACTICE = 2
STAFF_PER_GP_PRACTICE = 3  # manager, GP, assistant, in this order
EPISODES, ENCOUNTERS, LINES_PER_ENCOUNTER, OBSERVATIONS, MEDICATIONS, FLAGS = 4, 6, 4, 14, 3, 2
LOG_LINES = 10
HEAVY_PATIENT_OBSERVATIONS = 10_000  # of the first patient of the first practice
STEMS = 100_000  # of BSNs in the test range; one in eleven has no check digit


@dataclass(frozen=True, slots=True)
class Plan:
    """A world of `practices` GP practices with `patients` each; everything is dated back from `today`.

    `index` counts all patients from 0; ids count from 1.
    """

    practices: int
    patients: int
    today: date

    @property
    def total(self) -> int:
        """All patients."""
        return self.practices * self.patients

    @property
    def pharmacies(self) -> int:
        """Pharmacies; their ids follow those of the GP practices."""
        return -(-self.practices // GP_PRACTICES_PER_PHARMACY)

    def practice_id(self, index: int) -> int:
        """The GP practice of a patient."""
        return index // self.patients + 1

    def pharmacy_id(self, practice_id: int) -> int:
        """The pharmacy of the patients of a GP practice."""
        return self.practices + 1 + (practice_id - 1) // GP_PRACTICES_PER_PHARMACY

    def account_id(self, practice_id: int, number: int = 0) -> int:
        """An account of a GP practice (`number` 0 or 1) or the one of a pharmacy."""
        if practice_id > self.practices:
            return self.practices * ACCOUNTS_PER_GP_PRACTICE + practice_id - self.practices
        return (practice_id - 1) * ACCOUNTS_PER_GP_PRACTICE + number + 1

    def employee_id(self, practice_id: int, number: int = 0) -> int:
        """Manager (0), GP (1) or assistant (2) of a GP practice, or the one employee of a pharmacy."""
        if practice_id > self.practices:
            return self.practices * STAFF_PER_GP_PRACTICE + practice_id - self.practices
        return (practice_id - 1) * STAFF_PER_GP_PRACTICE + number + 1

    def stem(self, index: int) -> int | None:
        """The number of a patient's BSN in the test range; None where the range has too few for everybody."""
        step = -(-self.total // STEMS)
        return None if index % step else index // step

    def log_patient(self, number: int) -> int:
        """Which patient the log line with this number (from 0) is about: all in turn, neighbours far apart."""
        return number * _stride(self.total) % self.total

    @property
    def expected_rows(self) -> int:
        """About how many rows there will be, for showing progress."""
        record = EPISODES + ENCOUNTERS * (1 + LINES_PER_ENCOUNTER) + OBSERVATIONS + MEDICATIONS + FLAGS + 1
        return int(self.total * (record + 2 * LOG_LINES + 5.6)) + HEAVY_PATIENT_OBSERVATIONS


@cache
def _stride(total: int) -> int:
    """A step that visits every number below `total` once, far from the last one."""
    stride = max(1, int(total * 0.618))
    while gcd(stride, total) != 1:
        stride += 1
    return stride


def is_child(number: int) -> bool:
    """Whether the patient with this number in a practice is a child, whose parent is the number before."""
    return number % 10 == 5


def has_released_record(number: int) -> bool:
    """Six of ten read their record online; the first one always."""
    return number % 10 < 6


def waits_for_release(number: int) -> bool:
    """One in fifty has asked and waits: the desk's inbox."""
    return number % 50 == 6


def is_invited(number: int) -> bool:
    """One in ten holds an invitation that is still open."""
    return number % 10 == 7
