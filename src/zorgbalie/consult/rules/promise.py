"""By when a question is answered: pure."""

from datetime import datetime, time, timedelta

from holidays import country_holidays

from zorgbalie.kernel.clock import AMSTERDAM, local_date

_SATURDAY = 5
_FREE = country_holidays("NL")


def answer_moment(*, sent_at: datetime, days: int, hour: int) -> datetime:
    """By when an answer comes: `hour` o'clock, Dutch time, the given number of working days after the day of sending.

    Saturday, Sunday and Dutch public holidays do not count. Days on which the practice closes of its own choice do:
    its calendar is not known here.
    """
    day = local_date(sent_at)
    left = days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in _FREE:
            left -= 1
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)
