"""Changes of when a practice is open."""

from collections.abc import Iterable
from datetime import date

from zorgbalie.kernel.ids import PracticeId
from zorgbalie.practice.actions.settings_rows import store_settings
from zorgbalie.practice.free_days import Holiday
from zorgbalie.practice.models import PracticeClosing, PracticeOpening
from zorgbalie.practice.opening import Closing, Week, stored_week


def store_opening(*, practice_id: PracticeId, week: Week, holidays: Iterable[Holiday], revision: int) -> None:
    """Store week and holidays if nobody did since `revision` (0: never stored). Raises ChangedMeanwhile."""
    values = {"week": stored_week(week=week), "holidays": sorted(one.value for one in holidays)}
    store_settings(table=PracticeOpening, practice_id=practice_id, values=values, revision=revision)


def add_closing(*, practice_id: PracticeId, name: str, starts_on: date, ends_on: date) -> bool:
    """A closing; the same one twice is one. Returns whether it is new."""
    _row, is_new = PracticeClosing.objects.get_or_create(
        practice_id=practice_id, name=name, starts_on=starts_on, ends_on=ends_on
    )
    return is_new


def remove_closing(*, practice_id: PracticeId, closing_id: int) -> Closing | None:
    """Take a closing of this practice away; returns what it was, None for what is not there (any more)."""
    row = PracticeClosing.objects.filter(practice_id=practice_id, pk=closing_id).first()
    if row is None:
        return None
    found = Closing(name=row.name, starts_on=row.starts_on, ends_on=row.ends_on, closing_id=row.pk)
    row.delete()
    return found
