"""Telling colleagues that one has a thread open, or types an answer (ux 47)."""

from datetime import datetime, timedelta

from zorgbalie.access.types import DataKind
from zorgbalie.consult.models import ConsultPresence
from zorgbalie.consult.queries.presence import check_presence
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer

_KEPT = timedelta(hours=1)


def note_presence(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, types: bool, now: datetime
) -> tuple[int, str]:
    """Say that the viewer is at a thread, and whether he types; returns its revision and who changed it last.

    One statement that overwrites, so two pages of one employee never clash. Raises NotAllowed, NotVisible.
    Says nothing of the patient and is no reading, so only a refusal leaves a line in the log.
    """
    found = check_presence(viewer=viewer, patient_id=patient_id, consult_id=consult_id, now=now)
    if viewer.practice_id is None or viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    row = ConsultPresence(
        consult_id=consult_id,
        practice_id=viewer.practice_id,
        employee_id=viewer.employee_id,
        seen_at=now,
        typing_at=now if types else None,
    )
    ConsultPresence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["consult", "employee"],
        # Who stops typing for a moment is still busy with an answer: the moment passes by itself.
        update_fields=["seen_at", "typing_at"] if types else ["seen_at"],
    )
    return found


def leave(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> None:
    """Say that the viewer is at a thread no more; takes along what is too old to mean anything. Twice is once."""
    own = ConsultPresence.objects.filter(employee_id=viewer.employee_id or 0)
    own.filter(consult_id=consult_id).delete()
    own.filter(seen_at__lt=now - _KEPT).delete()
