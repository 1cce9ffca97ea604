"""Whether a place may be taken, and what is nearest when it may not; for both sides."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.agenda.models import AppointmentKind
from zorgbalie.agenda.queries.schedules import load_agendas, rules_of
from zorgbalie.agenda.rules.free import places_on
from zorgbalie.agenda.types import Place, PlaceTaken
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId

_AROUND, _ONE_DAY = timedelta(days=7), timedelta(days=1)
_MOST = 3


def check_free(*, practice_id: PracticeId, kind: AppointmentKind, place: Place, now: datetime, online: bool) -> None:
    """Raises PlaceTaken, with the three nearest free places, when this is not one of them.

    `online` as a patient may have it: not the urgent reserve (R11), not before its release, not too soon.
    """
    day = local_date(place.starts_at)
    # After midnight a place can be of a block that began the day before.
    before = max(day, date.min + _ONE_DAY) - _ONE_DAY
    if place in _free(practice_id, kind, before, day, now, online, [place.agenda_id]):
        return
    today = local_date(now)
    free = _free(practice_id, kind, max(today, day - _AROUND), max(today, day) + _AROUND, now, online)
    nearest = sorted(free, key=lambda one: (abs(one.starts_at - place.starts_at), one.starts_at, one.agenda_id))
    raise PlaceTaken(
        _("Deze tijd is net door iemand anders gekozen. Hieronder staan de tijden die er het dichtst bij liggen."),
        alternatives=tuple(nearest[:_MOST]),
    )


def _free(
    practice_id: PracticeId, kind: AppointmentKind, first: date, until: date, now: datetime, online: bool,
    agenda_ids: Sequence[int] | None = None,
) -> list[Place]:  # fmt: skip
    """What is free from one day to another, both included."""
    agendas = load_agendas(practice_id=practice_id, first=first, until=until, now=now, agenda_ids=agenda_ids)
    days = [first + timedelta(days=number) for number in range((until - first).days + 1)]
    return [
        one
        for agenda in agendas
        for day in days
        for one in places_on(agenda=agenda, kind=rules_of(kind), day=day, now=now, online=online)
    ]
