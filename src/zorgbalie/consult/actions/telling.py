"""Telling a patient that something of a question is ready; for this app, within its transactions (R9, R14, R15)."""

from datetime import datetime

from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.actions.outbox import notify
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility


def tell_where_served(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, kind: NoticeKind, event_key: str, now: datetime
) -> None:
    """No notice that leads to a page which is not served: left the practice, or questions were switched off (R14)."""
    relation = practices.find_relation(person_id=patient_id, practice_id=practice_id)
    if relation.enrolled and Facility.E_CONSULT in relation.facilities:
        notify(viewer=viewer, person_id=patient_id, practice_id=practice_id, kind=kind, event_key=event_key, now=now)
