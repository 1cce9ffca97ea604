"""A result that the desk types in: a measurement of the practice itself, or a report that came on paper (REQ 62)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zorgbalie.kernel.errors import Refused
from zorgbalie.record.types.desk import PatientCard

MOST_RESULTS = 40
LONGEST_NAME = 255
LONGEST_CODE = 40
LONGEST_UNIT = 40
LONGEST_VALUE = 500
LONGEST_LABORATORY = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedResult:
    """One determination as typed: a number (with `<` or `>` before it) or a text; bounds in the same unit."""

    title: str
    code: str = ""
    number: Decimal | None = None
    comparator: str = ""
    text: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedReport:
    """A report as typed. `laboratory` is empty for a measurement of the practice itself.

    `token` is of the form that it was typed in: the same form sent twice is one report. `for_account` is the name of
    the account whose work list it goes to; empty for all.
    """

    token: str
    day: date
    results: tuple[TypedResult, ...]
    laboratory: str = ""
    for_account: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryPlace:
    """What the form of a typed result needs to know."""

    patient: PatientCard
    account_names: tuple[str, ...]
    patients_account: str


class EntryNotUsable(Refused):
    """The typed report misses something, or was sent before with other values."""
