"""What patients see of the agendas now, what is kept from them, and what a practice could mend: pure (ux 44; R11)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zorgbalie.agenda.rules.free import Agenda, places_on
from zorgbalie.agenda.rules.grid import Cell, cells_of
from zorgbalie.agenda.rules.opening import reserved
from zorgbalie.agenda.types import KindRules, ReleasePlan
from zorgbalie.agenda.types.managing import AgendaAdvice, KindAdvice, Notice, Warned

SEARCHED_DAYS = 84
_WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """An agenda or a kind with its name."""

    number: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Weeks:
    """What is left of this week, and the next week whole. A week begins on Monday."""

    today: date
    this: tuple[date, ...]
    next: tuple[date, ...]


def weeks_of(*, today: date) -> Weeks:
    """The days from today on in this week and in the next."""
    left = _WEEK - today.weekday()
    days = [today + timedelta(days=ahead) for ahead in range(left + _WEEK)]
    return Weeks(today=today, this=tuple(days[:left]), next=tuple(days[left:]))


def advise_kinds(
    *, kinds: Sequence[tuple[Named, KindRules]], agendas: Sequence[Agenda], weeks: Weeks, now: datetime
) -> tuple[KindAdvice, ...]:
    """The advice on each kind. Kinds that ask the same and stand in the same blocks are looked up once."""
    known: dict[tuple[object, ...], KindAdvice] = {}
    found = []
    for named, kind in kinds:
        blocks = frozenset(one.block_id for agenda in agendas for one in agenda.blocks if kind.kind_id in one.kinds)
        key = (kind.minutes, kind.hours_before, kind.days_ahead, blocks)
        if key not in known:
            known[key] = advise_kind(named=named, kind=kind, agendas=agendas, weeks=weeks, now=now)
        found.append(replace(known[key], kind_id=named.number, name=named.name))
    return tuple(found)


def advise_kind(*, named: Named, kind: KindRules, agendas: Sequence[Agenda], weeks: Weeks, now: datetime) -> KindAdvice:
    """The first time that patients can book now, and how many they see this week and the next."""
    fitting = [one for one in agendas if any(fits(kind=kind, agenda=one))]

    def starts_on(day: date) -> list[datetime]:
        return [
            place.starts_at
            for agenda in fitting
            for place in places_on(agenda=agenda, kind=kind, day=day, now=now, online=True)
        ]

    counts = {day: starts_on(day) for day in (*weeks.this, *weeks.next)}
    first = next((min(starts) for starts in counts.values() if starts), None)
    if first is None and fitting:
        ahead = min(kind.days_ahead, max(one.opening.days_ahead for one in fitting), SEARCHED_DAYS)
        later = (weeks.today + timedelta(days=number) for number in range(len(counts), ahead + 1))
        first = next((min(starts) for starts in map(starts_on, later) if starts), None)
    return KindAdvice(
        kind_id=named.number,
        name=named.name,
        first=first,
        this_week=sum(len(counts[day]) for day in weeks.this),
        next_week=sum(len(counts[day]) for day in weeks.next),
    )


def advise_agenda(*, named: Named, agenda: Agenda, weeks: Weeks, now: datetime) -> AgendaAdvice:
    """How many places are kept for urgent cases and still free; those that have begun do not count."""
    kept = {day: _kept_on(agenda, day, now) for day in (*weeks.this, *weeks.next)}
    return AgendaAdvice(
        agenda_id=named.number,
        name=named.name,
        today=kept[weeks.today],
        this_week=sum(kept[day] for day in weeks.this),
        next_week=sum(kept[day] for day in weeks.next),
    )


def fits(*, kind: KindRules, agenda: Agenda) -> Iterator[bool]:
    """For each online block of an agenda that offers a kind: whether the kind is short enough for it."""
    return (
        one.ends - one.starts >= -(-kind.minutes // one.step) * one.step
        for one in agenda.blocks
        if one.is_online and kind.kind_id in one.kinds
    )


def warnings_of_agenda(*, named: Named, agenda: Agenda, weeks: Weeks) -> Iterator[Warned]:
    """What is strange about how an agenda opens."""
    if not _is_online(agenda):
        yield Warned(notice=Notice.AGENDA_WITHOUT_BLOCK, name=named.name, agenda_id=named.number)
        return
    days = [cells_of(blocks=agenda.blocks, day=day) for day in weeks.next]
    if any(days) and all(len(cells) <= agenda.opening.reserve for cells in days):
        yield Warned(notice=Notice.ALL_RESERVED, name=named.name, agenda_id=named.number)


def warnings_of_kind(
    *, kind: KindRules, advice: KindAdvice, agendas: Sequence[Agenda], weeks: Weeks, now: datetime
) -> Iterator[Warned]:
    """An online kind that patients cannot book anywhere, or not soon.

    That this week has no times is told only where somebody still works this week: not each Saturday.
    """
    fitting = [one for one in agendas if any(fits(kind=kind, agenda=one))]
    if not fitting:
        yield Warned(notice=Notice.KIND_WITHOUT_BLOCK, name=advice.name, kind_id=advice.kind_id)
    elif not advice.this_week and not advice.next_week:
        yield Warned(notice=Notice.KIND_FULL_LONGER, name=advice.name, kind_id=advice.kind_id)
    elif not advice.this_week and any(_works(one, kind, day, now) for one in fitting for day in weeks.this):
        yield Warned(notice=Notice.KIND_FULL, name=advice.name, kind_id=advice.kind_id)


def all_at_once(*, agendas: Sequence[tuple[Named, Agenda]]) -> Iterator[Warned]:
    """One warning for the agendas that release everything at midnight, however many they are."""
    found = [named for named, one in agendas if one.opening.plan is ReleasePlan.ALL and _is_online(one)]
    if found:
        number = found[0].number if len(found) == 1 else None
        yield Warned(notice=Notice.ALL_AT_ONCE, name=", ".join(one.name for one in found), agenda_id=number)


def _works(agenda: Agenda, kind: KindRules, day: date, now: datetime) -> bool:
    if day in agenda.closed:
        return False
    cells = cells_of(blocks=agenda.blocks, day=day)
    return any(one.starts_at >= now and one.block.is_online and kind.kind_id in one.block.kinds for one in cells)


def _is_online(agenda: Agenda) -> bool:
    return any(one.is_online and one.kinds for one in agenda.blocks)


def _kept_on(agenda: Agenda, day: date, now: datetime) -> int:
    if day in agenda.closed:
        return 0
    cells = cells_of(blocks=agenda.blocks, day=day)
    kept = reserved(cells=cells, reserve=agenda.opening.reserve)
    return sum(1 for cell in cells if cell.starts_at in kept and cell.starts_at >= now and _is_free(agenda, cell))


def _is_free(agenda: Agenda, cell: Cell) -> bool:
    index = bisect_left(agenda.taken, (cell.ends_at, cell.ends_at))
    return index == 0 or agenda.taken[index - 1][1] <= cell.starts_at
