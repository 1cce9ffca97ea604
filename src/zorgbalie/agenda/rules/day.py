"""A day of an agenda drawn on paper: what stands where, and what is still free. Pure.

Paper runs along the clock, because that is how people read an agenda: `08.00` stands beside `08.00` on every day of a
week. On the night in October on which an hour comes twice the paper of that week has an hour more; in March an hour of
it stays white.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from zorgbalie.agenda.rules.free import Agenda, Taken
from zorgbalie.agenda.rules.grid import DAY_MINUTES, Cell, cells_of
from zorgbalie.agenda.rules.opening import released_at, reserved
from zorgbalie.agenda.types import KindRules
from zorgbalie.agenda.types.day import FreePlace
from zorgbalie.kernel.clock import AMSTERDAM, day_ends, day_starts

_REPEATED_ENDS = 3 * 60
_HOUR = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeCell:
    """A cell that nobody has. `is_over`: it began before now."""

    starts_at: datetime
    ends_at: datetime
    place: FreePlace
    is_over: bool


def clock_repeats(*, days: Iterable[date]) -> bool:
    """Whether an hour comes twice on one of these days."""
    return any(_length(day) > timedelta(days=1) for day in days)


def paper_minute(*, moment: datetime, day: date, repeats: bool) -> int:
    """Where on the paper of a day a moment stands: minutes on the clock, no less and no more than that day has."""
    local = moment.astimezone(AMSTERDAM)
    extra = _HOUR if repeats else 0
    if local.date() < day:
        return 0
    if local.date() > day:
        return DAY_MINUTES + extra
    minutes = local.hour * 60 + local.minute
    return minutes + extra if minutes >= _REPEATED_ENDS or local.fold else minutes


def clock_of(*, paper: int, repeats: bool) -> tuple[int, bool]:
    """The other way round: minutes on the clock, and whether they come for the second time."""
    if not repeats or paper < _REPEATED_ENDS:
        return paper, False
    return paper - _HOUR, paper < _REPEATED_ENDS + _HOUR


def free_cells(
    *, agenda: Agenda, kinds: Mapping[int, KindRules], online: frozenset[int], day: date, now: datetime
) -> Iterator[FreeCell]:
    """What nobody has in one agenda on one calendar day, a night that began the day before included.

    `online`: kinds that patients can book.
    """
    begins, ends = day_starts(day).astimezone(UTC), day_ends(day).astimezone(UTC)
    for drawn_on in (day - timedelta(days=1), day):
        if drawn_on in agenda.closed:
            continue
        cells = cells_of(blocks=agenda.blocks, day=drawn_on)
        kept = reserved(cells=cells, reserve=agenda.opening.reserve)
        lengths = _lengths(cells, agenda.taken)
        for number, cell in enumerate(cells):
            if not lengths[number] or not begins <= cell.starts_at < ends:
                continue
            fits = frozenset(
                pk for pk in cell.block.kinds if pk in kinds and _cells_for(kinds[pk], cell) <= lengths[number]
            )
            place = FreePlace(
                kinds=fits,
                is_reserve=cell.starts_at in kept,
                is_online=cell.block.is_online and bool(fits & online),
                opens_at=_opens_at(agenda, kinds, fits & online, drawn_on, number, now),
            )
            yield FreeCell(starts_at=cell.starts_at, ends_at=cell.ends_at, place=place, is_over=cell.starts_at < now)


def _opens_at(
    agenda: Agenda, kinds: Mapping[int, KindRules], online: frozenset[int], day: date, number: int, now: datetime
) -> datetime | None:
    if not online:
        return None
    ahead = min(agenda.opening.days_ahead, max(kinds[pk].days_ahead for pk in online))
    moment = released_at(plan=agenda.opening.plan, days_ahead=ahead, day=day, number=number)
    return moment if moment > now else None


def _lengths(cells: Sequence[Cell], taken: Taken) -> list[int]:
    """Of each cell how many from there on are free and joined in one block; 0 where it is taken itself."""
    lengths = [0] * len(cells)
    joined = [one.block == after.block and one.ends_at == after.starts_at for one, after in pairwise(cells)] + [False]
    busy = _busy(cells, taken)
    for number in range(len(cells) - 1, -1, -1):
        if not busy[number]:
            lengths[number] = 1 + (lengths[number + 1] if joined[number] else 0)
    return lengths


def _busy(cells: Sequence[Cell], taken: Taken) -> list[bool]:
    """Which cells have something in them; both are in order, so one walk does."""
    found, at = [], 0
    for cell in cells:
        while at < len(taken) and taken[at][1] <= cell.starts_at:
            at += 1
        found.append(at < len(taken) and taken[at][0] < cell.ends_at)
    return found


def _cells_for(kind: KindRules, cell: Cell) -> int:
    return -(-kind.minutes // cell.block.step)


def _length(day: date) -> timedelta:
    return day_ends(day).astimezone(UTC) - day_starts(day).astimezone(UTC)
