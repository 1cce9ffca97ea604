"""The one clock. Moments are aware and in UTC; days are days in the Netherlands."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DAY_MINUTES = 24 * 60


def current_moment() -> datetime:
    """The moment now, aware, UTC. Faces and tasks call it once and pass it on as `now`."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The day in the Netherlands on which a moment falls."""
    return moment.astimezone(AMSTERDAM).date()


def day_starts(day: date) -> datetime:
    """The first moment of a day in the Netherlands."""
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)


def day_ends(day: date) -> datetime:
    """The first moment after a day in the Netherlands. Of the last day that there is: its own last moment."""
    if day == date.max:
        return datetime.combine(day, time.max, tzinfo=AMSTERDAM)
    return day_starts(day + timedelta(days=1))


def months_before(day: date, months: int) -> date:
    """The same day a number of months earlier; the last day of the month where that day is missing."""
    month_index = day.year * 12 + day.month - 1 - months
    year, month = divmod(month_index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


# Twenty agendas over twelve weeks ask two hundred thousand times for the same few thousand moments.
@lru_cache(maxsize=1 << 15)
def moment_of(*, day: date, minutes: int) -> datetime | None:
    """The moment at which the clock shows this, in UTC; None where the clock never shows it."""
    extra, rest = divmod(minutes, _DAY_MINUTES)
    local = datetime.combine(day + timedelta(days=extra), time(rest // 60, rest % 60), tzinfo=AMSTERDAM)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(AMSTERDAM)
    return moment if shown.replace(tzinfo=None) == local.replace(tzinfo=None) else None
