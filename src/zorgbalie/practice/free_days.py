"""Dutch public holidays by name, for a practice's own choice which of them it is closed on: pure."""

from datetime import date
from enum import StrEnum

from holidays import country_holidays

_LUSTRUM = 5


class Holiday(StrEnum):
    """A day on which a practice can be closed. Values are stored, in the order of the year.

    Liberation Day is two: most collective agreements (that of GP practices too) give it once in five years.
    """

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_LUSTRUM = "liberation_lustrum"
    LIBERATION_DAY = "liberation_day"
    ASCENSION = "ascension"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"


DEFAULT_HOLIDAYS = frozenset(Holiday) - {Holiday.GOOD_FRIDAY, Holiday.LIBERATION_DAY}
"""What most practices are closed on: closed while a practice chose nothing."""

_BY_NAME = {
    "nieuwjaarsdag": Holiday.NEW_YEAR,
    "goede vrijdag": Holiday.GOOD_FRIDAY,
    "eerste paasdag": Holiday.EASTER_SUNDAY,
    "tweede paasdag": Holiday.EASTER_MONDAY,
    "koningsdag": Holiday.KINGS_DAY,
    "bevrijdingsdag": Holiday.LIBERATION_DAY,
    "hemelvaartsdag": Holiday.ASCENSION,
    "eerste pinksterdag": Holiday.WHIT_SUNDAY,
    "tweede pinksterdag": Holiday.WHIT_MONDAY,
    "eerste kerstdag": Holiday.CHRISTMAS_DAY,
    "tweede kerstdag": Holiday.BOXING_DAY,
}
# The calculation of Easter and the rule of King's Day (27 April, the day before on a Sunday) are the library's.
_NAMED = country_holidays("NL", categories=("public", "optional"), language="nl")


def holidays_on(*, day: date) -> frozenset[Holiday]:
    """What a day is; two at once where they fall together (5 May 2016: Ascension and Liberation Day)."""
    names = [name.strip().lower() for name in _NAMED.get(day, "").split(";")]
    found = {_BY_NAME[name] for name in names if name in _BY_NAME}
    if Holiday.LIBERATION_DAY in found and day.year % _LUSTRUM == 0:
        found.add(Holiday.LIBERATION_LUSTRUM)
    return frozenset(found)
