"""Days and weeks of the practice's agenda, as who keeps it sees them (REQ 36; R10, R11).

A fixed number of queries, however many agendas and appointments: everything hangs on the claims of those days, and
those are found by their place. What is booked in other weeks costs nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from psycopg.types.range import Int8Range

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind
from zorgbalie.agenda.models import Agenda, AgendaClosing, Appointment, AppointmentKind, Claim, Occupation
from zorgbalie.agenda.queries.desk import check_keeper
from zorgbalie.agenda.queries.schedules import load_agendas, rules_of
from zorgbalie.agenda.rules import free
from zorgbalie.agenda.rules.day import FreeCell, clock_of, clock_repeats, free_cells, paper_minute
from zorgbalie.agenda.types import (
    AgendaId,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    KindRules,
    Mode,
    OccupationKind,
    Place,
)
from zorgbalie.agenda.types.day import (
    Board,
    DayAppointment,
    DayColumn,
    DayCount,
    DayEntry,
    DayOccupation,
    Edge,
    EntryKind,
    WeekCounts,
)
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.kernel.clock import day_ends, day_starts, local_date, moment_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.free_days import holidays_on
from zorgbalie.practice.opening import Calendar, closing_on

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""Between these an agenda can be looked at; far from both ends of the calendar."""


def get_board(
    *, viewer: Viewer, first: date, days: int, agenda_id: AgendaId | None, now: datetime, event: str
) -> Board:
    """Days of one agenda or of all, with who comes. `event`: `agenda.day`, `agenda.week` or `agenda.print`.

    Raises NotAllowed, NotVisible (no GP practice, an agenda of another practice, a day that no agenda has).
    Audit: `event`, a line per patient shown.
    """
    practice_id = check_keeper(viewer=viewer, event=event)
    found = _load(practice_id, first, days, agenda_id, now)
    names = people.list_names(person_ids=[row.patient_id for row in found.appointments.values()])
    columns = tuple(
        _column(found, row, first + timedelta(days=ahead), names, now) for row in found.rows for ahead in range(days)
    )
    today = local_date(now)
    is_now = any(one.day == today for one in columns)
    board = Board(
        agendas=found.choices,
        columns=columns,
        kinds={row.pk: row.name for row in found.kinds},
        edges=_edges(columns, found.repeats),
        now_at=paper_minute(moment=now, day=today, repeats=found.repeats) if is_now else None,
    )
    gate.log_listed(
        viewer=viewer,
        patient_ids=[one.patient_id for _column_, _entry, one in board.appointments],
        kind=DataKind.APPOINTMENTS,
        event=event,
    )
    return board


def get_week_counts(*, viewer: Viewer, first: date, days: int, now: datetime) -> WeekCounts:
    """A week of the whole practice in numbers: nobody is named. Raises NotAllowed, NotVisible."""
    practice_id = check_keeper(viewer=viewer, event="agenda.week")
    found = _load(practice_id, first, days, None, now)
    per_day: dict[tuple[int, date], int] = defaultdict(int)
    for row in found.appointments.values():
        per_day[row.agenda_id, local_date(row.starts_at)] += 1
    week = [first + timedelta(days=ahead) for ahead in range(days)]
    rows = tuple(
        (
            AgendaId(row.pk),
            row.name,
            tuple(
                DayCount(
                    day=day,
                    appointments=per_day[row.pk, day],
                    free=sum(1 for one in _free(found, row.pk, day, now) if not one.is_over and one.place.kinds),
                    is_closed=_is_closed(found, row.pk, day),
                )
                for day in week
            ),
        )
        for row in found.rows
    )
    return WeekCounts(agendas=found.choices, rows=rows)


def get_stamp(*, viewer: Viewer, first: date, days: int, agenda_id: AgendaId | None, now: datetime) -> str:
    """A short text that is another one once something in these days changed. Names nobody, so it leaves no line.

    Raises NotAllowed, NotVisible.
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.day")
    rows = _agenda_rows(practice_id, agenda_id)
    held, claims = 0, []
    for claim in _claims([row.pk for row in rows], first, days, now):
        claims.append(claim.pk)
        held += claim.expires_at is not None
    revisions = Appointment.objects.filter(claim_id__in=claims, practice_id=practice_id).values_list("revision")
    titles = Occupation.objects.filter(claim_id__in=claims, practice_id=practice_id).values_list("kind", "title")
    return f"{len(claims)}.{sum(claims)}.{held}.{sum(one for (one,) in revisions)}.{sum(len(a + b) for a, b in titles)}"


def list_in_the_way(
    *, viewer: Viewer, agenda_id: AgendaId, starts_at: datetime, ends_at: datetime, now: datetime
) -> tuple[DayEntry, ...]:
    """What stands in a stretch of an agenda, for a message that names it.

    Raises NotAllowed, NotVisible. Audit: `agenda.day`, a line per patient named.
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.day")
    day = min(max(local_date(starts_at), EARLIEST), LATEST)
    found = _load(practice_id, day, 1, agenda_id, now)
    names = people.list_names(person_ids=[row.patient_id for row in found.appointments.values()])
    column = _column(found, found.rows[0], day, names, now)
    entries = tuple(
        one
        for one in column.entries
        if one.kind not in (EntryKind.FREE, EntryKind.PASSED) and one.starts_at < ends_at and one.ends_at > starts_at
    )
    named = [one.appointment.patient_id for one in entries if one.appointment is not None]
    gate.log_listed(viewer=viewer, patient_ids=named, kind=DataKind.APPOINTMENTS, event="agenda.day")
    return entries


def get_name(*, viewer: Viewer, patient_id: PersonId) -> str:
    """What somebody is called about whom the gate let the viewer do something in this unit of work.

    Raises NotAllowed, NotVisible.
    """
    check_keeper(viewer=viewer, event="agenda.day")
    name = people.list_names(person_ids=[patient_id]).get(patient_id)
    return name.full_name if name is not None else ""


def get_occupation(*, viewer: Viewer, occupation_id: int) -> DayOccupation:
    """Filled time of the own practice. Raises NotAllowed, NotVisible. No patient data (R10)."""
    practice_id = check_keeper(viewer=viewer, event="agenda.occupy")
    row = Occupation.objects.filter(pk=occupation_id, practice_id=practice_id).first()
    if row is None:
        raise NotVisible("occupation")
    return occupation_of(row)


def list_agendas(*, viewer: Viewer) -> tuple[tuple[AgendaId, str], ...]:
    """The agendas in use, in their order. Raises NotAllowed, NotVisible. No patient data."""
    practice_id = check_keeper(viewer=viewer, event="agenda.day")
    return tuple((AgendaId(row.pk), row.name) for row in _agenda_rows(practice_id, None) if row.is_active)


def span_of(*, day: date, starts: int, ends: int) -> tuple[datetime, datetime] | None:
    """From and until on a day, in minutes since midnight on the clock; None where the clock does not show one."""
    begins, until = moment_of(day=day, minutes=starts), moment_of(day=day, minutes=ends)
    return (begins, until) if begins is not None and until is not None and begins < until else None


def occupation_of(row: Occupation) -> DayOccupation:
    """A row as others receive it; for this app."""
    return DayOccupation(
        occupation_id=row.pk,
        agenda_id=AgendaId(row.agenda_id),
        kind=OccupationKind(row.kind),
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """Everything of some days, as it was read."""

    rows: list[Agenda]
    choices: tuple[tuple[AgendaId, str], ...]
    drawn: dict[int, free.Agenda]
    kinds: list[AppointmentKind]
    rules: dict[int, KindRules]
    online: frozenset[int]
    claims: dict[int, list[tuple[Place, Claim]]]
    appointments: dict[int, Appointment]
    occupations: dict[int, Occupation]
    calendar: Calendar
    leave: list[AgendaClosing]
    repeats: bool


def _load(practice_id: PracticeId, first: date, days: int, agenda_id: AgendaId | None, now: datetime) -> _Found:
    last = first + timedelta(days=days - 1)
    if first < EARLIEST or last > LATEST:
        raise NotVisible("day")
    known = _agenda_rows(practice_id, None)
    chosen = [row for row in known if agenda_id is None or row.pk == agenda_id]
    if agenda_id is not None and not chosen:
        raise NotVisible("agenda")
    claims = _claims([row.pk for row in chosen], first, days, now)
    in_claims = [one.pk for one in claims]
    by_agenda: dict[int, list[tuple[Place, Claim]]] = defaultdict(list)
    for one in claims:
        by_agenda[one.agenda_id].append((place_of(lower=one.place.lower, upper=one.place.upper), one))
    # Out of use is left out, unless something stands in it on these days or it was asked for.
    rows = [row for row in chosen if row.is_active or agenda_id is not None or by_agenda[row.pk]]
    numbers = [row.pk for row in rows]
    # A night that began the day before goes on in the first day.
    before = first - timedelta(days=1)
    drawn = load_agendas(practice_id=practice_id, first=before, until=last, now=now, agenda_ids=numbers)
    kinds = list(AppointmentKind.objects.filter(practice_id=practice_id, is_active=True).order_by("position", "name"))
    return _Found(
        rows=rows,
        choices=tuple((AgendaId(row.pk), row.name) for row in known if row.is_active),
        drawn={one.agenda_id: one for one in drawn},
        kinds=kinds,
        rules={row.pk: rules_of(row) for row in kinds},
        online=frozenset(row.pk for row in kinds if row.is_online),
        claims=by_agenda,
        appointments={
            row.claim_id or 0: row
            for row in Appointment.objects.filter(claim_id__in=in_claims, practice_id=practice_id)
            .exclude(state=AppointmentState.HELD)
            .order_by("starts_at")
        },
        occupations={
            row.claim_id: row for row in Occupation.objects.filter(claim_id__in=in_claims, practice_id=practice_id)
        },
        calendar=get_calendar(practice_id=practice_id, since=before),
        leave=list(
            AgendaClosing.objects.filter(agenda_id__in=numbers, starts_on__lte=last, ends_on__gte=first).order_by("pk")
        ),
        repeats=clock_repeats(days=[first + timedelta(days=ahead) for ahead in range(days)]),
    )


def _agenda_rows(practice_id: PracticeId, agenda_id: AgendaId | None) -> list[Agenda]:
    rows = Agenda.objects.filter(practice_id=practice_id).order_by("position", "name", "pk")
    return list(rows if agenda_id is None else rows.filter(pk=agenda_id))


def _claims(agenda_ids: Sequence[int], first: date, days: int, now: datetime) -> list[Claim]:
    """What is taken in these days; a held place that lapsed is free."""
    if not agenda_ids:
        return []
    begins = day_starts(first).astimezone(UTC)
    ends = day_ends(first + timedelta(days=days - 1)).astimezone(UTC)
    stretches = [Int8Range(*numbers_of(agenda_id=one, starts_at=begins, ends_at=ends)) for one in agenda_ids]
    wanted = reduce(or_, (Q(place__overlap=one) for one in stretches))
    return list(Claim.objects.filter(wanted).exclude(expires_at__lte=now).order_by("place"))


def _edges(columns: Iterable[DayColumn], repeats: bool) -> tuple[Edge, ...]:
    known = sorted({at for column in columns for one in column.entries for at in (one.top, one.bottom)})
    clocks = (clock_of(paper=at, repeats=repeats) for at in known)
    return tuple(
        Edge(at=at, minutes=minutes, is_second=second) for at, (minutes, second) in zip(known, clocks, strict=True)
    )


def _column(found: _Found, row: Agenda, day: date, names: dict[int, PersonName], now: datetime) -> DayColumn:
    entries = [*_taken_entries(found, row.pk, day, names), *_free_entries(found, row.pk, day, now)]
    closing = closing_on(calendar=found.calendar, day=day)
    leave = next((one for one in found.leave if one.agenda_id == row.pk and one.starts_on <= day <= one.ends_on), None)
    kept = sorted(holidays_on(day=day) & found.calendar.holidays)
    return DayColumn(
        agenda_id=AgendaId(row.pk),
        agenda_name=row.name,
        function=row.function,
        day=day,
        is_closed=bool(closing or leave or kept),
        closed_text=closing.name if closing else leave.reason if leave else "",
        holiday=kept[0] if kept else None,
        entries=tuple(sorted(entries, key=lambda one: (one.top, one.starts_at))),
    )


def _is_closed(found: _Found, agenda_id: int, day: date) -> bool:
    drawn = found.drawn.get(agenda_id)
    return drawn is not None and day in drawn.closed


def _taken_entries(found: _Found, agenda_id: int, day: date, names: dict[int, PersonName]) -> Iterable[DayEntry]:
    begins, ends = day_starts(day), day_ends(day)
    for place, claim in found.claims[agenda_id]:
        if place.starts_at >= ends or place.ends_at <= begins:
            continue
        appointment, occupation = found.appointments.get(claim.pk), found.occupations.get(claim.pk)
        name = names.get(appointment.patient_id) if appointment is not None else None
        kind = EntryKind.HELD if claim.expires_at is not None else EntryKind.TAKEN
        if appointment is not None and name is not None:
            kind = EntryKind.APPOINTMENT
        elif occupation is not None:
            kind = EntryKind.OCCUPATION
        yield DayEntry(
            kind=kind,
            starts_at=place.starts_at,
            ends_at=place.ends_at,
            top=paper_minute(moment=place.starts_at, day=day, repeats=found.repeats),
            bottom=paper_minute(moment=place.ends_at, day=day, repeats=found.repeats),
            appointment=_appointment(appointment, name) if appointment is not None and name is not None else None,
            occupation=occupation_of(occupation) if occupation is not None else None,
        )


def _free(found: _Found, agenda_id: int, day: date, now: datetime) -> Iterable[FreeCell]:
    drawn = found.drawn.get(agenda_id)
    if drawn is None:
        return ()
    return free_cells(agenda=drawn, kinds=found.rules, online=found.online, day=day, now=now)


def _free_entries(found: _Found, agenda_id: int, day: date, now: datetime) -> Iterable[DayEntry]:
    for one in _free(found, agenda_id, day, now):
        yield DayEntry(
            kind=EntryKind.PASSED if one.is_over else EntryKind.FREE,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            top=paper_minute(moment=one.starts_at, day=day, repeats=found.repeats),
            bottom=paper_minute(moment=one.ends_at, day=day, repeats=found.repeats),
            free=one.place,
        )


def _appointment(row: Appointment, name: PersonName) -> DayAppointment:
    return DayAppointment(
        appointment_id=AppointmentId(row.pk),
        patient_id=PersonId(row.patient_id),
        patient_name=name.full_name,
        birth_date=name.birth_date,
        kind_id=AppointmentKindId(row.kind_id),
        kind_name=row.kind_name,
        mode=Mode(row.mode),
        state=AppointmentState(row.state),
        reason=row.reason,
        arrived_at=row.arrived_at,
        revision=row.revision,
    )
