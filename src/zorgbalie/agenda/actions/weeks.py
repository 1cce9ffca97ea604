"""Changing what an agenda offers: blocks, copied weeks, leave (REQ 36, 74). It never touches an appointment.

What no longer fits is shown first. Who goes on says that those appointments stay, with the digest of the list that was
shown: when it is another list by then, that one is shown again and nothing is stored.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.gate import check_manager
from zorgbalie.agenda.actions import claims
from zorgbalie.agenda.models import Agenda, AgendaClosing, WeekBlock
from zorgbalie.agenda.queries.patterns import find_agenda, find_conflicts, load_coming
from zorgbalie.agenda.queries.week_copies import plan_copy
from zorgbalie.agenda.queries.weeks import EVENT, leave_stamp, list_kinds
from zorgbalie.agenda.rules.conflicts import Pattern
from zorgbalie.agenda.rules.grid import LATEST_END, Block, holds_on
from zorgbalie.agenda.rules.weeks import cut, first_meeting, next_day, stamp_of
from zorgbalie.agenda.types import AgendaId, Place
from zorgbalie.agenda.types.weeks import (
    LONGEST_LEAVE_DAYS,
    MOST_WEEKS_APART,
    AppointmentsInTheWay,
    BlocksOverlap,
    PatternRefused,
    WantedBlock,
)
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date, moment_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile
from zorgbalie.ui.formats import day_date

_DAY = timedelta(days=1)
_SEARCHED = 12 * 7
"""Days ahead in which patients book: those wait for a change of their day."""
_SHORTEST_STEP = 5


@deed()
@transaction.atomic
def add_block(*, viewer: Viewer, agenda_id: AgendaId, wanted: WantedBlock, seen: str, now: datetime) -> None:
    """A block from a day on, until a day, or on that day alone. The same one twice is one.

    Raises NotAllowed, NotVisible, PatternRefused, BlocksOverlap. Audit: `agenda.weeks`, for a refusal.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    block = _block_of(practice_id, agenda, wanted, frozenset(), now)
    before = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
    if any(stamp_of(blocks=[replace(one, block_id=0)]) == stamp_of(blocks=[block]) for one in before.blocks):
        return
    _store(viewer, agenda, before, before.blocks, (block,), seen, now)


@deed()
@transaction.atomic
def change_block(
    *,
    viewer: Viewer,
    agenda_id: AgendaId,
    block_id: int,
    day: date,
    only_day: bool,
    wanted: WantedBlock,
    stamp: str,
    seen: str,
    now: datetime,
) -> None:
    """Another block in place of this one from `day` on, or on `day` alone.

    What was before `day` stays as it was. Raises NotAllowed, NotVisible, ChangedMeanwhile, PatternRefused,
    BlocksOverlap, AppointmentsInTheWay. Audit: `agenda.weeks`, for a refusal.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    before = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
    old = _find(before, block_id, day, stamp)
    _check_coming(day, now)
    asked = replace(wanted, until=wanted.day, every_weeks=1) if only_day else wanted
    block = _block_of(practice_id, agenda, asked, old.kinds, now)
    last = day if only_day else None
    others = tuple(one for one in before.blocks if one.block_id != block_id)
    _store(viewer, agenda, before, others + cut(block=old, first=day, last=last), (block,), seen, now)


@deed()
@transaction.atomic
def remove_block(
    *, viewer: Viewer, agenda_id: AgendaId, block_id: int, day: date, only_day: bool, stamp: str, seen: str,
    now: datetime,
) -> None:  # fmt: skip
    """Take a block away on a day, or from that day on. Raises and audit as `change_block`."""
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    before = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
    old = _find(before, block_id, day, stamp)
    _check_coming(day, now)
    others = tuple(one for one in before.blocks if one.block_id != block_id)
    left = others + cut(block=old, first=day, last=day if only_day else None)
    _store(viewer, agenda, before, left, (), seen, now)


@deed()
@transaction.atomic
def copy_week(
    *,
    viewer: Viewer,
    source_id: AgendaId,
    week: date,
    agenda_id: AgendaId,
    first: date,
    last: date | None,
    stamp: str,
    seen: str,
    now: datetime,
) -> None:
    """Make weeks of an agenda as one week of it, or of another: until a week (exceptions), or from then on for good.

    Raises NotAllowed, NotVisible, PatternRefused, ChangedMeanwhile, AppointmentsInTheWay. Audit: `agenda.weeks`, for a
    refusal.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    before, after, found = plan_copy(
        practice_id=practice_id, agenda=agenda, source_id=source_id, week=week, first=first, last=last, now=now
    )
    if found != stamp:
        raise _changed()
    _check_conflicts(viewer, agenda, before, after, seen, now)
    _apply(practice_id, agenda, before.blocks, after.blocks)


@deed()
@transaction.atomic
def save_leave(
    *, viewer: Viewer, agenda_id: AgendaId, leave_id: int | None, starts_on: date, ends_on: date, reason: str,
    stamp: str, seen: str, now: datetime,
) -> None:  # fmt: skip
    """Days on which an agenda offers nothing: new, or changed. Raises and audit as `change_block`."""
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    if ends_on < starts_on:
        raise PatternRefused(_("De laatste dag is voor de eerste dag."), field="ends_on")
    if (ends_on - starts_on).days > LONGEST_LEAVE_DAYS:
        raise PatternRefused(_("Dit is langer dan een jaar."), field="ends_on")
    if ends_on < local_date(now):
        raise PatternRefused(_("Deze dagen zijn al geweest."), field="ends_on")
    before = load_coming(practice_id=practice_id, agenda_id=agenda.pk, now=now)
    old = _find_leave(practice_id, agenda_id, leave_id, stamp) if leave_id is not None else None
    rest = list(before.closings)
    if old is not None and (old.starts_on, old.ends_on) in rest:
        rest.remove((old.starts_on, old.ends_on))
    after = Pattern(blocks=before.blocks, closings=(*rest, (starts_on, ends_on)))
    _check_conflicts(viewer, agenda, before, after, seen, now)
    values: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on, "reason": reason.strip()[:80]}
    if old is None:
        AgendaClosing.objects.get_or_create(practice_id=practice_id, agenda_id=agenda_id, **values)
    else:
        AgendaClosing.objects.filter(pk=old.pk, practice_id=practice_id).update(**values)


@deed()
@transaction.atomic
def remove_leave(*, viewer: Viewer, agenda_id: AgendaId, leave_id: int) -> None:
    """The agenda offers its blocks on those days again. Twice is once. Raises NotAllowed, NotVisible."""
    practice_id = check_manager(viewer=viewer, event=EVENT)
    find_agenda(practice_id=practice_id, agenda_id=agenda_id, lock=True)
    AgendaClosing.objects.filter(pk=leave_id, practice_id=practice_id, agenda_id=agenda_id).delete()


def _find_leave(practice_id: PracticeId, agenda_id: int, leave_id: int, stamp: str) -> AgendaClosing:
    row = AgendaClosing.objects.filter(pk=leave_id, practice_id=practice_id, agenda_id=agenda_id).first()
    if row is None:
        raise NotVisible("agenda closing")
    if leave_stamp(starts_on=row.starts_on, ends_on=row.ends_on, reason=row.reason) != stamp:
        raise _changed()
    return row


def _store(
    viewer: Viewer, agenda: Agenda, before: Pattern, left: tuple[Block, ...], new: tuple[Block, ...], seen: str,
    now: datetime,
) -> None:  # fmt: skip
    for one in new:
        meeting = first_meeting(block=one, others=left)
        if meeting is not None:
            raise BlocksOverlap(
                _("Op %(day)s staat er op deze tijd al een blok. Kies een andere tijd, of wijzig dat blok.")
                % {"day": day_date(value=meeting)},
                field="starts",
            )
    after = Pattern(blocks=left + new, closings=before.closings)
    _check_conflicts(viewer, agenda, before, after, seen, now)
    _apply(PracticeId(agenda.practice_id), agenda, before.blocks, after.blocks)


def _check_conflicts(viewer: Viewer, agenda: Agenda, before: Pattern, after: Pattern, seen: str, now: datetime) -> None:
    """Wait for who books on the days that change, then see that nothing is in the way that was not shown."""
    claims.lock_days(*_days_that_change(agenda, before, after, local_date(now)))
    conflicts = find_conflicts(
        viewer=viewer, practice_id=PracticeId(agenda.practice_id), agendas=[(agenda, before, after)], now=now
    )
    if conflicts.digest and conflicts.digest != seen:
        raise AppointmentsInTheWay(_("Er staan afspraken die dan niet meer passen."), conflicts=conflicts)


def _days_that_change(agenda: Agenda, before: Pattern, after: Pattern, today: date) -> list[Place]:
    """A place on each coming day on which patients may book now and that offers something else afterwards."""
    found = []
    for number in range(_SEARCHED):
        day = today + timedelta(days=number)
        if _offer(before, day) != _offer(after, day):
            for one in (day, day + _DAY):
                noon = moment_of(day=one, minutes=12 * 60)
                assert noon is not None, "the clock never jumps over noon"  # noqa: S101  (for the type alone)
                found.append(Place(agenda_id=agenda.pk, starts_at=noon, ends_at=noon + timedelta(minutes=5)))
    return found


def _offer(pattern: Pattern, day: date) -> tuple[object, ...]:
    if any(first <= day <= last for first, last in pattern.closings):
        return ()
    held = (one for one in pattern.blocks if holds_on(block=one, day=day))
    return tuple(sorted((one.starts, one.ends, one.step, sorted(one.kinds)) for one in held))


def _apply(practice_id: PracticeId, agenda: Agenda, before: Sequence[Block], after: Sequence[Block]) -> None:
    kept = {one.block_id: one for one in after if one.block_id}
    for old in before:
        new = kept.get(old.block_id)
        rows = WeekBlock.objects.filter(pk=old.block_id, practice_id=practice_id)
        if new is None:
            rows.delete()
        elif new != old:
            rows.update(valid_from=new.valid_from, valid_until=new.valid_until)
    for one in after:
        if not one.block_id:
            row = WeekBlock.objects.create(
                practice_id=practice_id, agenda=agenda, weekday=one.weekday, starts=one.starts, ends=one.ends,
                step=one.step, valid_from=one.valid_from, valid_until=one.valid_until, every_weeks=one.every_weeks,
                is_online=one.is_online,
            )  # fmt: skip
            row.kinds.set(one.kinds)


def _find(pattern: Pattern, block_id: int, day: date, stamp: str) -> Block:
    block = next((one for one in pattern.blocks if one.block_id == block_id), None)
    if block is None or stamp_of(blocks=[block]) != stamp:
        raise _changed()
    if not holds_on(block=block, day=day):
        raise NotVisible("week block")
    return block


def _check_coming(day: date, now: datetime) -> None:
    if day < local_date(now):
        raise PatternRefused(_("Deze dag is al geweest. Kies een latere week."))


def _block_of(
    practice_id: PracticeId, agenda: Agenda, wanted: WantedBlock, known: frozenset[int], now: datetime
) -> Block:
    """What is asked for, when it can be. `known`: kinds of the block that it replaces, which may be out of use."""
    _check_coming(wanted.day, now)
    if wanted.until is not None and wanted.until < wanted.day:
        raise PatternRefused(_("De laatste dag is voor de eerste dag."), field="until")
    if not 0 <= wanted.starts < wanted.ends <= LATEST_END or wanted.starts >= LATEST_END // 2:
        raise PatternRefused(_("Het eind is niet later dan het begin."), field="ends")
    if wanted.step < _SHORTEST_STEP or wanted.step > wanted.ends - wanted.starts:
        raise PatternRefused(_("In dit blok past geen enkele afspraak van deze lengte."), field="step")
    if not 1 <= wanted.every_weeks <= MOST_WEEKS_APART:
        raise PatternRefused(_("Kies elke week tot en met elke 8 weken."), field="every_weeks")
    kinds = list_kinds(practice_id=practice_id)
    if not wanted.kinds or any(one not in kinds or not (kinds[one][1] or one in known) for one in wanted.kinds):
        raise PatternRefused(_("Kies minstens één soort afspraak."), field="kinds")
    block = Block(
        block_id=0, agenda_id=agenda.pk, weekday=wanted.day.weekday(), starts=wanted.starts, ends=wanted.ends,
        step=wanted.step, valid_from=wanted.day, valid_until=wanted.until, every_weeks=wanted.every_weeks,
        kinds=wanted.kinds, is_online=wanted.is_online,
    )  # fmt: skip
    if next_day(block=block, day=wanted.day) is None:
        raise PatternRefused(_("Dit blok is er op geen enkele dag."), field="until")
    return block


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(_("Iemand anders heeft dit net gewijzigd. Kijk wat er nu staat."))
