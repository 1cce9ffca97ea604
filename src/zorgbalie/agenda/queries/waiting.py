"""Who waits for an earlier time that a free stretch can give (ux 43). For this app's tasks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from zorgbalie.agenda.models import AppointmentKind, EarlierOffer, EarlierWish
from zorgbalie.agenda.queries.schedules import load_agendas, rules_of
from zorgbalie.agenda.rules import free
from zorgbalie.agenda.rules.offering import offered_places_on
from zorgbalie.agenda.rules.offers import TOLD_AT_ONCE, Wish, stands_until, suits
from zorgbalie.agenda.types import AgendaRules, AppointmentState, OfferState, PartOfDay, Place, WishState
from zorgbalie.agenda.types.waiting import EarlierWishId, Fitting
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId, PracticeId

_ONCE = (OfferState.OPEN, OfferState.REFUSED, OfferState.EXPIRED)
"""Who was offered a time and let it pass is not asked again; when somebody else had it and gave it back, yes."""

_LONGEST = timedelta(days=14)


def list_fitting(
    *, practice_id: PracticeId, stretch: Place, rules: AgendaRules, now: datetime, wish_id: EarlierWishId | None = None
) -> tuple[Fitting, ...]:
    """Who may be offered a place in a stretch that came free, the oldest wish first, each with the first that suits.

    A place is one that may be offered (`rules.offering`, the same rule as of saying yes): never of the urgent reserve
    (R11). Of what enough people were told already there is none. A fixed number of queries, however
    many wait. `wish_id`: of that one alone, to look again before telling.
    """
    rows = _waiting(practice_id, stretch, wish_id)
    places = _places(practice_id, stretch, {row.appointment.kind_id: row.appointment.kind for row in rows}, now)
    told, before = _offered(places)
    found = []
    for row in rows:
        for place in places.get(row.appointment.kind_id, ()):
            is_new = (row.pk, place.agenda_id, place.starts_at) not in before
            if is_new and told[place.agenda_id, place.starts_at] < TOLD_AT_ONCE and until_of(row, place, rules, now):
                found.append(Fitting(wish_id=EarlierWishId(row.pk), patient_id=PersonId(row.patient_id), place=place))
                break
    return tuple(found)


def until_of(row: EarlierWish, place: Place, rules: AgendaRules, now: datetime) -> datetime | None:
    """Until when this place would be offered for this wish; None when it does not suit. For this app."""
    appointment, kind = row.appointment, row.appointment.kind
    wish = Wish(
        agenda_id=appointment.agenda_id,
        starts_at=appointment.starts_at,
        change_until=appointment.starts_at - timedelta(hours=kind.cancel_hours),
        only_same_agenda=row.only_same_agenda,
        part_of_day=PartOfDay(row.part_of_day),
        from_date=row.from_date,
    )
    if not suits(wish=wish, place=place):
        return None
    return stands_until(
        wish=wish, place=place, hours=rules.offer_hours, hours_before=kind.hours_before, quiet_from=rules.quiet_from,
        quiet_until=rules.quiet_until, now=now,
    )  # fmt: skip


def anybody_waits(*, practice_id: PracticeId) -> bool:
    """Whether a time that comes free is worth a look."""
    return EarlierWish.objects.filter(practice_id=practice_id, state=WishState.WAITING).exists()


def _waiting(practice_id: PracticeId, stretch: Place, wish_id: EarlierWishId | None) -> list[EarlierWish]:
    rows = EarlierWish.objects.filter(
        practice_id=practice_id,
        state=WishState.WAITING,
        appointment__state=AppointmentState.BOOKED,
        appointment__starts_at__gt=stretch.starts_at,
        appointment__kind__is_active=True,
        appointment__kind__is_online=True,
    )
    if wish_id is not None:
        rows = rows.filter(pk=wish_id)
    return list(rows.select_related("appointment__kind").order_by("created_at", "pk"))


def _places(
    practice_id: PracticeId, stretch: Place, kinds: Mapping[int, AppointmentKind], now: datetime
) -> dict[int, list[Place]]:
    """What can be booked online in the stretch, by kind; a block of the evening before may still run.

    Of leave that is taken back the first two weeks are looked at.
    """
    if not kinds:
        return {}
    starts_on = local_date(stretch.starts_at)
    first, last = starts_on - timedelta(days=1), min(local_date(stretch.ends_at), starts_on + _LONGEST)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    agendas = load_agendas(practice_id=practice_id, first=first, until=last, now=now, agenda_ids=[stretch.agenda_id])
    return {
        number: [one for one in _on(agendas, kind, days, now) if _overlap(one, stretch)]
        for number, kind in kinds.items()
    }


def _on(agendas: Iterable[free.Agenda], kind: AppointmentKind, days: Iterable[date], now: datetime) -> list[Place]:
    found: list[Place] = []
    for agenda in agendas:
        for day in days:
            found += offered_places_on(agenda=agenda, kind=rules_of(kind), day=day, now=now)
    return sorted(found)


def _overlap(one: Place, other: Place) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _offered(
    places: Mapping[int, list[Place]],
) -> tuple[Counter[tuple[int, datetime]], set[tuple[int, int, datetime]]]:
    """How many have an open offer of each place, and to whom each was offered for good."""
    begins: dict[int, set[datetime]] = defaultdict(set)
    for one in (place for some in places.values() for place in some):
        begins[one.agenda_id].add(one.starts_at)
    told: Counter[tuple[int, datetime]] = Counter()
    before: set[tuple[int, int, datetime]] = set()
    for agenda_id, moments in begins.items():
        rows = EarlierOffer.objects.filter(agenda_id=agenda_id, starts_at__in=moments, state__in=_ONCE)
        for wish_id, starts_at, state in rows.values_list("wish_id", "starts_at", "state"):
            before.add((wish_id, agenda_id, starts_at))
            told[agenda_id, starts_at] += state == OfferState.OPEN
    return told, before
