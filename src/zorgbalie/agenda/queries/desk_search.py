"""The practice's appointments as the desk finds them: the list, a patient's card, and what an item is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.patients import split_search
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Agenda, Appointment, AppointmentChange, AppointmentKind
from zorgbalie.agenda.queries.desk import check_keeper, open_desk, rows_of
from zorgbalie.agenda.queries.desk_places import is_gp, may_book_for
from zorgbalie.agenda.queries.patient import card_of
from zorgbalie.agenda.types import AgendaId, AppointmentCard, AppointmentId, AppointmentKindId, AppointmentState, Mode
from zorgbalie.agenda.types.desk import AppointmentRow, AppointmentSearch, ChangeKind, ListSort
from zorgbalie.kernel.clock import day_ends, day_starts
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import enrolments

_PAGE = 50
_ON_CARD = 5
# More people than this with one name: the search is too wide to be of use, and stays cheap.
_MOST_FOUND = 200
_ORDER = {
    ListSort.EARLIEST: ("starts_at", "pk"),
    ListSort.LATEST: ("-starts_at", "-pk"),
    ListSort.MADE: ("-booked_at", "-pk"),
}


def search_appointments(
    *, viewer: Viewer, wanted: AppointmentSearch, page: int, now: datetime
) -> Listing[AppointmentRow]:
    """A page of the practice's appointments, in six queries whatever their number.

    Raises NotAllowed, NotVisible. Audit: `appointment.list_for`, a line per patient shown.
    """
    practice_id = check_keeper(viewer=viewer, event="appointment.list_for")
    rows = _narrowed(practice_id, wanted)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total, size=_PAGE)
    shown = list(rows.select_related("agenda").order_by(*_ORDER[wanted.sort])[bounds])
    ids = [row.patient_id for row in shown]
    gate.log_listed(viewer=viewer, patient_ids=ids, kind=DataKind.APPOINTMENTS, event="appointment.list_for")
    return Listing(rows=_read(shown), total=total, number=number, size=_PAGE)


def list_filters(
    *, viewer: Viewer
) -> tuple[tuple[tuple[AgendaId, str], ...], tuple[tuple[AppointmentKindId, str], ...]]:
    """Agendas and kinds to filter by, those that are no longer used too. Raises NotAllowed. No patient data."""
    practice_id = check_keeper(viewer=viewer, event="appointment.list_for")
    agendas = Agenda.objects.filter(practice_id=practice_id).order_by("-is_active", "position", "name")
    kinds = AppointmentKind.objects.filter(practice_id=practice_id).order_by("-is_active", "position", "name")
    return (
        tuple((AgendaId(pk), name) for pk, name in agendas.values_list("pk", "name")),
        tuple((AppointmentKindId(pk), name) for pk, name in kinds.values_list("pk", "name")),
    )


def list_for_card(
    *, viewer: Viewer, patient_id: PersonId, now: datetime
) -> tuple[tuple[AppointmentCard, ...], tuple[AppointmentCard, ...]] | None:
    """The next appointments of a patient and the latest past ones; None for who does not keep the agenda.

    Audit: `appointment.list_one_for`, where it shows something.
    """
    if not may_book_for(viewer=viewer, patient_id=patient_id, now=now) or not is_gp(viewer):
        return None
    grant = open_desk(viewer=viewer, patient_id=patient_id, use=Use.READ, event="appointment.list_one_for", now=now)
    rows = rows_of(grant).select_related("agenda").filter(booked_at__isnull=False)
    coming = rows.filter(starts_at__gte=now).exclude(state=AppointmentState.CANCELLED).order_by("starts_at", "pk")
    past = rows.filter(starts_at__lt=now).order_by("-starts_at", "-pk")
    return tuple(card_of(row) for row in coming[:_ON_CARD]), tuple(card_of(row) for row in past[:_ON_CARD])


def list_latest_changes(*, viewer: Viewer, appointment_ids: Iterable[int]) -> dict[int, ChangeKind]:
    """What the patient did with each of these appointments latest, for the words of an item. Names nobody.

    Empty for who does not keep the agenda.
    """
    ids = list(appointment_ids)
    if not ids or viewer.practice_id is None or not viewer.has_right(StaffRight.BOOK_APPOINTMENTS):
        return {}
    rows = AppointmentChange.objects.filter(practice_id=viewer.practice_id, appointment_id__in=ids, by_patient=True)
    found = rows.order_by("appointment_id", "-happened_at", "-pk").distinct("appointment_id")
    return {pk: ChangeKind(what) for pk, what in found.values_list("appointment_id", "what")}


def _narrowed(practice_id: PracticeId, wanted: AppointmentSearch) -> "QuerySet[Appointment]":
    rows = Appointment.objects.filter(practice_id=practice_id, booked_at__isnull=False)
    if wanted.text.strip():
        rows = rows.filter(patient_id__in=_found_people(practice_id, wanted.text))
    if wanted.agenda_id is not None:
        rows = rows.filter(agenda_id=wanted.agenda_id)
    if wanted.kind_id is not None:
        rows = rows.filter(kind_id=wanted.kind_id)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.from_date is not None:
        rows = rows.filter(starts_at__gte=day_starts(wanted.from_date))
    if wanted.until_date is not None:
        rows = rows.filter(starts_at__lt=day_ends(wanted.until_date))
    if wanted.only_by_patient:
        by_patient = AppointmentChange.objects.filter(appointment_id=OuterRef("pk"), by_patient=True)
        rows = rows.filter(Q(is_online=True) | Exists(by_patient))
    return rows


def _found_people(practice_id: PracticeId, text: str) -> Sequence[int]:
    words, birth_date = split_search(text=text)
    if not words and birth_date is None:
        return ()
    if birth_date is None:
        return list(enrolments.list_enrolled_ids(practice_id=practice_id, words=words, most=_MOST_FOUND))
    found = enrolments.list_enrolled(
        practice_id=practice_id, words=words, birth_date=birth_date, sort="name", descending=False, page=1
    )
    return [row.person_id for row in found.rows]


def _read(shown: Sequence[Appointment]) -> tuple[AppointmentRow, ...]:
    names = people.list_names(person_ids=[row.patient_id for row in shown])
    changes = AppointmentChange.objects.filter(appointment_id__in=[row.pk for row in shown])
    latest = {
        pk: (ChangeKind(what), by_patient)
        for pk, what, by_patient in changes.order_by("appointment_id", "-happened_at", "-pk")
        .distinct("appointment_id")
        .values_list("appointment_id", "what", "by_patient")
    }
    return tuple(
        AppointmentRow(
            appointment_id=AppointmentId(row.pk),
            patient_id=PersonId(row.patient_id),
            patient_name=names[row.patient_id].full_name if row.patient_id in names else "",
            birth_date=names[row.patient_id].birth_date if row.patient_id in names else None,
            agenda_name=row.agenda.name,
            kind_name=row.kind_name,
            mode=Mode(row.mode),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            state=AppointmentState(row.state),
            is_online=row.is_online,
            booked_at=row.booked_at,
            latest=latest[row.pk][0] if row.pk in latest else None,
            latest_by_patient=latest[row.pk][1] if row.pk in latest else False,
        )
        for row in shown
    )
