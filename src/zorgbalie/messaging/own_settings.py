"""Through the gate to a patient's own settings of notices; they belong to the person, at whichever practice."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices


def open_settings(*, viewer: Viewer, use: Use, event: str, now: datetime, detail: str = "") -> Grant:
    """Leave to read or change. Raises NotVisible, also for who is enrolled nowhere. Audit: `event`."""
    subject_id, practice_id = find_subject(viewer=viewer)
    return gate.open_patient(
        viewer=viewer,
        patient_id=subject_id,
        practice_id=practice_id,
        kind=DataKind.NOTICES,
        use=use,
        event=event,
        now=now,
        detail={"what": detail} if detail else None,
    )


def find_subject(*, viewer: Viewer) -> tuple[PersonId, PracticeId]:
    """The patient of this page, and the practice under which the look is logged. Raises NotVisible."""
    if viewer.subject_id is None:
        raise NotVisible(DataKind.NOTICES)
    cards = practices.list_enrolled_practices(person_id=viewer.subject_id)
    if not cards:
        raise NotVisible(DataKind.NOTICES)
    return viewer.subject_id, cards[0].practice_id
