"""When a practice is open, as it is stored: for promises, the agenda and the settings."""

from datetime import date

from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS, Holiday
from zorgbalie.practice.models import PracticeClosing, PracticeOpening
from zorgbalie.practice.opening import Calendar, Closing, Week, week_of


def get_calendar(*, practice_id: PracticeId, since: date) -> Calendar:
    """Hours, holidays and the closings that end on or after `since`; two queries in a unit of work."""
    return memory.remembered(key=("calendar", practice_id, since), read=lambda: _read(practice_id, since))


def get_opening_revision(*, practice_id: PracticeId, lock: bool = False) -> int:
    """How often the hours were saved; 0 for never."""
    rows = PracticeOpening.objects.select_for_update() if lock else PracticeOpening.objects.all()
    return rows.filter(practice_id=practice_id).values_list("revision", flat=True).first() or 0


def week_of_row(row: PracticeOpening | None) -> Week | None:
    """The week of a row, for this app's reads."""
    return week_of(stored=row.week) if row is not None else None


def _read(practice_id: PracticeId, since: date) -> Calendar:
    row = PracticeOpening.objects.filter(practice_id=practice_id).first()
    known = {one.value for one in Holiday}
    closings = PracticeClosing.objects.filter(practice_id=practice_id, ends_on__gte=since)
    return Calendar(
        week=week_of_row(row),
        holidays=frozenset(Holiday(one) for one in row.holidays if one in known) if row else DEFAULT_HOLIDAYS,
        closings=tuple(
            Closing(name=one.name, starts_on=one.starts_on, ends_on=one.ends_on, closing_id=one.pk)
            for one in closings.order_by("starts_on", "pk")
        ),
    )
