"""Files that came in while the virus scanner gave no answer are checked later, each in a transaction of its own."""

from datetime import datetime

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultAttachmentId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.record.actions.document_intake import scan_file
from zorgbalie.record.types.documents import VirusState

MOST_AT_ONCE = 200
WaitingFile = tuple[PersonId, PracticeId, ConsultAttachmentId]


def list_waiting_files(*, viewer: Viewer) -> list[WaitingFile]:
    """Files to check, sent or not, of all practices; for the worker alone. Raises NotVisible."""
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.CONSULTS)
    rows = ConsultAttachment.objects.filter(virus_state=VirusState.WAITING).order_by("pk")
    found = rows.values_list("patient_id", "practice_id", "pk")[:MOST_AT_ONCE]
    return [(PersonId(patient), PracticeId(practice), ConsultAttachmentId(pk)) for patient, practice, pk in found]


@transaction.atomic
def check_waiting_file(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    attachment_id: ConsultAttachmentId,
    now: datetime,
) -> VirusState | None:
    """Check one file and keep the answer; one without an answer goes on waiting. None: it waits no more, or is gone.

    Raises NotVisible. Audit: `consult.file_checked`, when there is an answer. Source: security row 27.
    """
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.CONSULTS)
    rows = ConsultAttachment.objects.filter(patient_id=patient_id, practice_id=practice_id, pk=attachment_id)
    # Of a file that was answered meanwhile the wall gives the worker no lock.
    row = rows.filter(virus_state=VirusState.WAITING).select_for_update().first()
    if row is None:
        return None
    content = ConsultAttachmentContent.objects.only("content").get(attachment_id=row.pk).content
    found = scan_file(content=bytes(content))
    if found is VirusState.WAITING:
        return found
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event="consult.file_checked",
        now=now,
        action=AuditAction.UPDATE,
        object_type="consult_attachment",
        object_id=attachment_id,
        detail={"result": found},
    )
    row.virus_state = found
    row.save(update_fields=["virus_state"])
    return found
