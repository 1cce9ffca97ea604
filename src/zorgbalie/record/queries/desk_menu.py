"""Which pages of one patient's record a member of staff finds in the menu. Shows no data, logs nothing."""

from dataclasses import dataclass
from datetime import datetime

from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.queries.copy import may_copy
from zorgbalie.record.queries.desk import may_read_record
from zorgbalie.record.queries.documents import may_read_documents
from zorgbalie.record.queries.notes import may_keep_notes
from zorgbalie.record.queries.release import may_release


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPages:
    """What opens for this viewer; a page that is not here answers with a refusal all the same."""

    record: bool
    documents: bool
    visibility: bool
    copy: bool
    notes: bool


def pages_for(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> DeskPages:
    """The pages that would open now."""
    return DeskPages(
        record=may_read_record(viewer=viewer, patient_id=patient_id, now=now),
        documents=may_read_documents(viewer=viewer, patient_id=patient_id, now=now),
        visibility=may_release(viewer=viewer, patient_id=patient_id, now=now),
        copy=may_copy(viewer=viewer, patient_id=patient_id, now=now),
        notes=may_keep_notes(viewer=viewer, patient_id=patient_id, now=now),
    )
