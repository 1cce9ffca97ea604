"""What happens to an appointment, kept for the desk: in the transaction of the change. For this app's actions."""

from datetime import datetime

from zorgbalie.agenda.models import Appointment
from zorgbalie.agenda.models.changes import AppointmentChange
from zorgbalie.agenda.types import Place
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.kernel.viewer import Viewer, ViewerKind


def note_change(
    *, viewer: Viewer, row: Appointment, what: ChangeKind, now: datetime, left: Place | None = None
) -> None:
    """Keep a step; `left` is the place that it was moved from."""
    AppointmentChange.objects.bulk_create(
        [
            AppointmentChange(
                practice_id=row.practice_id,
                patient_id=row.patient_id,
                appointment_id=row.pk,
                what=what,
                by_patient=viewer.kind is ViewerKind.PATIENT,
                employee_id=viewer.employee_id,
                from_starts_at=left.starts_at if left else None,
                from_agenda_id=left.agenda_id if left else None,
                happened_at=now,
            )
        ]
    )
