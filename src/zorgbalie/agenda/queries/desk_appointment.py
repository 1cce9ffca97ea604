"""One appointment as the desk handles it: beside what it is, who made it, what happened to it, and the wish."""

from collections.abc import Sequence
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Agenda, Appointment, AppointmentChange, EarlierWish
from zorgbalie.agenda.queries.details import get_for_desk
from zorgbalie.agenda.types import AppointmentId, AppointmentState, PartOfDay, WishState
from zorgbalie.agenda.types.desk import ChangeKind, ChangeLine, DeskAppointment, WishLine
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

_MOST_STEPS = 100


def get_desk_appointment(
    *, viewer: Viewer, patient_id: PersonId, appointment_id: AppointmentId, now: datetime
) -> DeskAppointment:
    """Raises NotAllowed, NotVisible. Audit: `appointment.read_for`. Source: REQ 36."""
    detail = get_for_desk(viewer=viewer, patient_id=patient_id, appointment_id=appointment_id, now=now)
    row = Appointment.objects.get(pk=appointment_id, patient_id=patient_id)
    own = {"appointment_id": appointment_id, "patient_id": patient_id}
    changes = list(AppointmentChange.objects.filter(**own).order_by("happened_at", "pk")[:_MOST_STEPS])
    staff = {pk for pk in (row.booked_by_employee_id, *(one.employee_id for one in changes)) if pk}
    names = practices.list_employee_names(employee_ids=staff)
    wish = EarlierWish.objects.filter(**own, state=WishState.WAITING).first()
    return DeskAppointment(
        detail=detail,
        booked_by=_booked_by(row, names),
        history=_history(row, changes, names),
        wish=WishLine(
            only_same_agenda=wish.only_same_agenda, part_of_day=PartOfDay(wish.part_of_day), from_date=wish.from_date
        )
        if wish
        else None,
        can_change=row.state == AppointmentState.BOOKED and _may_change(viewer, row, now),
    )


def _may_change(viewer: Viewer, row: Appointment, now: datetime) -> bool:
    return gate.may_open_patient(
        viewer=viewer, patient_id=PersonId(row.patient_id), practice_id=PracticeId(row.practice_id),
        kind=DataKind.APPOINTMENTS, use=Use.CHANGE, now=now,
    )  # fmt: skip


def _booked_by(row: Appointment, names: dict[int, str]) -> str:
    """A colleague, or who acts for the patient where the desk may know that name."""
    if row.booked_by_employee_id:
        return names.get(row.booked_by_employee_id, "")
    person_id = row.booked_by_person_id
    if not person_id or person_id == row.patient_id:
        return ""
    known = people.list_names(person_ids=[person_id])
    return known[person_id].full_name if person_id in known else "-"


def _history(row: Appointment, changes: Sequence[AppointmentChange], names: dict[int, str]) -> tuple[ChangeLine, ...]:
    """The steps in order; of an appointment that came from elsewhere the stamps of its own row."""
    agendas = dict(
        Agenda.objects.filter(pk__in=[one.from_agenda_id for one in changes if one.from_agenda_id]).values_list(
            "pk", "name"
        )
    )
    lines = [
        ChangeLine(
            what=ChangeKind(one.what),
            by_patient=one.by_patient,
            by_name=names.get(one.employee_id or 0, ""),
            happened_at=one.happened_at,
            from_starts_at=one.from_starts_at,
            from_agenda=agendas.get(one.from_agenda_id or 0, ""),
        )
        for one in changes
    ]
    known = {one.what for one in lines}
    if ChangeKind.BOOKED not in known and row.booked_at is not None:
        maker = names.get(row.booked_by_employee_id or 0, "")
        lines.insert(
            0,
            ChangeLine(what=ChangeKind.BOOKED, by_patient=row.is_online, by_name=maker, happened_at=row.booked_at),
        )
    if ChangeKind.CANCELLED not in known and row.cancelled_at is not None:
        lines.append(
            ChangeLine(
                what=ChangeKind.CANCELLED,
                by_patient=row.cancelled_by == "patient",
                by_name="",
                happened_at=row.cancelled_at,
            )
        )
    return tuple(lines)
