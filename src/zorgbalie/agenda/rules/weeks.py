"""Changing week patterns: cutting days out of what repeats, and blocks that meet. Pure.

The past keeps what was: a change from a day on ends the old block the day before. A block of one day is the same thing
with both days alike, so an exception and a new pattern are made by one rule.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from zorgbalie.agenda.rules.grid import DAY_MINUTES, Block, holds_on

_DAY = timedelta(days=1)


def next_day(*, block: Block, day: date) -> date | None:
    """The first day from this one on, itself too, on which a block holds; None when there is none any more."""
    found = max(day, block.valid_from)
    found += timedelta(days=(block.weekday - found.weekday()) % 7)
    for _week in range(block.every_weeks):
        if holds_on(block=block, day=found):
            return found
        found += timedelta(days=7)
    return None


def cut(*, block: Block, first: date, last: date | None) -> tuple[Block, ...]:
    """What is left of a block without the days from `first` until and including `last` (empty: for good).

    The part that goes on keeps its weeks: each second week stays each second week. Only one part keeps the number.
    """
    hit = next_day(block=block, day=first)
    if hit is None or (last is not None and hit > last):
        return (block,)
    left: list[Block] = []
    if block.valid_from < first:
        before = replace(block, valid_until=first - _DAY)
        if next_day(block=before, day=before.valid_from):
            left.append(before)
    goes_on = next_day(block=block, day=last + _DAY) if last is not None else None
    if goes_on is not None:
        left.append(replace(block, valid_from=goes_on, block_id=0 if left else block.block_id))
    return tuple(left)


def first_meeting(*, block: Block, others: Iterable[Block]) -> date | None:
    """The first day on which a block would overlap one of the others; None when it never does."""
    found = [day for one in others if (day := _meets(block, one)) is not None]
    return min(found, default=None)


def _meets(one: Block, other: Block) -> date | None:
    found = []
    for ahead in (-1, 0, 1):
        starts, ends = other.starts + ahead * DAY_MINUTES, other.ends + ahead * DAY_MINUTES
        if starts < one.ends and one.starts < ends:
            day = next_day(block=one, day=max(one.valid_from, other.valid_from - _DAY))
            # After as many turns as the other has weeks, the two come together in the same way again.
            for _turn in range(other.every_weeks + 1):
                if day is None:
                    break
                if holds_on(block=other, day=day + timedelta(days=ahead)):
                    found.append(day)
                    break
                day = next_day(block=one, day=day + _DAY)
    return min(found, default=None)


def stamp_of(*, blocks: Iterable[Block]) -> str:
    """A short text that is another one as soon as anything of these blocks is."""
    rows = sorted(
        (
            one.block_id, one.agenda_id, one.weekday, one.starts, one.ends, one.step, str(one.valid_from),
            str(one.valid_until), one.every_weeks, sorted(one.kinds), one.is_online,
        )
        for one in blocks
    )  # fmt: skip
    return sha256(repr(rows).encode()).hexdigest()[:32]


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
