"""The weeks of an agenda, for who manages the practice (REQ 36, 74)."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta

from psycopg.types.range import Int8Range

from zorgbalie.access.gate import check_manager
from zorgbalie.agenda.models import Agenda, AgendaClosing, AppointmentKind, Claim, Occupation
from zorgbalie.agenda.queries.patterns import find_agenda, find_conflicts, free_days, load_blocks, load_coming
from zorgbalie.agenda.rules.grid import DAY_MINUTES, Block, holds_on
from zorgbalie.agenda.rules.weeks import monday_of, stamp_of
from zorgbalie.agenda.types import AgendaId, OccupationKind, Place
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.agenda.types.weeks import (
    AgendaChoice,
    Conflicts,
    Leave,
    ShownBlock,
    ShownDay,
    ShownOccupation,
    ShownWeek,
)
from zorgbalie.kernel.clock import day_ends, day_starts, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.free_days import Holiday, holidays_on

EVENT = "agenda.weeks"
_WEEK = 7


def get_week(*, viewer: Viewer, agenda_id: AgendaId, day: date, now: datetime) -> ShownWeek:
    """The week of a day: blocks with how many places are taken, closings, leave, and what fills time.

    Eleven queries, however much is booked. Raises NotAllowed, NotVisible. Audit: `agenda.weeks`, for a refusal.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id)
    monday = monday_of(day)
    blocks = load_blocks(practice_id=practice_id, agenda_id=agenda_id, since=monday)
    kinds = list_kinds(practice_id=practice_id)
    leave = list_leave(practice_id=practice_id, agenda_id=agenda_id, since=min(monday, local_date(now)))
    return ShownWeek(
        agenda_id=agenda_id,
        name=agenda.name,
        monday=monday,
        days=days_of(practice_id=practice_id, agenda_id=agenda_id, monday=monday, blocks=blocks, leave=leave, now=now),
        leave=leave,
        kinds=tuple(AgendaChoice(number=pk, name=name) for pk, (name, is_active) in kinds.items() if is_active),
        agendas=tuple(
            AgendaChoice(number=pk, name=name)
            for pk, name in Agenda.objects.filter(practice_id=practice_id, is_active=True)
            .order_by("position", "name", "pk")
            .values_list("pk", "name")
        ),
    )


def days_of(
    *, practice_id: PracticeId, agenda_id: AgendaId, monday: date, blocks: Sequence[Block], leave: Sequence[Leave],
    now: datetime,
) -> tuple[ShownDay, ...]:  # fmt: skip
    """A week of these blocks, with what stands in that agenda then. For this app."""
    days = [monday + timedelta(days=ahead) for ahead in range(_WEEK)]
    closed = {first for first, _last in free_days(practice_id=practice_id, days=days, today=monday)}
    names = {pk: name for pk, (name, _is_active) in list_kinds(practice_id=practice_id).items()}
    occupations, taken = _standing(practice_id, agenda_id, monday, now)
    return tuple(
        ShownDay(
            day=day,
            blocks=tuple(
                _shown(one, day, names, taken)
                for one in sorted(blocks, key=lambda one: (one.starts, one.block_id))
                if holds_on(block=one, day=day)
            ),
            occupations=tuple(one for one in occupations if local_date(one.starts_at) == day),
            is_closed=day in closed,
            leave=tuple(one.reason for one in leave if one.starts_on <= day <= one.ends_on),
        )
        for day in days
    )


def get_block(*, viewer: Viewer, agenda_id: AgendaId, block_id: int, day: date, now: datetime) -> ShownBlock:
    """One block on a day, to change it. Raises NotAllowed, NotVisible when it does not hold on that day."""
    week = get_week(viewer=viewer, agenda_id=agenda_id, day=day, now=now)
    found = (one for shown in week.days for one in shown.blocks if one.block_id == block_id and one.day == day)
    block = next(found, None)
    if block is None:
        raise NotVisible("week block")
    return block


def find_practice_conflicts(*, viewer: Viewer, starts_on: date, ends_on: date, now: datetime) -> Conflicts:
    """Which appointments of any agenda stand on days on which the practice wants to close. They stay as they are.

    Raises NotAllowed. Audit: `appointment.conflicts`, for each patient named.
    """
    return _practice_conflicts(viewer, lambda day: starts_on <= day <= ends_on, now)


def find_holiday_conflicts(*, viewer: Viewer, holidays: Collection[Holiday], now: datetime) -> Conflicts:
    """Which appointments of any agenda stand on holidays that the practice wants to keep. They stay as they are.

    Those that it keeps already closed their days before, and are in nobody's way now. Raises and audit as
    `find_practice_conflicts`.
    """
    chosen = frozenset(holidays)
    return _practice_conflicts(viewer, lambda day: bool(holidays_on(day=day) & chosen), now)


def _practice_conflicts(viewer: Viewer, closes: Callable[[date], bool], now: datetime) -> Conflicts:
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agendas = []
    for agenda in Agenda.objects.filter(practice_id=practice_id).order_by("position", "pk"):
        pattern = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
        agendas.append((agenda, pattern, pattern))
    return find_conflicts(viewer=viewer, practice_id=practice_id, agendas=agendas, now=now, closes=closes)


def list_kinds(*, practice_id: PracticeId) -> dict[int, tuple[str, bool]]:
    """Name, and whether it is still used, of each kind of the practice. For this app."""
    rows = AppointmentKind.objects.filter(practice_id=practice_id).order_by("position", "name", "pk")
    return {pk: (name, is_active) for pk, name, is_active in rows.values_list("pk", "name", "is_active")}


def leave_stamp(*, starts_on: date, ends_on: date, reason: str) -> str:
    """What a form of leave sends back, so that nobody changes what somebody else just did."""
    return f"{starts_on}/{ends_on}/{reason}"


def list_leave(*, practice_id: PracticeId, agenda_id: AgendaId, since: date) -> tuple[Leave, ...]:
    """The leave of an agenda that is not over on a day. For this app."""
    rows = AgendaClosing.objects.filter(practice_id=practice_id, agenda_id=agenda_id, ends_on__gte=since)
    return tuple(
        Leave(
            leave_id=row.pk,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            reason=row.reason,
            stamp=leave_stamp(starts_on=row.starts_on, ends_on=row.ends_on, reason=row.reason),
        )
        for row in rows.order_by("starts_on", "pk")[:200]
    )


def _standing(
    practice_id: PracticeId, agenda_id: int, monday: date, now: datetime
) -> tuple[tuple[ShownOccupation, ...], tuple[Place, ...]]:
    """What fills time in a week, and the places of patients in it (no more than their times)."""
    begins, ends = day_starts(monday), day_ends(monday + timedelta(days=_WEEK))
    rows = list(
        Occupation.objects.filter(
            practice_id=practice_id, agenda_id=agenda_id, starts_at__lt=ends, ends_at__gt=begins
        ).order_by("starts_at", "pk")
    )
    stretch = Int8Range(*numbers_of(agenda_id=agenda_id, starts_at=begins, ends_at=ends))
    own = {row.claim_id for row in rows}
    claims = Claim.objects.filter(place__overlap=stretch, practice_id=practice_id).exclude(expires_at__lte=now)
    places = [
        place_of(lower=stretch_.lower, upper=stretch_.upper)
        for pk, stretch_ in claims.values_list("pk", "place")
        if pk not in own
    ]
    return tuple(_occupation(row) for row in rows), tuple(places)


def _occupation(row: Occupation) -> ShownOccupation:
    return ShownOccupation(
        occupation_id=row.pk,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        kind=OccupationKind(row.kind),
        title=row.title,
        is_series=row.series is not None,
    )


def _shown(block: Block, day: date, names: dict[int, str], taken: Sequence[Place]) -> ShownBlock:
    begins, ends = _clock(day, block.starts), _clock(day, block.ends)
    kinds = ((pk, names[pk]) for pk in block.kinds if pk in names)
    return ShownBlock(
        block_id=block.block_id,
        day=day,
        starts=block.starts,
        ends=block.ends,
        step=block.step,
        every_weeks=block.every_weeks,
        since=block.valid_from,
        until=block.valid_until,
        kinds=tuple(sorted(kinds, key=lambda one: one[1])),
        is_online=block.is_online,
        appointments=sum(1 for one in taken if begins <= one.starts_at < ends),
        stamp=stamp_of(blocks=[block]),
    )


def _clock(day: date, minutes: int) -> datetime:
    """When the clock shows this, or the moment that it jumps over it."""
    extra, rest = divmod(minutes, DAY_MINUTES)
    at = day_starts(day + timedelta(days=extra))
    return at.replace(hour=rest // 60, minute=rest % 60)
