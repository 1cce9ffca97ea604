"""What fills an agenda again and again and is of no patient: meetings, breaks, visits (R10)."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.gate import check_manager
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.models import Occupation
from zorgbalie.agenda.queries.patterns import find_agenda
from zorgbalie.agenda.rules.grid import LATEST_END
from zorgbalie.agenda.types import AgendaId, OccupationKind, Place, PlaceTaken
from zorgbalie.agenda.types.weeks import (
    LONGEST_SERIES_WEEKS,
    MOST_WEEKS_APART,
    PatternRefused,
    SeriesReport,
    WhyNot,
)
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date, moment_of
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer

EVENT = "agenda.occupy"


class SeriesPart(StrEnum):
    """How much of a series goes."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@deed()
@transaction.atomic
def occupy_series(
    *,
    viewer: Viewer,
    agenda_id: AgendaId,
    day: date,
    until: date,
    every_weeks: int,
    starts: int,
    ends: int,
    kind: OccupationKind,
    title: str,
    now: datetime,
) -> SeriesReport:
    """Fill the same time each so many weeks, on each day on which nothing stands there; the others are told, and why.

    It never pushes an appointment out. Raises NotAllowed, NotVisible, PatternRefused. Audit: `agenda.occupy`, for a
    refusal. Source: R10.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    agenda = find_agenda(practice_id=practice_id, agenda_id=agenda_id)
    days = _days(day, until, every_weeks, starts, ends, now)
    places: dict[date, Place] = {}
    for one in days:
        begins, stops = moment_of(day=one, minutes=starts), moment_of(day=one, minutes=ends)
        if begins is not None and stops is not None and begins < stops:
            places[one] = Place(agenda_id=agenda.pk, starts_at=begins, ends_at=stops)
    claims.lock_days(*places.values())
    series, made, refused = uuid4(), [], []
    for one in days:
        if one not in places:
            refused.append((one, WhyNot.NO_SUCH_TIME))
            continue
        place = places[one]
        try:
            claim = claims.take(practice_id=practice_id, place=place, expires_at=None, now=now)
        except PlaceTaken:
            refused.append((one, _why(practice_id, place)))
            continue
        Occupation.objects.create(
            practice_id=practice_id, agenda_id=agenda.pk, claim=claim, kind=kind, title=title.strip()[:120],
            series=series, starts_at=place.starts_at, ends_at=place.ends_at,
        )  # fmt: skip
        made.append(one)
    return SeriesReport(made=tuple(made), refused=tuple(refused))


@deed()
@transaction.atomic
def free_up_series(*, viewer: Viewer, agenda_id: AgendaId, occupation_id: int, part: SeriesPart, now: datetime) -> int:
    """Take away one, this one and all after it, or all that is still to come of a series; returns how many.

    Twice is once. Raises NotAllowed, NotVisible. Audit: `agenda.occupy`, for a refusal.
    """
    practice_id = check_manager(viewer=viewer, event=EVENT)
    find_agenda(practice_id=practice_id, agenda_id=agenda_id)
    rows = Occupation.objects.filter(practice_id=practice_id, agenda_id=agenda_id)
    chosen = rows.filter(pk=occupation_id).first()
    if chosen is None:
        return 0
    gone = rows.filter(pk=occupation_id)
    if chosen.series is not None and part is SeriesPart.FOLLOWING:
        gone = rows.filter(series=chosen.series, starts_at__gte=chosen.starts_at)
    elif chosen.series is not None and part is SeriesPart.ALL:
        # What has been stays: the agenda of a past day is what it was.
        gone = rows.filter(series=chosen.series, ends_at__gt=now)
    found = list(gone.select_for_update().order_by("pk"))
    for row in found:
        claim_id = row.claim_id
        freed = Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)
        row.delete()
        claims.let_lapse(claim_id=claim_id)
        claims.clear(claim_id=claim_id)
        following.offer_freed(place=freed, practice_id=practice_id, now=now)
    return len(found)


def _days(day: date, until: date, every_weeks: int, starts: int, ends: int, now: datetime) -> list[date]:
    if day < local_date(now):
        raise PatternRefused(_("Deze dag is al geweest. Kies een latere dag."), field="day")
    if until < day:
        raise PatternRefused(_("De laatste dag is voor de eerste dag."), field="until")
    if until - day > timedelta(weeks=LONGEST_SERIES_WEEKS):
        raise PatternRefused(_("Zet hoogstens een jaar vooruit."), field="until")
    if not 1 <= every_weeks <= MOST_WEEKS_APART:
        raise PatternRefused(_("Kies elke week tot en met elke 8 weken."), field="every_weeks")
    if not 0 <= starts < ends <= LATEST_END:
        raise PatternRefused(_("Het eind is niet later dan het begin."), field="ends")
    step = timedelta(weeks=every_weeks)
    return [day + number * step for number in range((until - day) // step + 1)]


def _why(practice_id: PracticeId, place: Place) -> WhyNot:
    rows = Occupation.objects.filter(
        practice_id=practice_id, agenda_id=place.agenda_id, starts_at__lt=place.ends_at, ends_at__gt=place.starts_at
    )
    return WhyNot.OCCUPATION if rows.exists() else WhyNot.APPOINTMENT
