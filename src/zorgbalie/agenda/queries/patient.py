"""What a patient can book, and has booked (REQ 36 to 38; ux 42, 43)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Agenda as AgendaRow
from zorgbalie.agenda.models import Appointment
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.rules.free import Agenda, places_on
from zorgbalie.agenda.rules.parts import is_in_part
from zorgbalie.agenda.types import (
    AgendaId,
    AgendaName,
    AppointmentCard,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    FoundPlaces,
    Mode,
    PartOfDay,
)  # fmt: skip
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.queries.patient_home import check_record_practice

_FIRST = 3
_LONGEST_SEARCH = timedelta(weeks=12)


def find_places(
    *,
    viewer: Viewer,
    kind_id: AppointmentKindId,
    day: date | None,
    now: datetime,
    agenda_id: AgendaId | None = None,
    part: PartOfDay = PartOfDay.ANY,
) -> FoundPlaces:
    """The first places for a kind, how many each of the coming twelve weeks' days has, and all of one day.

    `agenda_id` and `part` narrow it; all agendas that offer the kind are named, to choose from.
    Raises NotVisible. Audit: `appointment.search`. Source: ux 42.
    """
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.search", now=now)
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=True)
    rules, days = rules_of(kind), days_to_search(now=now, days_ahead=kind.days_ahead)
    agendas = load_agendas(practice_id=grant.practice_id, first=days[0], until=days[-1], now=now)
    searched = [one for one in agendas if agenda_id is None or one.agenda_id == agenda_id]
    places = {
        one: sorted(
            place
            for agenda in searched
            for place in places_on(agenda=agenda, kind=rules, day=one, now=now, online=True)
            if is_in_part(moment=place.starts_at, part=part)
        )
        for one in days
    }
    return FoundPlaces(
        first=tuple(islice((place for one in days for place in places[one]), _FIRST)),
        days=tuple((one, len(places[one])) for one in days if places[one]),
        on_day=tuple(places.get(day, ())) if day is not None else (),
        agendas=agenda_names(agendas=agendas, kind_id=kind_id),
        until=days[-1],
    )


def days_to_search(*, now: datetime, days_ahead: int) -> list[date]:
    """From today as far ahead as a kind can be booked, twelve weeks at most; for this app."""
    today = local_date(now)
    return [today + timedelta(days=number) for number in range(min(_LONGEST_SEARCH.days, days_ahead) + 1)]


def agenda_names(*, agendas: Iterable[Agenda], kind_id: AppointmentKindId) -> tuple[AgendaName, ...]:
    """The names of those that offer a kind online, in the practice's order; one query, for this app."""
    numbers = [
        one.agenda_id for one in agendas if any(block.is_online and kind_id in block.kinds for block in one.blocks)
    ]
    rows = AgendaRow.objects.filter(pk__in=numbers).in_bulk()
    return tuple(
        AgendaName(agenda_id=AgendaId(number), name=rows[number].name, function=rows[number].function)
        for number in numbers
        if number in rows
    )


def open_appointments(
    *,
    viewer: Viewer,
    use: Use,
    event: str,
    now: datetime,
    object_id: int | str = "",
    action: AuditAction | None = None,
) -> Grant:
    """Leave of the gate for the patient's own appointments, for this app. Raises NotVisible. Audit: `event`."""
    return gate.open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=check_record_practice(viewer=viewer),
        kind=DataKind.APPOINTMENTS,
        use=use,
        event=event,
        now=now,
        object_type="appointment",
        object_id=object_id,
        action=action,
    )


def own_rows(grant: Grant) -> "QuerySet[Appointment]":
    """Appointments within a grant; for this app."""
    return Appointment.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)


def card_of(row: Appointment, until: datetime | None = None) -> AppointmentCard:
    """A row as others receive it; its agenda is loaded."""
    return AppointmentCard(
        appointment_id=AppointmentId(row.pk),
        patient_id=PersonId(row.patient_id),
        agenda_name=row.agenda.name,
        kind_name=row.kind_name,
        mode=Mode(row.mode),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=AppointmentState(row.state),
        until=until,
        revision=row.revision,
    )
