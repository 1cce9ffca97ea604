"""When a patient is reminded: on the day before, as days go in the Netherlands, and at a decent hour. Pure.

Days are compared, never hours: on the nights in which the clock is moved the day before is still the day before.
"""

from datetime import date, datetime, timedelta

from zorgbalie.kernel.clock import AMSTERDAM, local_date

FIRST_HOUR, LAST_HOUR = 9, 20


def day_to_remind(*, now: datetime) -> date | None:
    """Of which day appointments are reminded of now; None outside the hours in which anybody is."""
    if not FIRST_HOUR <= now.astimezone(AMSTERDAM).hour < LAST_HOUR:
        return None
    return local_date(now) + timedelta(days=1)


def is_known_already(*, starts_at: datetime, now: datetime) -> bool:
    """Whether who chooses this time now needs no reminder: it would come the same day, or after it."""
    return local_date(now) >= local_date(starts_at) - timedelta(days=1)


def reminded_for(*, starts_at: datetime, now: datetime) -> date | None:
    """What an appointment that is moved now notes: the day as reminded of where that is not needed, else nothing."""
    return local_date(starts_at) if is_known_already(starts_at=starts_at, now=now) else None
