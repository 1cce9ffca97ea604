"""Who is in the waiting room, who has been, and who did not come; each can be taken back (REQ 36).

The patient is told of none of it: it is what the practice notes for its own work. What the patient's own page says
follows from the state.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.models import Appointment
from zorgbalie.agenda.queries.desk import check_keeper, open_desk, rows_of
from zorgbalie.agenda.types import AppointmentChanged, AppointmentId, AppointmentState
from zorgbalie.agenda.types.day import Attendance, TooEarly
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer

EARLY = timedelta(hours=3)
"""So long before an appointment somebody can be in the waiting room; of a later one it is a slip."""

_EVENTS = {
    Attendance.ARRIVED: "appointment.arrived",
    Attendance.DONE: "appointment.done",
    Attendance.NO_SHOW: "appointment.no_show",
    Attendance.WAITED_FOR: "appointment.waited_for",
}
_FROM = {
    Attendance.ARRIVED: {AppointmentState.BOOKED},
    Attendance.DONE: {AppointmentState.BOOKED, AppointmentState.ARRIVED},
    Attendance.NO_SHOW: {AppointmentState.BOOKED},
    Attendance.WAITED_FOR: {AppointmentState.ARRIVED, AppointmentState.DONE, AppointmentState.NO_SHOW},
}


@deed()
@transaction.atomic
def mark(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    appointment_id: AppointmentId,
    what: Attendance,
    revision: int,
    now: datetime,
) -> AppointmentState:
    """Note that somebody is there, has been, did not come, or none of these after all; returns what it is now.

    The same twice is once. `WAITED_FOR` goes one step back: who has been is in the waiting room again, if that was
    noted. Raises NotAllowed, NotVisible (who is no longer enrolled too), AppointmentChanged when somebody else was
    first, TooEarly. Audit: `appointment.arrived`, `.done`, `.no_show` or `.waited_for`.
    """
    check_keeper(viewer=viewer, event=_EVENTS[what])
    row = _lock(viewer, patient_id, appointment_id, _EVENTS[what], now)
    if what is not Attendance.WAITED_FOR and row.state == what:
        return AppointmentState(row.state)
    if row.revision != revision or row.state not in _FROM[what]:
        raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
    _check_moment(row, what, now)
    row.state, row.arrived_at = _next(row, what, now)
    row.revision += 1
    row.save(update_fields=["state", "arrived_at", "revision"])
    return AppointmentState(row.state)


def _next(row: Appointment, what: Attendance, now: datetime) -> tuple[AppointmentState, datetime | None]:
    """The state that follows, and since when somebody is there."""
    if what is not Attendance.WAITED_FOR:
        return AppointmentState(what), now if what is Attendance.ARRIVED else row.arrived_at
    if row.state == AppointmentState.DONE and row.arrived_at is not None:
        return AppointmentState.ARRIVED, row.arrived_at
    return AppointmentState.BOOKED, None


def _check_moment(row: Appointment, what: Attendance, now: datetime) -> None:
    """Nobody has missed what is still to come; who is there can be helped before the time."""
    if what is Attendance.ARRIVED and row.starts_at - EARLY > now:
        raise TooEarly(_("Deze afspraak is pas later. Kijk of dit de goede afspraak is."))
    if what is Attendance.NO_SHOW and row.starts_at > now:
        raise TooEarly(_("Deze afspraak is nog niet begonnen. De patiënt kan nog komen."))
    if what is Attendance.DONE and row.state == AppointmentState.BOOKED and row.starts_at > now:
        raise TooEarly(_("Deze afspraak is nog niet begonnen. Is de patiënt er al, kies dan eerst ‘Is er’."))


def _lock(
    viewer: Viewer, patient_id: PersonId, appointment_id: AppointmentId, event: str, now: datetime
) -> Appointment:
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, use=Use.CHANGE, event=event, now=now, object_id=appointment_id
    )
    row = rows_of(grant).select_for_update(of=("self",)).filter(pk=appointment_id).first()
    if row is None or row.state in (AppointmentState.HELD, AppointmentState.CANCELLED):
        raise NotVisible(DataKind.APPOINTMENTS)
    return row
