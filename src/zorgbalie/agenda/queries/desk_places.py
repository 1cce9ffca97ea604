"""What the desk can book for who calls: the reserve too, and what patients do not see yet (REQ 36, 74; R11)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Agenda, AppointmentKind
from zorgbalie.agenda.queries.desk import open_desk, rows_of
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.rules.desk_places import marked_places
from zorgbalie.agenda.rules.free import Agenda as FreeAgenda
from zorgbalie.agenda.rules.free import counts_per_day, places_on
from zorgbalie.agenda.types import (
    AgendaId,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    Mode,
    Place,
)  # fmt: skip
from zorgbalie.agenda.types.desk import DeskPlace, DeskPlaces, Doubt, KindChoice
from zorgbalie.kernel.ages import age_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice.queries import find_practice_kind
from zorgbalie.practice.types import PracticeKind

_FIRST = 3
_WEEKS_SEARCHED = timedelta(weeks=12)
_SEARCH = "appointment.search_for"


def may_book_for(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the way to an appointment for this patient. Shows nothing, logs nothing."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=viewer.practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, now=now,
    )  # fmt: skip


def list_kinds_for(
    *, viewer: Viewer, patient_id: PersonId, agenda_id: AgendaId | None, starts_at: datetime | None, now: datetime
) -> tuple[KindChoice, ...]:
    """The kinds that can be booked for a patient; with a time, those that can begin then are marked, and come first.

    Raises NotAllowed, NotVisible. Audit: `appointment.search_for`.
    """
    grant = open_desk(viewer=viewer, patient_id=patient_id, use=Use.READ, event=_SEARCH, now=now)
    rows = list(kind_rows(grant.practice_id))
    if agenda_id is None or starts_at is None:
        return tuple(choice_of(row) for row in rows)
    day = local_date(starts_at)
    agendas = load_agendas(practice_id=grant.practice_id, first=day, until=day, now=now, agenda_ids=[agenda_id])
    found = [choice_of(row, fits=_begins(agendas, row, day, starts_at, now)) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.fits))


def find_places_for(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    kind_id: AppointmentKindId,
    agenda_id: AgendaId | None,
    day: date | None,
    now: datetime,
) -> DeskPlaces:
    """Free places for a kind in the coming twelve weeks. A fixed number of queries, whatever is booked.

    Raises NotAllowed, NotVisible. Audit: `appointment.search_for`.
    """
    grant = open_desk(viewer=viewer, patient_id=patient_id, use=Use.READ, event=_SEARCH, now=now)
    return _found(grant.practice_id, find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=False),
                  agenda_id, day, now)  # fmt: skip


def find_places_to_move(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    appointment_id: AppointmentId,
    agenda_id: AgendaId | None,
    day: date | None,
    now: datetime,
) -> DeskPlaces:
    """Free places for an appointment that is to be moved; its kind may be one that is no longer offered.

    Raises NotAllowed, NotVisible. Audit: `appointment.search_for`.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, use=Use.READ, event=_SEARCH, now=now, object_id=appointment_id
    )
    row = rows_of(grant).select_related("kind").filter(pk=appointment_id, booked_at__isnull=False).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return _found(grant.practice_id, row.kind, agenda_id, day, now)


def list_doubts(
    *, viewer: Viewer, patient_id: PersonId, kind_id: AppointmentKindId, starts_at: datetime, now: datetime
) -> tuple[Doubt, ...]:
    """Why this patient could not book this online: a warning, staff decide. Raises NotAllowed, NotVisible.

    Audit: `appointment.search_for`.
    """
    grant = open_desk(viewer=viewer, patient_id=patient_id, use=Use.READ, event=_SEARCH, now=now)
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=False)
    birth_date = people.find_birth_date(person_id=grant.patient_id)
    age = age_on(birth_date, local_date(starts_at)) if birth_date else kind.min_age
    coming = rows_of(grant).filter(kind=kind, state=AppointmentState.BOOKED, starts_at__gt=now).count()
    doubts = {
        Doubt.TOO_YOUNG: age < kind.min_age,
        Doubt.TOO_OLD: kind.max_age is not None and age > kind.max_age,
        Doubt.HAS_ONE: bool(kind.most_per_patient) and coming >= kind.most_per_patient,
    }
    return tuple(doubt for doubt, holds in doubts.items() if holds)


def kind_rows(practice_id: PracticeId) -> Sequence[AppointmentKind]:
    """The kinds of a GP practice in its own order; for this app. Raises NotVisible for a pharmacy."""
    check_gp(practice_id)
    return list(AppointmentKind.objects.filter(practice_id=practice_id, is_active=True).order_by("position", "name"))


def agenda_names(practice_id: PracticeId) -> Mapping[int, str]:
    """The active agendas of a practice in its own order; for this app."""
    rows = Agenda.objects.filter(practice_id=practice_id, is_active=True).order_by("position", "name", "pk")
    return dict(rows.values_list("pk", "name"))


def check_gp(practice_id: PracticeId) -> None:
    """A pharmacy has no agenda; for this app. Raises NotVisible."""
    if find_practice_kind(practice_id=practice_id) is not PracticeKind.GP:
        raise NotVisible(DataKind.APPOINTMENTS)


def is_gp(viewer: Viewer) -> bool:
    """Whether the viewer works where there is an agenda; for this app."""
    return viewer.practice_id is not None and find_practice_kind(practice_id=viewer.practice_id) is PracticeKind.GP


def choice_of(row: AppointmentKind, *, fits: bool = True) -> KindChoice:
    """A kind as others receive it; for this app."""
    return KindChoice(
        kind_id=AppointmentKindId(row.pk), name=row.name, description=row.description, with_whom=row.with_whom,
        minutes=row.minutes, mode=Mode(row.mode), is_online=row.is_online, fits=fits,
    )  # fmt: skip


def _begins(
    agendas: Sequence[FreeAgenda], kind: AppointmentKind, day: date, starts_at: datetime, now: datetime
) -> bool:
    return any(
        place.starts_at == starts_at
        for agenda in agendas
        for place in places_on(agenda=agenda, kind=rules_of(kind), day=day, now=now, online=False)
    )


def _found(
    practice_id: PracticeId, kind: AppointmentKind, agenda_id: AgendaId | None, day: date | None, now: datetime
) -> DeskPlaces:
    check_gp(practice_id)
    rules, today = rules_of(kind), local_date(now)
    days = [today + timedelta(days=number) for number in range(_WEEKS_SEARCHED.days + 1)]
    names = agenda_names(practice_id)
    agendas = load_agendas(
        practice_id=practice_id, first=today, until=days[-1], now=now,
        agenda_ids=None if agenda_id is None else [agenda_id],
    )  # fmt: skip
    counts = counts_per_day(agendas=agendas, kind=rules, days=days, now=now, online=False)
    open_days = [one for one in days if counts[one]]

    def on(one: date) -> list[DeskPlace]:
        found = [
            DeskPlace(place=place, agenda_name=names[place.agenda_id], is_urgent=is_urgent, is_seen=is_seen)
            for agenda in agendas
            for place, is_urgent, is_seen in marked_places(
                agenda=agenda, kind=rules, day=one, now=now, is_online=kind.is_online
            )
        ]
        return sorted(found, key=lambda place: (place.place.starts_at, place.agenda_name))

    first: list[DeskPlace] = []
    for one in open_days:
        first += on(one)
        if len(first) >= _FIRST:
            break
    return DeskPlaces(
        kind=choice_of(kind),
        first=tuple(first[:_FIRST]),
        days=tuple((one, counts[one]) for one in open_days),
        on_day=tuple(on(day)) if day is not None and counts.get(day) else (),
        agendas=tuple((AgendaId(pk), name) for pk, name in names.items()),
    )


def name_places(*, viewer: Viewer, places: Sequence[Place]) -> tuple[DeskPlace, ...]:
    """Alternatives with the names of their agendas. Raises NotVisible for who is no staff. No patient data."""
    if viewer.practice_id is None:
        raise NotVisible("agenda")
    names = agenda_names(viewer.practice_id)
    return tuple(
        DeskPlace(place=one, agenda_name=names.get(one.agenda_id, ""), is_urgent=False, is_seen=False) for one in places
    )
