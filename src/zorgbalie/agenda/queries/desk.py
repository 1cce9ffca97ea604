"""Through the gate to the agenda of the own practice."""

from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer


def open_desk(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    use: Use,
    event: str,
    now: datetime,
    object_id: int | str = "",
    action: AuditAction | None = None,
) -> Grant:
    """Leave of the gate at the own practice, for this app. Raises NotAllowed, NotVisible. Audit: `event`."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.APPOINTMENTS,
        use=use,
        event=event,
        now=now,
        object_type="appointment",
        object_id=object_id,
        action=action,
    )


def check_keeper(*, viewer: Viewer, event: str) -> PracticeId:
    """The practice whose agenda this employee keeps: the own one. Raises NotAllowed. Audit: `event`, for a refusal."""
    gate.check_right(viewer=viewer, right=StaffRight.BOOK_APPOINTMENTS, event=event)
    if viewer.practice_id is None:
        raise NotVisible("practice")
    return viewer.practice_id


def rows_of(grant: Grant) -> "QuerySet[Appointment]":
    """Appointments within a grant; for this app."""
    return Appointment.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
