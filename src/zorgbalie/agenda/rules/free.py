"""Which places are free: cells that fit a kind, less what is taken, kept, not yet released or too soon. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from zorgbalie.agenda.rules.grid import Block, Cell, cells_of
from zorgbalie.agenda.rules.opening import released_at, reserved
from zorgbalie.agenda.types import KindRules, OpeningRules, Place

Taken = Sequence[tuple[datetime, datetime]]
"""What is taken in one agenda: from, until (exclusive), in order and not overlapping, as the database keeps it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What one agenda offers: its blocks, how it opens, on which days it is closed, and what is taken."""

    agenda_id: int
    blocks: tuple[Block, ...]
    opening: OpeningRules
    closed: frozenset[date]
    taken: Taken


def places_on(*, agenda: Agenda, kind: KindRules, day: date, now: datetime, online: bool) -> Iterator[Place]:
    """The free places for a kind on a day, in order.

    `online`: for patients; the desk may have the reserve, what is not released yet and what is about to begin.
    """
    if day in agenda.closed:
        return
    cells = cells_of(blocks=agenda.blocks, day=day)
    open_cells = [_is_open(agenda, kind, cells, number, day, now) for number in range(len(cells))] if online else None
    kept = reserved(cells=cells, reserve=agenda.opening.reserve) if online else frozenset()
    soonest = now + timedelta(hours=kind.hours_before) if online else now
    for number, cell in enumerate(cells):
        run = _run(cells, number, kind)
        if not run or cell.starts_at < soonest or _overlaps(agenda.taken, cell.starts_at, run[-1].ends_at):
            continue
        fits_online = open_cells is None or all(open_cells[number : number + len(run)])
        if fits_online and not any(one.starts_at in kept for one in run):
            ends_at = cell.starts_at + timedelta(minutes=kind.minutes)
            yield Place(agenda_id=agenda.agenda_id, starts_at=cell.starts_at, ends_at=ends_at)


def counts_per_day(
    *, agendas: Iterable[Agenda], kind: KindRules, days: Sequence[date], now: datetime, online: bool
) -> Mapping[date, int]:
    """How many free places each day has, over all agendas."""
    known = list(agendas)
    return {
        day: sum(1 for one in known for _place in places_on(agenda=one, kind=kind, day=day, now=now, online=online))
        for day in days
    }


def _is_open(agenda: Agenda, kind: KindRules, cells: Sequence[Cell], number: int, day: date, now: datetime) -> bool:
    if not cells[number].block.is_online:
        return False
    days = min(kind.days_ahead, agenda.opening.days_ahead)
    return released_at(plan=agenda.opening.plan, days_ahead=days, day=day, number=number) <= now


def _run(cells: Sequence[Cell], number: int, kind: KindRules) -> Sequence[Cell]:
    """The cells that an appointment of this kind fills when it begins here; none where it does not fit."""
    first = cells[number]
    if kind.kind_id not in first.block.kinds:
        return ()
    wanted = -(-kind.minutes // first.block.step)
    run = cells[number : number + wanted]
    joined = all(one.block == first.block and one.starts_at == before.ends_at for before, one in pairwise(run))
    return run if len(run) == wanted and joined else ()


def _overlaps(taken: Taken, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether anything taken lies within: the last that begins before our end, if it ends after our begin."""
    index = bisect_left(taken, (ends_at, ends_at))
    return index > 0 and taken[index - 1][1] > starts_at
