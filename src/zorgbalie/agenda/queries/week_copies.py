"""What weeks of an agenda become when one week is copied to them: to show first, and then to do (REQ 74)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.access.gate import check_manager
from zorgbalie.agenda.models import Agenda
from zorgbalie.agenda.queries.patterns import find_agenda, find_conflicts, load_blocks, load_coming
from zorgbalie.agenda.queries.weeks import EVENT, days_of, list_leave
from zorgbalie.agenda.rules.conflicts import Pattern
from zorgbalie.agenda.rules.grid import Block, holds_on
from zorgbalie.agenda.rules.weeks import cut, monday_of, stamp_of
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.weeks import CopyPreview, PatternRefused
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


def preview_copy(
    *, viewer: Viewer, source_id: AgendaId, week: date, agenda_id: AgendaId, first: date, last: date | None,
    now: datetime,
) -> CopyPreview:  # fmt: skip
    """What the first of the weeks will be, and what then no longer fits; `first` and `last` are any day of a week.

    Raises NotAllowed, NotVisible, PatternRefused. Audit: `appointment.conflicts`, for each patient named.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id)
    before, after, stamp = plan_copy(
        practice_id=practice_id, agenda=agenda, source_id=source_id, week=week, first=first, last=last, now=now
    )
    monday = monday_of(first)
    leave = list_leave(practice_id=practice_id, agenda_id=agenda_id, since=monday)
    return CopyPreview(
        days=days_of(
            practice_id=practice_id, agenda_id=agenda_id, monday=monday, blocks=after.blocks, leave=leave, now=now
        ),
        conflicts=find_conflicts(viewer=viewer, practice_id=practice_id, agendas=[(agenda, before, after)], now=now),
        stamp=stamp,
    )


def plan_copy(
    *, practice_id: PracticeId, agenda: Agenda, source_id: AgendaId, week: date, first: date, last: date | None,
    now: datetime,
) -> tuple[Pattern, Pattern, str]:  # fmt: skip
    """What the agenda offers before and after, and a stamp of all that was read for it. For this app.

    Raises NotVisible, PatternRefused.
    """
    monday, source_monday = monday_of(first), monday_of(week)
    if monday <= local_date(now):
        raise PatternRefused(_("Kies een week die nog moet beginnen."), field="first")
    sunday = monday_of(last) + _WEEK - _DAY if last is not None else None
    if sunday is not None and sunday < monday:
        raise PatternRefused(_("De laatste week is voor de eerste week."), field="last")
    before = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
    if find_agenda(practice_id=practice_id, agenda_id=source_id).pk == agenda.pk and source_monday >= monday_of(
        local_date(now)
    ):
        source: Sequence[Block] = before.blocks
    else:
        source = load_blocks(practice_id=practice_id, agenda_id=source_id, since=source_monday)
    ahead = monday - source_monday
    copies = [
        Block(
            block_id=0, agenda_id=agenda.pk, weekday=one.weekday, starts=one.starts, ends=one.ends, step=one.step,
            valid_from=day + ahead, valid_until=sunday, every_weeks=1, kinds=one.kinds, is_online=one.is_online,
        )
        for day in (source_monday + timedelta(days=number) for number in range(7))
        for one in source
        if holds_on(block=one, day=day)
    ]  # fmt: skip
    left = [part for one in before.blocks for part in cut(block=one, first=monday, last=sunday)]
    after = Pattern(blocks=(*left, *copies), closings=before.closings)
    return before, after, stamp_of(blocks=[*before.blocks, *source])
