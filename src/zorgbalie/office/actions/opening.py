"""Changes of when the own practice is open (REQ 31, 88; R17)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.rules import difference
from zorgbalie.office.types import ClosingNotUsable, Holiday, HoursNotUsable, Week
from zorgbalie.practice.actions import opening as registers
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.opening import LONGEST_CLOSING, Block, is_usable_day

_FURTHEST_YEARS = 3


@transaction.atomic
def change_opening(*, viewer: Viewer, week: Week, holidays: Iterable[Holiday], revision: int, now: datetime) -> None:
    """Store hours and holidays; `revision` is of the form that was opened.

    Raises NotAllowed, HoursNotUsable, ChangedMeanwhile. Audit: `opening.changed`, with each day before and after.
    """
    practice_id = gate.check_manager(viewer=viewer, event="opening.changed")
    for number, blocks in enumerate(week):
        if not is_usable_day(blocks=blocks):
            raise HoursNotUsable(_("Deze tijden kloppen niet."), field=f"day{number}_from1")
    before = get_calendar(practice_id=practice_id, since=local_date(now))
    chosen = frozenset(holidays)
    registers.store_opening(practice_id=practice_id, week=week, holidays=chosen, revision=revision)
    gate.log_change(
        viewer=viewer,
        event="opening.changed",
        action=AuditAction.UPDATE,
        object_type="practice_opening",
        object_id=practice_id,
        detail=difference(_values(before.week, before.holidays), _values(week, chosen)),
    )


@transaction.atomic
def add_closing(*, viewer: Viewer, name: str, starts_on: date, ends_on: date, now: datetime) -> bool:
    """Close the practice for some days; returns whether that is new. The same closing twice is one.

    Raises NotAllowed, ClosingNotUsable. Audit: `opening.closing_added`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="opening.closing_added")
    today = local_date(now)
    if ends_on < starts_on:
        raise ClosingNotUsable(_("De laatste dag is eerder dan de eerste dag."), field="ends_on")
    if ends_on < today:
        raise ClosingNotUsable(_("Deze dagen zijn al voorbij."), field="ends_on")
    if ends_on - starts_on > LONGEST_CLOSING or starts_on.year > today.year + _FURTHEST_YEARS:
        raise ClosingNotUsable(_("Kies hoogstens een jaar, en niet meer dan drie jaar vooruit."), field="ends_on")
    if not registers.add_closing(practice_id=practice_id, name=name, starts_on=starts_on, ends_on=ends_on):
        return False
    _log(viewer, "opening.closing_added", AuditAction.CREATE, practice_id, name, starts_on, ends_on)
    return True


@transaction.atomic
def remove_closing(*, viewer: Viewer, closing_id: int) -> None:
    """Take a closing away; twice is once. Raises NotAllowed. Audit: `opening.closing_removed`."""
    practice_id = gate.check_manager(viewer=viewer, event="opening.closing_removed")
    found = registers.remove_closing(practice_id=practice_id, closing_id=closing_id)
    if found is not None:
        _log(
            viewer,
            "opening.closing_removed",
            AuditAction.DELETE,
            practice_id,
            found.name,
            found.starts_on,
            found.ends_on,
        )


def _log(
    viewer: Viewer, event: str, action: AuditAction, practice_id: int, name: str, starts_on: date, ends_on: date
) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=action,
        object_type="practice_closing",
        object_id=practice_id,
        detail={"name": name, "starts_on": str(starts_on), "ends_on": str(ends_on)},
    )


def _values(week: Week | None, holidays: frozenset[Holiday]) -> dict[str, object]:
    days = {f"day{number}": _day_text(blocks) for number, blocks in enumerate(week or ((),) * 7)}
    return {**days, "holidays": holidays}


def _day_text(blocks: Iterable[Block]) -> str:
    return " ".join(f"{one.start // 60:02}:{one.start % 60:02}-{one.end // 60:02}:{one.end % 60:02}" for one in blocks)
