"""A patient answers the invitation to come about a result (REQ 63)."""

from datetime import datetime

from zorgbalie.kernel.ids import LabReportId, PersonId, PracticeId
from zorgbalie.record.models import LabInvitation


def answer_invitation(*, patient_id: PersonId, practice_id: PracticeId, report_id: LabReportId, now: datetime) -> None:
    """The patient made the appointment: it is not asked any more. What is not theirs or is done already stays.

    Called in the transaction of the booking, by who was let through its gate. The item on the action list stays: who
    asked still has to tell the result, also when the appointment is cancelled after all. Audit: `appointment.book`.
    """
    LabInvitation.objects.filter(
        report_id=report_id, patient_id=patient_id, practice_id=practice_id, done_at__isnull=True
    ).update(done_at=now)
