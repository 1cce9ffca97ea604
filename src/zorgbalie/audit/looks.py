"""Whether somebody looked: asked by pages that mark what is new, so that no second register of reading is kept."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import ViewerKind


def has_looked(
    *, person_id: PersonId, patient_id: PersonId, practice_id: PracticeId, event: str, since: datetime
) -> bool:
    """Whether this person did `event` for this patient at a practice since a moment, by the access log."""
    return AuditEvent.objects.filter(
        patient_id=patient_id,
        practice_id=practice_id,
        user_id=f"person:{person_id}",
        event=event,
        outcome=AuditOutcome.DONE,
        recorded_at__gte=since,
    ).exists()


def seen_objects(*, person_id: PersonId, patient_id: PersonId, event: str, object_ids: Iterable[int]) -> set[int]:
    """Which of these objects this person opened for this patient, by the access log; in one query."""
    wanted = [str(object_id) for object_id in object_ids]
    found = AuditEvent.objects.filter(
        patient_id=patient_id,
        user_id=f"person:{person_id}",
        event=event,
        outcome=AuditOutcome.DONE,
        object_id__in=wanted,
    ).values_list("object_id", flat=True)
    return {int(one) for one in found} if wanted else set()


def seen_by_staff(*, patient_id: PersonId, event: str, object_ids: Iterable[int]) -> set[int]:
    """Which of these objects any member of staff opened, by the access log; in one query."""
    wanted = [str(object_id) for object_id in object_ids]
    if not wanted:
        return set()
    found = AuditEvent.objects.filter(
        patient_id=patient_id,
        user_kind=ViewerKind.STAFF,
        event=event,
        outcome=AuditOutcome.DONE,
        object_id__in=wanted,
    ).values_list("object_id", flat=True)
    return {int(one) for one in found}


def list_moments(
    *, patient_id: PersonId, event: str, object_type: str, object_ids: Iterable[int]
) -> dict[int, tuple[datetime, ...]]:
    """When each of these objects was opened, by the access log, oldest first; one moment per request. One query."""
    wanted = [str(object_id) for object_id in object_ids]
    if not wanted:
        return {}
    rows = AuditEvent.objects.filter(
        patient_id=patient_id, event=event, outcome=AuditOutcome.DONE, object_type=object_type, object_id__in=wanted
    )
    found: dict[int, dict[str, datetime]] = {}
    for object_id, request_id, moment in rows.order_by("pk").values_list("object_id", "request_id", "recorded_at"):
        found.setdefault(int(object_id), {}).setdefault(request_id, moment)
    return {object_id: tuple(moments.values()) for object_id, moments in found.items()}
