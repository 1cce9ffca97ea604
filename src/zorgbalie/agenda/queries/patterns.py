"""Week patterns and what is taken in them, as this app's queries and actions on weeks need them; and conflicts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from psycopg.types.range import Int8Range

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Agenda, AgendaClosing, Appointment, Claim, Occupation, WeekBlock
from zorgbalie.agenda.rules.conflicts import Pattern, TakenPlace, digest_of, no_longer_fit
from zorgbalie.agenda.rules.grid import Block
from zorgbalie.agenda.types import AppointmentId, AppointmentState
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.agenda.types.weeks import Conflict, Conflicts
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.opening import is_free_day

_KINDS = WeekBlock.kinds.through
_DAY = timedelta(days=1)
_FAR = datetime.fromisoformat("2200-01-01T00:00:00+00:00")
_COMING = (AppointmentState.BOOKED, AppointmentState.ARRIVED)


def find_agenda(*, practice_id: PracticeId, agenda_id: int, lock: bool = False) -> Agenda:
    """An agenda of the own practice, for this app. Raises NotVisible.

    `lock`: changes of one agenda's weeks wait for one another. Not the lock that a booking would wait for: its claim
    points at this row.
    """
    rows = Agenda.objects.select_for_update(no_key=True) if lock else Agenda.objects.all()
    row = rows.filter(pk=agenda_id, practice_id=practice_id).first()
    if row is None:
        raise NotVisible("agenda")
    return row


def load_pattern(*, practice_id: PracticeId, agenda_id: int, since: date) -> Pattern:
    """The blocks and the leave that count from a day on; three queries."""
    leave = AgendaClosing.objects.filter(agenda_id=agenda_id, practice_id=practice_id, ends_on__gte=since)
    return Pattern(
        blocks=load_blocks(practice_id=practice_id, agenda_id=agenda_id, since=since),
        closings=tuple(leave.order_by("starts_on", "pk").values_list("starts_on", "ends_on")),
    )


def load_coming(*, practice_id: PracticeId, agenda_id: int, now: datetime) -> Pattern:
    """The pattern that counts from now on: a block of yesterday evening may go on after midnight."""
    return load_pattern(practice_id=practice_id, agenda_id=agenda_id, since=local_date(now) - _DAY)


def load_blocks(*, practice_id: PracticeId, agenda_id: int, since: date) -> tuple[Block, ...]:
    """The blocks of an agenda that hold on some day from `since` on."""
    rows = list(
        WeekBlock.objects.filter(agenda_id=agenda_id, practice_id=practice_id)
        .exclude(valid_until__lt=since)
        .order_by("weekday", "starts", "pk")
    )
    kinds: dict[int, set[int]] = defaultdict(set)
    members = _KINDS.objects.filter(weekblock__in=[row.pk for row in rows])
    for block_id, kind_id in members.values_list("weekblock_id", "appointmentkind_id"):
        kinds[block_id].add(kind_id)
    return tuple(_block(row, frozenset(kinds[row.pk])) for row in rows)


def list_taken(*, viewer: Viewer, practice_id: PracticeId, agenda_id: int, now: datetime) -> "Taken":
    """What patients have or hold from now on. Whose and of which kind only for who may see appointments."""
    stretch = Int8Range(*numbers_of(agenda_id=agenda_id, starts_at=_whole(now), ends_at=_FAR))
    own = Occupation.objects.filter(practice_id=practice_id, agenda_id=agenda_id, ends_at__gt=now)
    claims = (
        Claim.objects.filter(place__overlap=stretch, practice_id=practice_id)
        .exclude(expires_at__lte=now)
        .exclude(pk__in=own.values("claim_id"))
    )
    seen: dict[int, Appointment] = {}
    if gate.holds_rights(viewer=viewer, kind=DataKind.APPOINTMENTS, use=Use.READ):
        rows = Appointment.objects.filter(
            practice_id=practice_id, agenda_id=agenda_id, ends_at__gt=now, state__in=_COMING
        )
        seen = {row.claim_id: row for row in rows if row.claim_id is not None}
    places = []
    for pk, stretch_ in claims.values_list("pk", "place"):
        at = place_of(lower=stretch_.lower, upper=stretch_.upper)
        kind_id = seen[pk].kind_id if pk in seen else None
        places.append(TakenPlace(claim_id=pk, starts_at=at.starts_at, ends_at=at.ends_at, kind_id=kind_id))
    return Taken(places=places, seen=seen)


class Taken:
    """Places with, for who may see them, the appointments. For this app."""

    def __init__(self, *, places: Sequence[TakenPlace], seen: dict[int, Appointment]) -> None:
        self.places = places
        self.seen = seen


def find_conflicts(
    *,
    viewer: Viewer,
    practice_id: PracticeId,
    agendas: Sequence[tuple[Agenda, Pattern, Pattern]],
    now: datetime,
    closes: Callable[[date], bool] = lambda _day: False,
) -> Conflicts:
    """Which coming appointments no longer fit, per agenda with what it offers before and after.

    `closes` tells of a day whether no agenda offers anything on it afterwards.
    Audit: `appointment.conflicts`, a line for each patient whose name is shown.
    """
    found: list[tuple[TakenPlace, Agenda, Appointment | None]] = []
    for agenda, before, after in agendas:
        taken = list_taken(viewer=viewer, practice_id=practice_id, agenda_id=agenda.pk, now=now)
        days = _days(taken.places)
        closed = free_days(practice_id=practice_id, days=days, today=local_date(now))
        closing = tuple((day, day) for day in sorted(days) if closes(day))
        misfits = no_longer_fit(before=_with(before, closed), after=_with(after, closed + closing), taken=taken.places)
        found += [(one, agenda, taken.seen.get(one.claim_id)) for one in misfits]
    rows = [row for _place, _agenda, row in found if row is not None]
    if rows:
        patients = [row.patient_id for row in rows]
        gate.log_listed(viewer=viewer, patient_ids=patients, kind=DataKind.APPOINTMENTS, event="appointment.conflicts")
        names = {pk: one.full_name for pk, one in people.list_names(person_ids=patients).items()}
    else:
        names = {}
    found.sort(key=lambda one: (one[0].starts_at, one[0].claim_id))
    return Conflicts(
        rows=tuple(_conflict(place, agenda, row, names) for place, agenda, row in found),
        digest=digest_of(places=[place for place, _agenda, _row in found]),
    )


def free_days(*, practice_id: PracticeId, days: Iterable[date], today: date) -> tuple[tuple[date, date], ...]:
    """Those of these days on which the practice is closed: holidays and closings; two queries."""
    calendar = get_calendar(practice_id=practice_id, since=today)
    return tuple((day, day) for day in sorted(set(days)) if is_free_day(calendar=calendar, day=day))


def _conflict(place: TakenPlace, agenda: Agenda, row: Appointment | None, names: dict[int, str]) -> Conflict:
    return Conflict(
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        agenda_name=agenda.name,
        kind_name=row.kind_name if row else "",
        patient_name=names.get(row.patient_id, "") if row else "",
        patient_id=PersonId(row.patient_id) if row else None,
        appointment_id=AppointmentId(row.pk) if row else None,
    )


def _with(pattern: Pattern, closed: tuple[tuple[date, date], ...]) -> Pattern:
    return Pattern(blocks=pattern.blocks, closings=pattern.closings + closed)


def _days(places: Iterable[TakenPlace]) -> set[date]:
    """The days of these places, and those before: a block of the evening may hold after midnight."""
    days = {local_date(one.starts_at) for one in places}
    return days | {day - _DAY for day in days}


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _block(row: WeekBlock, kinds: frozenset[int]) -> Block:
    return Block(
        block_id=row.pk,
        agenda_id=row.agenda_id,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        step=row.step,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        every_weeks=row.every_weeks,
        kinds=kinds,
        is_online=row.is_online,
    )
