"""Tariffs: dated data that can be loaded, and what became of a file."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.kernel.errors import Refused

LARGEST_FILE = 500_000  # bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Tariff:
    """A performance and its amount in a period. Minutes: from, inclusive, to, exclusive; None: no bound."""

    code: str
    description: str
    minutes_from: int
    minutes_to: int | None
    amount_cents: int
    valid_from: date
    valid_until: date | None
    source: str
    is_own: bool = False


class TariffFault(StrEnum):
    """Why a line of a file was not loaded."""

    COLUMNS = "the line does not have eight columns"
    CODE = "the code is not 3 to 8 letters and digits"
    DESCRIPTION = "the description is empty or too long"
    MINUTES = "the minutes are no whole numbers, or end before they begin"
    AMOUNT = "the amount is no whole number of cents above zero"
    DAY = "a day is not written as 2026-01-31, or the period ends before it begins"
    SOURCE = "the source is empty or too long"
    FORMULA = "a column begins as a formula of a spreadsheet does"
    DOUBLE = "the same code and first day stand on an earlier line"


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedTariff:
    """A line that was not loaded: its number in the file (from 1), why, and the beginning of its text."""

    number: int
    fault: TariffFault
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TariffReport:
    """What becomes, or became, of a file."""

    new: tuple[Tariff, ...]
    changed: tuple[Tariff, ...]
    unchanged: int
    refused: tuple[RefusedTariff, ...]


class TariffFileRefused(Refused):
    """Nothing of a file was loaded: it is no text, too large, or holds no line."""
