"""One reminder on the day before, once (REQ 38, 73; security rows 57 and 58).

For the worker alone. It reads appointments: what is no appointment of a patient is another table, on which the worker
has no privilege, so nothing of a meeting can become a reminder (R10).
"""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.actions.telling import tell_where_served
from zorgbalie.agenda.models import AgendaSettings, Appointment
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.rules.reminders import day_to_remind
from zorgbalie.agenda.types import AppointmentState
from zorgbalie.agenda.types.waiting import Due
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import day_ends, day_starts, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.messaging.types import NoticeKind

AT_ONCE = 500


def list_due(*, viewer: Viewer, now: datetime, after: int) -> tuple[Due, ...]:
    """Appointments of tomorrow that nobody was reminded of, in order of number, some hundreds from `after` on.

    Without those that were made today or later: who made one today knows it. Nothing outside the hours. Practices that
    switched reminders off are left out. Raises NotVisible.
    """
    check_worker(viewer)
    day = day_to_remind(now=now)
    if day is None:
        return ()
    rows = Appointment.objects.filter(
        state=AppointmentState.BOOKED,
        starts_at__gte=day_starts(day),
        starts_at__lt=day_ends(day),
        booked_at__lt=day_starts(local_date(now)),
        pk__gt=after,
    ).exclude(reminded_for=day)
    rows = rows.exclude(practice_id__in=AgendaSettings.objects.filter(reminders_on=False).values("practice_id"))
    found = rows.order_by("pk").values_list("patient_id", "practice_id", "pk")[:AT_ONCE]
    return tuple(
        Due(patient_id=PersonId(patient), practice_id=PracticeId(practice), number=pk)
        for patient, practice, pk in found
    )


def remind(*, viewer: Viewer, due: Due, now: datetime) -> bool:
    """Remind of one appointment, if the patient asked for it; returns whether a notice was queued. Twice is once.

    Looked at again under its lock: moved, cancelled or reminded of meanwhile is left alone. Raises NotVisible.
    Audit: `appointment.remind`. Source: REQ 73; R9, R14, R15; security row 57.
    """
    day = day_to_remind(now=now)
    if day is None:
        return False
    grant = gate.open_patient(
        viewer=viewer, patient_id=due.patient_id, practice_id=due.practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, event="appointment.remind", now=now, action=AuditAction.EXECUTE, object_type="appointment",
        object_id=due.number,
    )  # fmt: skip
    rows = Appointment.objects.select_for_update().filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    row = rows.filter(pk=due.number, state=AppointmentState.BOOKED).first()
    if row is None or local_date(row.starts_at) != day or row.reminded_for == day:
        return False
    if not get_rules(practice_id=due.practice_id).reminders_on:
        return False
    row.reminded_for = day
    row.save(update_fields=["reminded_for"])
    return tell_where_served(
        viewer=viewer,
        patient_id=due.patient_id,
        practice_id=due.practice_id,
        kind=NoticeKind.APPOINTMENT_REMINDER,
        event_key=f"appointment_reminder:{row.pk}:{day.isoformat()}",
        now=now,
    )


def check_worker(viewer: Viewer) -> None:
    """That a task asks, and nobody else. Raises NotVisible."""
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.APPOINTMENTS)
