"""What a patient can come for, before a time is chosen (REQ 36, 37, 72; ux 42)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.agenda.models import AppointmentKind
from zorgbalie.agenda.queries.patient import days_to_search, open_appointments, own_rows
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.rules.free import Agenda, places_on
from zorgbalie.agenda.types import AgendaRules, AppointmentKindId, AppointmentState, Mode
from zorgbalie.agenda.types.booking import BookFor, BookingOffer, OfferedKind
from zorgbalie.kernel.ages import age_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.queries.patient_home import check_record_practice

_SEARCH = "appointment.search"


def may_book(*, viewer: Viewer, now: datetime) -> bool:
    """Whether appointments are open to the viewer. Shows no data, logs nothing."""
    patient_id = check_subject(viewer)
    card = next(
        (one for one in practices.list_enrolled_practices(person_id=patient_id) if one.kind is PracticeKind.GP), None
    )
    return card is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=card.practice_id,
        kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE,
        now=now,
    )


def check_may_book(*, viewer: Viewer, now: datetime) -> None:
    """The same, for a page of its own. Raises NotVisible. Audit: `appointment.search`."""
    open_appointments(viewer=viewer, use=Use.READ, event=_SEARCH, now=now)


def list_for_whom(*, viewer: Viewer, now: datetime) -> tuple[BookFor, ...]:
    """For whom else the one who signed in may act; nobody while acting already (ux 41). Audit: `appointment.search`."""
    if viewer.acts_for_other:
        return ()
    today = local_date(now)
    found = gate.open_represented(viewer=viewer, event=_SEARCH, now=now)
    named = (BookFor(person_id=one.person_id, name=one.full_name, age=age_on(one.birth_date, today)) for one in found)
    return tuple(sorted(named, key=lambda one: one.name))


def may_book_for(*, viewer: Viewer, person_id: PersonId, now: datetime) -> bool:
    """Whether an appointment can be made for somebody else. Logs nothing."""
    set_subject(person_id)
    try:
        return may_book(viewer=viewer.about(person_id), now=now)
    finally:
        set_subject(check_subject(viewer))  # the rest of the page is about who looks now


def get_offer(*, viewer: Viewer, now: datetime) -> BookingOffer:
    """The kinds for the age of this patient, each with its first free time.

    The number of queries depends on nothing. Raises NotVisible. Audit: `appointment.search`. Source: REQ 37; ux 42.
    """
    grant = open_appointments(viewer=viewer, use=Use.READ, event=_SEARCH, now=now)
    age = _age(grant, now)
    rows = AppointmentKind.objects.filter(practice_id=grant.practice_id, is_active=True, is_online=True)
    kinds = [one for one in rows.order_by("position", "name", "pk") if _is_for(one, age)]
    intro = get_rules(practice_id=grant.practice_id).intro_text
    if not kinds:
        return BookingOffer(intro_text=intro, kinds=())
    days = days_to_search(now=now, days_ahead=max(one.days_ahead for one in kinds))
    agendas = load_agendas(practice_id=grant.practice_id, first=days[0], until=days[-1], now=now)
    coming = _coming(grant, kinds, now)
    return BookingOffer(
        intro_text=intro,
        kinds=tuple(_offered(one, _first_at(agendas, one, days, now), coming.get(one.pk, 0)) for one in kinds),
    )


def get_kind(*, viewer: Viewer, kind_id: AppointmentKindId, now: datetime) -> OfferedKind:
    """One kind that can be booked online; its first time is not looked for.

    Raises NotVisible, also for another practice's and for what is not online. Audit: `appointment.search`.
    """
    grant = open_appointments(viewer=viewer, use=Use.READ, event=_SEARCH, now=now)
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=True)
    return _offered(kind, None, _coming(grant, [kind], now).get(kind.pk, 0))


def get_texts(*, viewer: Viewer) -> AgendaRules:
    """What the practice of the patient tells who comes (REQ 72). No patient data. Raises NotVisible."""
    return get_rules(practice_id=check_record_practice(viewer=viewer))


def _age(grant: Grant, now: datetime) -> int | None:
    birth_date = people.find_birth_date(person_id=grant.patient_id)
    return age_on(birth_date, local_date(now)) if birth_date else None


def _is_for(kind: AppointmentKind, age: int | None) -> bool:
    return age is None or (kind.min_age <= age and (kind.max_age is None or age <= kind.max_age))


def _coming(grant: Grant, kinds: Sequence[AppointmentKind], now: datetime) -> dict[int, int]:
    rows = own_rows(grant).filter(kind__in=[one.pk for one in kinds], state=AppointmentState.BOOKED, starts_at__gt=now)
    return dict(rows.order_by().values_list("kind_id").annotate(number=Count("pk")))


def _first_at(agendas: Sequence[Agenda], kind: AppointmentKind, days: Sequence[date], now: datetime) -> datetime | None:
    rules = rules_of(kind)
    for day in days[: kind.days_ahead + 1]:
        found = [next(places_on(agenda=one, kind=rules, day=day, now=now, online=True), None) for one in agendas]
        begins = [one.starts_at for one in found if one is not None]
        if begins:
            return min(begins)
    return None


def _offered(kind: AppointmentKind, first_at: datetime | None, coming: int) -> OfferedKind:
    return OfferedKind(
        kind_id=AppointmentKindId(kind.pk),
        name=kind.name,
        description=kind.description,
        with_whom=kind.with_whom,
        minutes=kind.minutes,
        mode=Mode(kind.mode),
        bring=kind.bring,
        how=kind.how,
        first_at=first_at,
        has_most=bool(kind.most_per_patient) and coming >= kind.most_per_patient,
    )
