"""Values as laboratories write them: text, numbers, reference ranges, days and moments."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from zorgbalie.kernel.clock import AMSTERDAM

_NUMBER = re.compile(r"(<=|>=|<|>)?\s*([+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?)", re.ASCII)
_RANGE = re.compile(r"([+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?)\s*(?:-|–|tot)\s*([+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?)")
_HL7_MOMENT = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:\.[0-9]{1,4})?)?)?([+-][0-9]{4})?", re.ASCII
)
_STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


def one_line(text: str) -> str:
    """A name or title: no control characters, no line breaks (security row 30)."""
    return " ".join(many_lines(text).split())


def many_lines(text: str) -> str:
    """A remark: line breaks are kept, other control and steering characters are not."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign for sign in text if sign == "\n" or (unicodedata.category(sign) != "Cc" and sign not in _STEERING)
    )
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n ")


def parse_number(text: str) -> tuple[str, Decimal] | None:
    """Comparator and number of a value such as `8.6`, `8,6`, `<5`; None for what is text (`+++`, `volgt`, `1e9`)."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return match.group(1) or "", Decimal(match.group(2).replace(",", "."))


def parse_limit(text: str) -> Decimal | None:
    """A limit of a reference range; None for what is no plain number."""
    found = parse_number(text)
    return found[1] if found and not found[0] else None


def parse_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Both limits of a range such as `8,5 - 11,0`; None for `<5` and other texts, and where they are the wrong way."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = (Decimal(part.replace(",", ".")) for part in match.groups())
    return (low, high) if low <= high else None


def parse_hl7_moment(text: str) -> datetime | None:
    """An HL7 moment (TS), aware, in UTC; without an offset it is Dutch time. None for what is less than a day.

    Raises: ValueError.
    """
    text = text.strip()
    if not text or re.fullmatch(r"[0-9]{4}([0-9]{2})?", text, re.ASCII):
        return None
    match = _HL7_MOMENT.fullmatch(text)
    if match is None:
        raise ValueError("no moment")
    *numbers, offset = match.groups()
    return _moment([int(number or 0) for number in numbers], offset)


def parse_hl7_date(text: str) -> date | None:
    """The day of an HL7 date or moment, as written. Raises: ValueError."""
    text = text.strip()[:8]
    return parse_day([text[:4], text[4:6], text[6:8]]) if text else None


def parse_day(parts: list[str]) -> date:
    """Year (two digits mean this or the former century around 1970), month, day. Raises: ValueError."""
    if len(parts) != 3 or not all(re.fullmatch("[0-9]{1,4}", part, re.ASCII) for part in parts):
        raise ValueError("no day")
    year = int(parts[0])
    if len(parts[0]) <= 2:
        year += 2000 if year < 70 else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError("no year of care")
    return date(year, int(parts[1]), int(parts[2]))


def parse_edifact_moment(day: list[str], clock: list[str]) -> datetime:
    """A day `yy:mm:dd` (or in one piece) and a time `hh:mm` in Dutch time, in UTC. Raises: ValueError."""
    found = parse_day(split_digits(day))
    hours = split_digits(clock) or ["0", "0"]
    if len(hours) != 2 or not all(re.fullmatch("[0-9]{1,2}", part, re.ASCII) for part in hours):
        raise ValueError("no time")
    return _moment([found.year, found.month, found.day, int(hours[0]), int(hours[1]), 0], None)


def split_digits(parts: list[str]) -> list[str]:
    """`["24:02"]` as it may come in one piece (`240212`, `20240212`, `0930`) in its parts; empty when there is none."""
    kept = [part.strip() for part in parts if part.strip()]
    if len(kept) != 1:
        return kept
    text = kept[0].replace(".", ":").replace("-", ":")
    if ":" in text:
        return text.split(":")
    first = 4 if len(text) == 8 else 2
    rest = text[first:]
    return [text[:first], *(rest[i : i + 2] for i in range(0, len(rest), 2))]


def _moment(numbers: list[int], offset: str | None) -> datetime:
    year, month, day, hour, minute, second = numbers
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError("no year of care")
    if hour == 24 and minute == 0:
        return _moment([year, month, day, 0, 0, 0], offset) + timedelta(days=1)
    zone: timezone | object = AMSTERDAM
    if offset:
        size = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
        zone = timezone(-size if offset[0] == "-" else size)
    return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]  # one of the two zones above
