"""What the log says of patients who read: for the desk, which keeps no second register of it."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import ViewerKind


def has_used_portal(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether this patient, or somebody who acts for the patient, was ever at this practice's pages of the portal."""
    return AuditEvent.objects.filter(
        patient_id=patient_id, practice_id=practice_id, user_kind=ViewerKind.PATIENT
    ).exists()


def first_reads(*, patient_ids: Iterable[int], event: str, object_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these objects was first read at the portal; in one query."""
    wanted = [str(object_id) for object_id in object_ids]
    if not wanted:
        return {}
    rows = AuditEvent.objects.filter(
        patient_id__in=set(patient_ids),
        user_kind=ViewerKind.PATIENT,
        event=event,
        outcome=AuditOutcome.DONE,
        object_id__in=wanted,
    )
    found: dict[int, datetime] = {}
    for object_id, moment in rows.order_by("pk").values_list("object_id", "recorded_at"):
        found.setdefault(int(object_id), moment)
    return found


def threads_read(*, practice_id: PracticeId, patient_ids: Iterable[int], event: str) -> set[tuple[int, int]]:
    """Which threads (patient, thread) these patients read at a practice, each once however often; in one query.

    The line names the thread.
    """
    rows = AuditEvent.objects.filter(
        practice_id=practice_id,
        patient_id__in=set(patient_ids),
        user_kind=ViewerKind.PATIENT,
        event=event,
        outcome=AuditOutcome.DONE,
    )
    found = rows.order_by().values_list("patient_id", "detail__consult").distinct()
    return {(patient, thread) for patient, thread in found if patient is not None and thread is not None}
