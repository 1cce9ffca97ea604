"""By when a practice answers: its own choice, or what is sound for any (REQ 31, 49; ux 15)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import F, Func, JSONField, Value

from zorgbalie.access import gate
from zorgbalie.consult import rules
from zorgbalie.consult.models import ConsultTimes
from zorgbalie.consult.types import AnsweredBy, AnswerTimes, OutsideHours, Promise
from zorgbalie.kernel import memory
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.calendars import get_calendar

_DAYS, _HOUR = 2, 17
DAY_FIELDS = {kind: f"days_{kind.value}" for kind in AnsweredBy}
PLAIN_FIELDS = (
    "hour", "cap_per_day", "open_days", "closed_from", "closed_until", "closed_text", "closed_phone", "sent_text",
)  # fmt: skip


def default_times() -> AnswerTimes:
    """What holds while a practice chose nothing: two working days, no cap, always taken, open until closed."""
    return AnswerTimes(days=dict.fromkeys(AnsweredBy, _DAYS), hour=_HOUR)


def get_times(*, practice_id: PracticeId) -> AnswerTimes:
    """What holds at a practice. No patient data; for this app's use."""
    return memory.remembered(key=("consult times", practice_id), read=lambda: _read(practice_id))


def get_managed_times(*, viewer: Viewer) -> AnswerTimes:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    return _read(gate.check_manager(viewer=viewer, event="consult.settings_read"))


def preview_promises(*, viewer: Viewer, chosen: AnswerTimes, now: datetime) -> dict[AnsweredBy, Promise]:
    """What a patient who asks now would be told with these settings. Raises NotAllowed. Source: ux 51."""
    practice_id = gate.check_manager(viewer=viewer, event="consult.settings_read")
    return {kind: promise_of(practice_id=practice_id, times=chosen, kind=kind, now=now) for kind in AnsweredBy}


def promise_of(
    *, practice_id: PracticeId, times: AnswerTimes, kind: AnsweredBy, now: datetime, lock: bool = False
) -> Promise:
    """By when a question of a kind that is sent now is answered.

    `lock` keeps others of this practice from sending until this unit of work ends, so that two at once do not both
    get the last place of a day.
    """
    calendar = rules.with_desk_closed(
        calendar=get_calendar(practice_id=practice_id, since=local_date(now)), times=times
    )
    waiting = count_waiting(practice_id=practice_id, lock=lock) if times.cap_per_day else {}
    return rules.promise(
        sent_at=now,
        calendar=calendar,
        days=times.days[kind],
        hour=times.hour,
        cap=times.cap_per_day,
        waiting=waiting,
    )


def count_waiting(*, practice_id: PracticeId, lock: bool) -> Mapping[date, int]:
    """How many unanswered questions of a practice were promised for each day; numbers alone, whoever they are of.

    Nothing where the practice stored no times: then there is no cap to count for.
    """
    rows = ConsultTimes.objects.filter(practice_id=practice_id)
    counting = Func(
        F("practice_id"), Value(lock), function="wall_consults_waiting", output_field=JSONField()
    )  # reads past row-level security, and gives counts only (config/database/wall_functions.py)
    found = rows.annotate(waiting=counting).values_list("waiting", flat=True).first() or {}
    return {date.fromisoformat(day): count for day, count in found.items()}


def _read(practice_id: PracticeId) -> AnswerTimes:
    row = ConsultTimes.objects.filter(practice_id=practice_id).first()
    return times_of(row) if row else default_times()


def times_of(row: ConsultTimes) -> AnswerTimes:
    """A row as others receive it."""
    return AnswerTimes(
        days={kind: getattr(row, name) for kind, name in DAY_FIELDS.items()},
        outside_hours=OutsideHours(row.outside_hours),
        revision=row.revision,
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
    )
