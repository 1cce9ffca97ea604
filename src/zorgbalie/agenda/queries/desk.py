"""Through the gate to the agenda of the own practice."""

from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice.queries import find_practice_kind
from zorgbalie.practice.types import PracticeKind


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
    """The GP practice whose agenda this employee keeps: not a manager, whatever rights one was given.

    Raises NotAllowed; NotVisible at a pharmacy. Audit: `event`, for a refusal.
    """
    gate.check_right(viewer=viewer, right=StaffRight.BOOK_APPOINTMENTS, event=event)
    practice_id = viewer.practice_id
    if practice_id is None or find_practice_kind(practice_id=practice_id) is not PracticeKind.GP:
        raise NotVisible("agenda")
    if not may_see_agenda(viewer=viewer):
        gate.log_change(
            viewer=viewer,
            event=event,
            action=AuditAction.EXECUTE,
            object_type="agenda",
            object_id="",
            outcome=AuditOutcome.REFUSED,
        )
        raise NotAllowed(DataKind.APPOINTMENTS)
    return practice_id


def may_see_agenda(*, viewer: Viewer) -> bool:
    """Whether the agenda is there for this member of staff; for menus. Shows no data, logs nothing."""
    return gate.holds_rights(viewer=viewer, kind=DataKind.APPOINTMENTS, use=Use.READ)


def rows_of(grant: Grant) -> "QuerySet[Appointment]":
    """Appointments within a grant; for this app."""
    return Appointment.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
