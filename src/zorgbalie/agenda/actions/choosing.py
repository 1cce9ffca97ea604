"""Whether a place may be taken, and what is nearest when it may not; for both sides."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.agenda.models import AppointmentKind
from zorgbalie.agenda.queries.schedules import load_agendas, rules_of
from zorgbalie.agenda.rules.free import places_on
from zorgbalie.agenda.types import Place, PlaceTaken
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId

_AROUND = timedelta(days=7)
_MOST = 3


def check_free(*, practice_id: PracticeId, kind: AppointmentKind, place: Place, now: datetime, online: bool) -> None:
    """Raises PlaceTaken, with the three nearest free places, when this is not one of them.

    `online` as a patient may have it: not the urgent reserve (R11), not before its release, not too soon.
    """
    day, rules = local_date(place.starts_at), rules_of(kind)
    first, until = max(local_date(now), day - _AROUND), day + _AROUND
    agendas = load_agendas(practice_id=practice_id, first=min(first, day), until=until, now=now)
    days = [first + timedelta(days=number) for number in range((until - first).days + 1)]
    free = [
        one
        for agenda in agendas
        for each in days
        for one in places_on(agenda=agenda, kind=rules, day=each, now=now, online=online)
    ]
    if place in free:
        return
    nearest = sorted(free, key=lambda one: (abs(one.starts_at - place.starts_at), one.starts_at, one.agenda_id))
    raise PlaceTaken(
        _("Deze tijd is net door iemand anders gekozen. Hieronder staan de tijden die er het dichtst bij liggen."),
        alternatives=tuple(nearest[:_MOST]),
    )
