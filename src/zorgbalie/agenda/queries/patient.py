"""What a patient can book, and has booked (REQ 36 to 38; ux 42, 43)."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.rules.free import counts_per_day, places_on
from zorgbalie.agenda.types import (
    AgendaId,
    AppointmentCard,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    FoundPlaces,
    Mode,
    Place,
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
) -> FoundPlaces:
    """The first places for a kind, how many each of the coming twelve weeks' days has, and all of one day.

    Raises NotVisible. Audit: `appointment.search`. Source: ux 42.
    """
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.search", now=now)
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=True)
    rules, today = rules_of(kind), local_date(now)
    days = [today + timedelta(days=number) for number in range(min(_LONGEST_SEARCH.days, rules.days_ahead) + 1)]
    agendas = load_agendas(
        practice_id=grant.practice_id,
        first=today,
        until=days[-1],
        now=now,
        agenda_ids=None if agenda_id is None else [agenda_id],
    )
    counts = counts_per_day(agendas=agendas, kind=rules, days=days, now=now, online=True)
    open_days = [one for one in days if counts[one]]

    def on(one: date) -> list[Place]:
        return sorted(
            place for agenda in agendas for place in places_on(agenda=agenda, kind=rules, day=one, now=now, online=True)
        )

    first: list[Place] = []
    for one in open_days:
        first += on(one)
        if len(first) >= _FIRST:
            break
    return FoundPlaces(
        first=tuple(first[:_FIRST]),
        days=tuple((one, counts[one]) for one in open_days),
        on_day=tuple(on(day)) if day is not None and day in counts else (),
    )


def list_appointments(*, viewer: Viewer, now: datetime) -> tuple[AppointmentCard, ...]:
    """Booked appointments, coming and past, the latest first. Raises NotVisible. Audit: `appointment.list`."""
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.list", now=now)
    rows = own_rows(grant).exclude(state=AppointmentState.HELD).select_related("agenda").order_by("-starts_at", "-pk")
    return tuple(card_of(row) for row in rows[:200])


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
