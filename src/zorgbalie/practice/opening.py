"""When a practice is open: its week, its closing days and the holidays it keeps. Pure; for promises and the agenda.

Hours are on the clock of the practice (Europe/Amsterdam), as minutes since midnight; moments go in and come out aware,
in UTC, so that the two days on which the clock changes need no special care from who asks.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS, Holiday, holidays_on

DAYS = 7
FULL_DAY = 24 * 60
MOST_BLOCKS = 3
LONGEST_CLOSING = timedelta(days=366)
_SATURDAY = 5
_LOOK_AHEAD = 400
"""Days to look for an opening: beyond it a practice is taken to be closed for good."""


class HoursNotUsable(Refused):
    """Hours that cannot be: they overlap, or end before they begin."""


class ClosingNotUsable(Refused):
    """A closing that cannot be: it ends before it begins, is over, or lasts too long."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Block:
    """Hours in one piece: minutes since midnight. `end` may be 1440, the end of the day."""

    start: int
    end: int


Week = tuple[tuple[Block, ...], ...]
"""Seven days, Monday first; a day without blocks is a day off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """Days on which a practice is closed by its own choice, both included."""

    name: str
    starts_on: date
    ends_on: date
    closing_id: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """When a practice is open. `week` is None while its hours are not known."""

    week: Week | None = None
    holidays: frozenset[Holiday] = DEFAULT_HOLIDAYS
    closings: tuple[Closing, ...] = ()

    @property
    def has_hours(self) -> bool:
        """Whether the practice said when it is open."""
        return self.week is not None and any(self.week)


def closing_on(*, calendar: Calendar, day: date) -> Closing | None:
    """The closing in which a day falls."""
    return next((one for one in calendar.closings if one.starts_on <= day <= one.ends_on), None)


def is_free_day(*, calendar: Calendar, day: date) -> bool:
    """Whether a day is a holiday that the practice keeps, or lies in a closing."""
    return bool(holidays_on(day=day) & calendar.holidays) or closing_on(calendar=calendar, day=day) is not None


def is_working_day(*, calendar: Calendar, day: date) -> bool:
    """Whether the practice works on a day. Without known hours Monday to Friday are taken."""
    if is_free_day(calendar=calendar, day=day):
        return False
    if not calendar.has_hours or calendar.week is None:
        return day.weekday() < _SATURDAY
    return bool(calendar.week[day.weekday()])


def blocks_on(*, calendar: Calendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """From when until when the practice is open on a day; nothing on a free day, or while its hours are not known."""
    if calendar.week is None or not is_working_day(calendar=calendar, day=day):
        return ()
    spans = (
        (moment_of(day=day, minutes=one.start), moment_of(day=day, minutes=one.end))
        for one in calendar.week[day.weekday()]
    )
    # On the day that summer time begins a block within the missing hour is empty.
    return tuple((start, end) for start, end in spans if start < end)


def is_open_at(*, calendar: Calendar, moment: datetime) -> bool | None:
    """Whether the practice is open; None while its hours are not known. The closing moment itself is closed."""
    if not calendar.has_hours:
        return None
    return closes_at(calendar=calendar, moment=moment) is not None


def closes_at(*, calendar: Calendar, moment: datetime) -> datetime | None:
    """Until when the practice is open now; None when it is closed."""
    spans = blocks_on(calendar=calendar, day=local_date(moment))
    return next((end for start, end in spans if start <= moment < end), None)


def is_in_break(*, calendar: Calendar, moment: datetime) -> bool:
    """Whether the practice is closed between two blocks of a day: the out-of-hours service does not take over then."""
    spans = blocks_on(calendar=calendar, day=local_date(moment))
    return bool(spans) and spans[0][0] <= moment < spans[-1][1] and closes_at(calendar=calendar, moment=moment) is None


def next_opening(*, calendar: Calendar, moment: datetime) -> datetime | None:
    """When the practice opens next after a moment, also when it is open now; None when it is not known to."""
    day = local_date(moment)
    for _ in range(_LOOK_AHEAD):
        for start, _end in blocks_on(calendar=calendar, day=day):
            if start > moment:
                return start
        day += timedelta(days=1)
    return None


def next_working_day(*, calendar: Calendar, day: date) -> date:
    """The first working day after a day. Where none comes within a year and a month: a year later (never nothing)."""
    for ahead in range(1, _LOOK_AHEAD):
        found = day + timedelta(days=ahead)
        if is_working_day(calendar=calendar, day=found):
            return found
    return day + timedelta(days=_LOOK_AHEAD)


def moment_of(*, day: date, minutes: int) -> datetime:
    """A number of minutes after midnight on the clock of the practice, in UTC. 1440 is midnight of the next day."""
    if minutes >= FULL_DAY:
        day, minutes = day + timedelta(days=1), minutes - FULL_DAY
    clock = time(minutes // 60, minutes % 60)
    return datetime.combine(day, clock, tzinfo=AMSTERDAM).astimezone(UTC)


def free_days(*, calendar: Calendar, first: date, days: int) -> tuple[tuple[date, date, str, Holiday | None], ...]:
    """When the practice is closed in the days to come: first and last day, the name of a closing, or the holiday."""
    last = first + timedelta(days=days)
    found: list[tuple[date, date, str, Holiday | None]] = [
        (one.starts_on, one.ends_on, one.name, None)
        for one in calendar.closings
        if one.ends_on >= first and one.starts_on < last
    ]
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        kept = sorted(holidays_on(day=day) & calendar.holidays, key=list(Holiday).index)
        # A Sunday on which nobody works is no news.
        if kept and _would_work(calendar, day):
            found.append((day, day, "", kept[0]))
    return tuple(sorted(found, key=lambda one: (one[0], one[2])))


def _would_work(calendar: Calendar, day: date) -> bool:
    if not calendar.has_hours or calendar.week is None:
        return day.weekday() < _SATURDAY
    return bool(calendar.week[day.weekday()])


def week_of(*, stored: object) -> Week | None:
    """A week as it is stored (seven lists of pairs); None for what is not a week."""
    if not isinstance(stored, list) or len(stored) != DAYS:
        return None
    return tuple(tuple(Block(start=int(one[0]), end=int(one[1])) for one in day) for day in stored)


def stored_week(*, week: Week) -> list[list[list[int]]]:
    """A week as it is stored."""
    return [[[one.start, one.end] for one in day] for day in week]


def is_usable_day(*, blocks: tuple[Block, ...]) -> bool:
    """Whether blocks of a day follow one another and each ends after it begins."""
    ends = [0, *(one.end for one in blocks)]
    return len(blocks) <= MOST_BLOCKS and all(
        one.start >= before and one.start < one.end <= FULL_DAY for one, before in zip(blocks, ends, strict=False)
    )
