"""Which places patients may have, and from when: the urgent reserve and the staggered release. Pure.

Both follow from the pattern of the day alone, never from what is booked: a booking elsewhere cannot move the reserve,
two processes compute the same, and what the settings page shows is what holds (R11, REQ 74; ux 44).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from zorgbalie.agenda.rules.grid import Cell
from zorgbalie.agenda.types import ReleasePlan
from zorgbalie.kernel.clock import moment_of

_EARLY, _LATE = 7 * 60, 21 * 60
_QUARTER = 15
_SHARES = 3
_MIDDLE_DAYS, _LAST_DAYS = 7, 1


def reserved(*, cells: Sequence[Cell], reserve: int) -> frozenset[datetime]:
    """The starts of the cells that are kept for urgent cases: `reserve` of them, spread evenly over the day (R11).

    A day with no more cells than the reserve has nothing to book online.
    """
    total = len(cells)
    if reserve >= total:
        return frozenset(cell.starts_at for cell in cells)
    return frozenset(cells[(2 * number + 1) * total // (2 * reserve)].starts_at for number in range(reserve))


@lru_cache(maxsize=1 << 14)  # the same for every agenda that opens alike
def released_at(*, plan: ReleasePlan, days_ahead: int, day: date, number: int) -> datetime:
    """From when patients see the cell with this number in the day.

    `ALL`: at midnight, `days_ahead` days before. `STAGGERED`: a third then, a third a week before and a third a day
    before, each at a quarter of an hour of its own between 7.00 and 21.00, so that nobody has to sit ready at 8.00.
    """
    if plan is ReleasePlan.ALL:
        return _moment(day - timedelta(days=days_ahead), 0)
    days = (days_ahead, min(_MIDDLE_DAYS, days_ahead), min(_LAST_DAYS, days_ahead))[number % _SHARES]
    quarters = (_LATE - _EARLY) // _QUARTER
    return _moment(day - timedelta(days=days), _EARLY + (day.toordinal() * 31 + number * 11) % quarters * _QUARTER)


def _moment(day: date, minutes: int) -> datetime:
    moment = moment_of(day=day, minutes=minutes)
    if moment is None:
        raise AssertionError("no change of the clock falls outside the night")
    return moment
