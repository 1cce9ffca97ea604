"""FHIR dates and moments, which may be known to the year, the month, the day or the second.

Source: FHIR STU3 datatypes date, dateTime, instant. Days are days in the Netherlands.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from zorgbalie.kernel.clock import AMSTERDAM, local_date

_PATTERN = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)


class InvalidMoment(ValueError):
    """Not a FHIR date or moment."""


@dataclass(frozen=True, slots=True)
class FhirMoment:
    """What a date says: the days from `first` to `last`, `precision` (day, month, year), and the moment if any."""

    first: date
    last: date
    precision: str
    moment: datetime | None = None


def parse_moment(text: str) -> FhirMoment:
    """A FHIR date, dateTime or instant; a time without a zone is Dutch time. Raises InvalidMoment."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise InvalidMoment("not a FHIR date")
    year, month, day, time, _zone = match.groups()
    try:
        if month is None:
            return FhirMoment(date(int(year), 1, 1), date(int(year), 12, 31), "year")
        if day is None:
            last = monthrange(int(year), int(month))[1]
            return FhirMoment(date(int(year), int(month), 1), date(int(year), int(month), last), "month")
        if time is None:
            only = date(int(year), int(month), int(day))
            return FhirMoment(only, only, "day")
        return _with_time(text)
    except (ValueError, OverflowError):
        raise InvalidMoment("not a date of the calendar") from None


def _with_time(text: str) -> FhirMoment:
    fraction = re.sub(r"\.(\d{1,6})\d*", lambda match: "." + match.group(1).ljust(6, "0"), text)
    moment = datetime.fromisoformat(fraction)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=AMSTERDAM)
    if not 1800 <= moment.year <= 2200:
        raise InvalidMoment("no moment at which care was given")
    day = local_date(moment)
    return FhirMoment(day, day, "day", moment)
