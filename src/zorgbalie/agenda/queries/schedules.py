"""What agendas offer between two days, in a fixed number of queries however much is booked elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from psycopg.types.range import Int8Range

from zorgbalie.agenda.models import Agenda, AgendaClosing, AppointmentKind, Claim, WeekBlock
from zorgbalie.agenda.rules import free
from zorgbalie.agenda.rules.grid import Block
from zorgbalie.agenda.types import AppointmentKindId, KindRules, OpeningRules, ReleasePlan
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.kernel.clock import moment_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.opening import is_free_day

_KINDS = WeekBlock.kinds.through


def find_kind(*, practice_id: PracticeId, kind_id: AppointmentKindId, online: bool) -> AppointmentKind:
    """A kind of the practice that can be booked, for this app. Raises NotVisible."""
    rows = AppointmentKind.objects.filter(pk=kind_id, practice_id=practice_id, is_active=True)
    row = rows.filter(is_online=True).first() if online else rows.first()
    if row is None:
        raise NotVisible("appointment kind")
    return row


def rules_of(kind: AppointmentKind) -> KindRules:
    """What a kind asks of a place."""
    return KindRules(kind_id=kind.pk, minutes=kind.minutes, hours_before=kind.hours_before, days_ahead=kind.days_ahead)


def load_agendas(
    *, practice_id: PracticeId, first: date, until: date, now: datetime, agenda_ids: Sequence[int] | None = None
) -> tuple[free.Agenda, ...]:
    """Active agendas with all that decides between two days (inclusive). Seven queries at most, no patient data."""
    rows = Agenda.objects.filter(practice_id=practice_id, is_active=True)
    agendas = list((rows if agenda_ids is None else rows.filter(pk__in=agenda_ids)).order_by("position", "name", "pk"))
    if not agendas:
        return ()
    numbers = [one.pk for one in agendas]
    blocks, closed = _blocks(numbers, first, until), _closed(practice_id, numbers, first, until)
    taken = _taken(numbers, first, until, now)
    return tuple(
        free.Agenda(
            agenda_id=one.pk,
            blocks=tuple(blocks[one.pk]),
            opening=OpeningRules(
                reserve=one.urgent_reserve, plan=ReleasePlan(one.release_plan), days_ahead=one.days_ahead
            ),
            closed=closed[one.pk],
            taken=tuple(sorted(taken[one.pk])),
        )
        for one in agendas
    )


def _blocks(agenda_ids: Sequence[int], first: date, until: date) -> dict[int, list[Block]]:
    rows = list(
        WeekBlock.objects.filter(agenda_id__in=agenda_ids, valid_from__lte=until).exclude(valid_until__lt=first)
    )
    kinds: dict[int, set[int]] = defaultdict(set)
    for block_id, kind_id in _KINDS.objects.filter(weekblock__in=[row.pk for row in rows]).values_list(
        "weekblock_id", "appointmentkind_id"
    ):
        kinds[block_id].add(kind_id)
    found: dict[int, list[Block]] = defaultdict(list)
    for row in rows:
        found[row.agenda_id].append(
            Block(
                block_id=row.pk,
                agenda_id=row.agenda_id,
                weekday=row.weekday,
                starts=row.starts,
                ends=row.ends,
                step=row.step,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                every_weeks=row.every_weeks,
                kinds=frozenset(kinds[row.pk]),
                is_online=row.is_online,
            )
        )
    return found


def _closed(practice_id: PracticeId, agenda_ids: Sequence[int], first: date, until: date) -> dict[int, frozenset[date]]:
    """Days without places per agenda: what closes the practice, and leave of its own."""
    calendar = get_calendar(practice_id=practice_id, since=first)
    days = [first + timedelta(days=ahead) for ahead in range((until - first).days + 1)]
    everywhere = {day for day in days if is_free_day(calendar=calendar, day=day)}
    leave = AgendaClosing.objects.filter(agenda_id__in=agenda_ids, starts_on__lte=until, ends_on__gte=first)
    own = list(leave.values_list("agenda_id", "starts_on", "ends_on"))
    return {
        one: frozenset(
            everywhere.union(*({day for day in days if a <= day <= b} for agenda_id, a, b in own if agenda_id == one))
        )
        for one in agenda_ids
    }


def _taken(
    agenda_ids: Sequence[int], first: date, until: date, now: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    """What is claimed; a held place that lapsed is free, and cleared when somebody takes it."""
    begins, ends = moment_of(day=first, minutes=0), moment_of(day=until, minutes=3 * 24 * 60)
    if begins is None or ends is None:
        raise AssertionError("midnight is always on the clock")
    stretches = [Int8Range(*numbers_of(agenda_id=one, starts_at=begins, ends_at=ends)) for one in agenda_ids]
    wanted = reduce(or_, (Q(place__overlap=one) for one in stretches))
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Claim.objects.filter(wanted).exclude(expires_at__lte=now)
    for lower, upper in rows.values_list("place__startswith", "place__endswith"):  # both ends as numbers
        one = place_of(lower=lower, upper=upper)
        found[one.agenda_id].append((one.starts_at, one.ends_at))
    return found
