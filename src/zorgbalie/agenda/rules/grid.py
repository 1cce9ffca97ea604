"""From what a practice draws on the clock to moments: pure, and right on the days on which the clock changes.

A block says "Mondays from 8.00 to 12.00 in places of 10 minutes". Its cells are moments. On the night in March there
are no cells in the hour that does not exist; of the hour in October that comes twice only the first is used, so each
time on a clock means one moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zorgbalie.kernel.clock import moment_of

DAY_MINUTES = 24 * 60
LATEST_END = 2 * DAY_MINUTES
"""A block may end on the next day, so that a night shift is one block."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of a day on which appointments can be: minutes since local midnight, ends exclusive, step in minutes.

    `weekday` 0 is Monday. It holds from `valid_from` until and including `valid_until`, each `every_weeks` weeks from
    the week of `valid_from` on. A block of one day has that day as both. `kinds`: which kinds of appointment fit.
    """

    block_id: int
    agenda_id: int
    weekday: int
    starts: int
    ends: int
    step: int
    valid_from: date
    valid_until: date | None
    every_weeks: int
    kinds: frozenset[int]
    is_online: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The smallest piece of an agenda: one step of a block."""

    block: Block
    starts_at: datetime
    ends_at: datetime


def holds_on(*, block: Block, day: date) -> bool:
    """Whether a block holds on a day."""
    if day.weekday() != block.weekday or day < block.valid_from:
        return False
    if block.valid_until is not None and day > block.valid_until:
        return False
    weeks = (_monday(day) - _monday(block.valid_from)).days // 7
    return weeks % block.every_weeks == 0


def cells_of(*, blocks: Iterable[Block], day: date) -> tuple[Cell, ...]:
    """The cells of one day, in order. Of blocks that overlap the earlier one has the time."""
    found: list[Cell] = []
    for block in sorted(
        (one for one in blocks if holds_on(block=one, day=day)), key=lambda one: (one.starts, one.block_id)
    ):
        found += (cell for cell in _cells(block, day) if not found or cell.starts_at >= found[-1].ends_at)
    return tuple(found)


def _cells(block: Block, day: date) -> Iterable[Cell]:
    for minutes in range(block.starts, block.ends - block.step + 1, block.step):
        starts_at = moment_of(day=day, minutes=minutes)
        ends_at = moment_of(day=day, minutes=minutes + block.step)
        # Over the change of the clock a step is an hour longer or shorter than it looks: no place.
        if starts_at and ends_at and ends_at - starts_at == timedelta(minutes=block.step):
            yield Cell(block=block, starts_at=starts_at, ends_at=ends_at)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
