"""From days to a table: rows along the clock, a column for each agenda or day, cells over several rows.

A table, because that is what an agenda is: it is read by a screen reader, printed and used without a script as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.agenda.types import AppointmentState
from zorgbalie.agenda.types.day import (
    Attendance,
    Board,
    DayAppointment,
    DayColumn,
    DayEntry,
    Edge,
    EntryKind,
    FreePlace,
)
from zorgbalie.faces.desk.agenda import words
from zorgbalie.faces.desk.agenda.choosing import Looked, address_of
from zorgbalie.kernel.clock import day_ends, day_starts, local_date

_SHORT_REASON = 60
_HALF_HOUR, _HOUR = 30, 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that can be said of an appointment: a button."""

    what: Attendance
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell of the table. `entry` None: nothing is there. `place`: of its column, from 0."""

    place: int
    span: int
    column: DayColumn
    entry: DayEntry | None = None
    time: str = ""
    until: str = ""
    title: str = ""
    note: str = ""
    href: str = ""
    drop: str = ""
    kinds: str = ""
    move: str = ""
    state: str = ""
    icon: str = ""
    icon_label: str = ""
    reason: str = ""
    main_act: Act | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of the table: from when, whether it is now, how tall (`""`, `half` or `hour`), and what begins in it."""

    label: str
    is_now: bool
    size: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The head of a column."""

    place: int
    day: date
    title: str
    note: str
    href: str
    closed: str
    is_today: bool


def heads_of(*, board: Board, looked: Looked, now: datetime) -> list[Head]:
    """What stands over each column: the agenda, or in a week the day."""
    today = local_date(now)
    return [
        Head(
            place=place,
            day=column.day,
            title="" if looked.is_week else column.agenda_name,
            note="" if looked.is_week else column.function,
            href=looked.on(column.day).by("dag").with_agenda(column.agenda_id).href(),
            closed=words.closed_words(column),
            is_today=column.day == today,
        )
        for place, column in enumerate(board.columns)
    ]


def rows_of(*, board: Board, now: datetime) -> list[Row]:
    """The table itself; nothing when nothing stands in it."""
    edges = [edge.at for edge in board.edges]
    if len(edges) < 2:
        return []
    starting: dict[int, list[Cell]] = {edge: [] for edge in edges}
    for place, column in enumerate(board.columns):
        for edge, cell in _cells(board, column, place, edges, now):
            starting[edge].append(cell)
    return [
        Row(
            label=_label(edge),
            is_now=board.now_at is not None and edge.at <= board.now_at < after.at,
            size="hour" if after.at - edge.at >= _HOUR else "half" if after.at - edge.at >= _HALF_HOUR else "",
            cells=tuple(starting[edge.at]),
        )
        for edge, after in pairwise(board.edges)
    ]


def begin_query(column: DayColumn, starts_at: datetime) -> str:
    """A free place as an address carries it."""
    return urlencode({"agenda": column.agenda_id, "begin": address_of(starts_at)})


def waiting_of(*, board: Board, now: datetime) -> list[tuple[DayAppointment, Cell, int]]:
    """Who is in the waiting room, longest first, with how many minutes."""
    found = [
        (since, _appointment(place, 1, column, entry, one, now), one)
        for place, column in enumerate(board.columns)
        for entry in column.entries
        if (one := entry.appointment) is not None
        and one.state is AppointmentState.ARRIVED
        and (since := one.arrived_at) is not None
    ]
    found.sort(key=lambda one: one[0])
    return [(one, cell, max(0, int((now - since).total_seconds() // 60))) for since, cell, one in found]


def _cells(board: Board, column: DayColumn, place: int, edges: list[int], now: datetime) -> Iterable[tuple[int, Cell]]:
    at, index = edges[0], {edge: number for number, edge in enumerate(edges)}
    for entry in column.entries:
        # What has no length on this paper (all of it lies in an hour that is not drawn) begins where the last ended.
        if entry.bottom <= at and entry.bottom <= entry.top:
            continue
        top = max(entry.top, at)
        if top > at:
            yield at, Cell(place=place, span=index[top] - index[at], column=column)
        if entry.bottom > top:
            yield top, _cell(board, column, place, index[entry.bottom] - index[top], entry, now)
            at = entry.bottom
    if at < edges[-1]:
        yield at, Cell(place=place, span=len(edges) - 1 - index[at], column=column)


def _cell(board: Board, column: DayColumn, place: int, span: int, entry: DayEntry, now: datetime) -> Cell:
    if entry.appointment is not None:
        return _appointment(place, span, column, entry, entry.appointment, now)
    time, until = words.clock(entry.starts_at), _until(column.day, entry)
    base = {"place": place, "span": span, "column": column, "entry": entry, "time": time, "until": until}
    if entry.occupation is not None:
        href = reverse("desk_agenda_occupation", args=[entry.occupation.occupation_id])
        return Cell(**base, title=words.occupation_words(entry.occupation), href=href)  # type: ignore[arg-type]  # one dict of several types
    if entry.kind is EntryKind.FREE and entry.free is not None:
        query = begin_query(column, entry.starts_at)
        return Cell(
            **base,  # type: ignore[arg-type]  # one dict of several types
            title=_("vrij"),
            note=_free_note(entry.free),
            href=f"{reverse('desk_appointment_start')}?{query}",
            drop=query,
            kinds=" ".join(str(pk) for pk in sorted(entry.free.kinds)),
            reason=_kind_names(board, entry.free),
        )
    title = {
        EntryKind.PASSED: _("was vrij"),
        EntryKind.HELD: _("wordt nu gekozen"),
        EntryKind.TAKEN: _("bezet: niet (meer) ingeschreven"),
    }.get(entry.kind, "")
    return Cell(**base, title=title)  # type: ignore[arg-type]  # one dict of several types


def _appointment(place: int, span: int, column: DayColumn, entry: DayEntry, one: DayAppointment, now: datetime) -> Cell:
    main, others = _acts(entry, one, now)
    is_movable = one.state is AppointmentState.BOOKED
    return Cell(
        place=place,
        span=span,
        column=column,
        entry=entry,
        time=words.clock(entry.starts_at),
        until=_until(column.day, entry),
        title=one.patient_name,
        note=one.kind_name,
        href=reverse("desk_appointment", args=[one.patient_id, one.appointment_id]),
        move=reverse("desk_agenda_move", args=[one.patient_id, one.appointment_id]) if is_movable else "",
        state=words.state_words(one.state),
        icon=words.MODE_ICONS[one.mode],
        icon_label=words.mode_words(one.mode),
        reason=one.reason if len(one.reason) <= _SHORT_REASON else f"{one.reason[: _SHORT_REASON - 1].rstrip()}…",
        main_act=main,
        acts=others,
    )


def _acts(entry: DayEntry, one: DayAppointment, now: datetime) -> tuple[Act | None, tuple[Act, ...]]:
    """What can be said now: the likeliest as a button in sight, and the rest."""
    arrived = Act(what=Attendance.ARRIVED, label=_("Is er"))
    done = Act(what=Attendance.DONE, label=_("Geweest"))
    missed = Act(what=Attendance.NO_SHOW, label=_("Niet gekomen"))
    back = Act(what=Attendance.WAITED_FOR, label=_("Zet terug"))
    if one.state is AppointmentState.BOOKED:
        if local_date(entry.starts_at) > local_date(now):
            return None, ()
        return arrived, (done, missed) if entry.starts_at <= now else ()
    return (done, (back,)) if one.state is AppointmentState.ARRIVED else (None, (back,))


def _until(day: date, entry: DayEntry) -> str:
    """Until when, where that is on another day."""
    if entry.ends_at > day_ends(day):
        return _("tot %(time)s de volgende dag") % {"time": words.clock(entry.ends_at)}
    if entry.starts_at < day_starts(day):
        return _("van de vorige dag, tot %(time)s") % {"time": words.clock(entry.ends_at)}
    return ""


def _free_note(free: FreePlace) -> str:
    if not free.kinds:
        return _("te kort")
    if free.is_reserve:
        return _("spoed")
    if not free.is_online:
        return _("alleen balie")
    return _("nog niet online") if free.opens_at else ""


def _kind_names(board: Board, free: FreePlace) -> str:
    return ", ".join(name for pk, name in board.kinds.items() if pk in free.kinds)


def _label(edge: Edge) -> str:
    time = f"{edge.minutes // 60 % 24:02}.{edge.minutes % 60:02}"
    return _("%(time)s, wintertijd") % {"time": time} if edge.is_second else time


def days_of(looked: Looked) -> list[date]:
    """The days that are shown."""
    return [looked.first + timedelta(days=ahead) for ahead in range(looked.days)]
