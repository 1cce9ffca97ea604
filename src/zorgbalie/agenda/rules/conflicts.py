"""Which appointments no longer fit after a change of what an agenda offers. Pure; nothing is done to them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import pairwise

from zorgbalie.agenda.rules.grid import Block, Cell, cells_of
from zorgbalie.kernel.clock import local_date


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """What an agenda offers: its blocks, and the days on which it is closed (first and last, inclusive)."""

    blocks: tuple[Block, ...]
    closings: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenPlace:
    """A place that a patient has or holds. `kind_id` is None for who may not see appointments."""

    claim_id: int
    starts_at: datetime
    ends_at: datetime
    kind_id: int | None


def no_longer_fit(*, before: Pattern, after: Pattern, taken: Iterable[TakenPlace]) -> tuple[TakenPlace, ...]:
    """Those that fitted before and do not after, in order. What did not fit already was confirmed another time."""
    cells_before, cells_after = _reader(before), _reader(after)
    return tuple(
        one
        for one in sorted(taken, key=lambda place: (place.starts_at, place.claim_id))
        if _stops_fitting(one, _kinds_at(cells_before, one), _kinds_at(cells_after, one))
    )


def digest_of(*, places: Iterable[TakenPlace]) -> str:
    """Names exactly these appointments at these times; empty for none."""
    rows = sorted((one.claim_id, one.starts_at.isoformat(), one.ends_at.isoformat()) for one in places)
    return sha256(repr(rows).encode()).hexdigest()[:32] if rows else ""


def _stops_fitting(place: TakenPlace, before: frozenset[int] | None, after: frozenset[int] | None) -> bool:
    if before is None:
        return False
    if place.kind_id is None:
        # Of what kind it is may not be known here: then every kind that was possible must stay possible.
        return after is None or not before <= after
    return place.kind_id in before and (after is None or place.kind_id not in after)


def _reader(pattern: Pattern) -> Callable[[date], tuple[Cell, ...]]:
    @cache
    def read(day: date) -> tuple[Cell, ...]:
        if any(first <= day <= last for first, last in pattern.closings):
            return ()
        return cells_of(blocks=pattern.blocks, day=day)

    return read


def _kinds_at(read: Callable[[date], tuple[Cell, ...]], place: TakenPlace) -> frozenset[int] | None:
    """Which kinds fit where it is: a whole run of cells of one block that begins with it. None: it fits nowhere."""
    day = local_date(place.starts_at)
    for one in (day, day - timedelta(days=1)):  # a block of the evening before may go on after midnight
        cells = read(one)
        number = next((place_ for place_, cell in enumerate(cells) if cell.starts_at == place.starts_at), None)
        if number is not None:
            return _kinds_of_run(cells, number, place)
    return None


def _kinds_of_run(cells: tuple[Cell, ...], number: int, place: TakenPlace) -> frozenset[int] | None:
    block = cells[number].block
    wanted = -(-(place.ends_at - place.starts_at) // timedelta(minutes=block.step))
    run = cells[number : number + wanted]
    joined = all(one.block == block and one.starts_at == before.ends_at for before, one in pairwise(run))
    return block.kinds if len(run) == wanted and joined else None
