"""The one clock. Moments are aware and in UTC; days are days in the Netherlands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def current_moment() -> datetime:
    """The moment now, aware, UTC. Faces and tasks call it once and pass it on as `now`."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The day in the Netherlands on which a moment falls."""
    return moment.astimezone(AMSTERDAM).date()


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
