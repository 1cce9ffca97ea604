"""Telling a patient that something of an appointment is ready; for this app, within its transactions (R9, R14, R15)."""

from datetime import datetime

from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.actions.outbox import consents, notify
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility


def is_served(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether the portal shows this patient appointments: enrolled here, and appointments are on (R14)."""
    relation = practices.find_relation(person_id=patient_id, practice_id=practice_id)
    return relation.enrolled and Facility.E_APPOINTMENT in relation.facilities


def wants(*, patient_id: PersonId, practice_id: PracticeId, kind: NoticeKind) -> bool:
    """Whether a notice of this kind could be sent: asked for, and it leads to what is served (R14, R15)."""
    return bool(consents(person_id=patient_id, kind=kind)) and is_served(patient_id=patient_id, practice_id=practice_id)


def tell_where_served(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, kind: NoticeKind, event_key: str, now: datetime
) -> bool:
    """Tell who asked for it, never of a page that is not served; returns whether a notice was queued."""
    return is_served(patient_id=patient_id, practice_id=practice_id) and notify(
        viewer=viewer, person_id=patient_id, practice_id=practice_id, kind=kind, event_key=event_key, now=now
    )
