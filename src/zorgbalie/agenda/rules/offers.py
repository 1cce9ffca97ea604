"""Who wants a time that came free, until when it is offered, and when nobody is disturbed (ux 43). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zorgbalie.agenda.types import PartOfDay, Place
from zorgbalie.kernel.clock import AMSTERDAM, local_date

TOLD_AT_ONCE = 3
"""How many are told of one time at once; who comes next is told when these let it pass (decision record)."""

SHORTEST = timedelta(minutes=15)
"""Less is no offer: who reads it is too late."""

_NOON = 12
_HOUR = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody who waits wants, and has. `change_until`: until when the present appointment can be moved."""

    agenda_id: int
    starts_at: datetime
    change_until: datetime
    only_same_agenda: bool
    part_of_day: PartOfDay
    from_date: date | None


def suits(*, wish: Wish, place: Place) -> bool:
    """Whether a free place is what this patient waits for; that it is free and fits the kind is known."""
    local = place.starts_at.astimezone(AMSTERDAM)
    is_morning = local.hour < _NOON
    return (
        place.starts_at < wish.starts_at
        and (not wish.only_same_agenda or place.agenda_id == wish.agenda_id)
        and (wish.from_date is None or local.date() >= wish.from_date)
        and (wish.part_of_day is PartOfDay.ANY or (wish.part_of_day is PartOfDay.MORNING) == is_morning)
    )


def stands_until(
    *, wish: Wish, place: Place, hours: int, hours_before: int, quiet_from: int, quiet_until: int, now: datetime
) -> datetime | None:
    """Until when a place is offered; None where too little time is left.

    Some hours, and where those end in the quiet hours until these are over: who sleeps has a chance too. Never longer
    than the place can be booked online, or than the present appointment can be moved.
    """
    until = now + timedelta(hours=hours)
    morning = quiet_ends(now=until, quiet_from=quiet_from, quiet_until=quiet_until)
    until = min(morning or until, place.starts_at - timedelta(hours=hours_before), wish.change_until)
    return until if until - now >= SHORTEST else None


def quiet_ends(*, now: datetime, quiet_from: int, quiet_until: int) -> datetime | None:
    """When the quiet hours end in which `now` lies; None when it lies outside them. The same minute twice: none at all.

    Minutes are on the clock on the wall, so a night in which the clock is moved is an hour longer or shorter.
    """
    local = now.astimezone(AMSTERDAM)
    minute = local.hour * _HOUR + local.minute
    wraps = quiet_from > quiet_until
    if quiet_from == quiet_until:
        return None
    if not ((minute >= quiet_from or minute < quiet_until) if wraps else quiet_from <= minute < quiet_until):
        return None
    day = local_date(now) + timedelta(days=1 if wraps and minute >= quiet_from else 0)
    hour, rest = divmod(quiet_until, _HOUR)
    if hour == 24:  # midnight at the end of a day
        return datetime.combine(day + timedelta(days=1), time(0), tzinfo=AMSTERDAM)
    return datetime.combine(day, time(hour, rest), tzinfo=AMSTERDAM)
