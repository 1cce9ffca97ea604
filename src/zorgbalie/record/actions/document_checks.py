"""Documents that came in while the virus scanner gave no answer are checked later, each in a transaction of its own."""

from datetime import datetime

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import DocumentId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.record.actions.document_intake import scan_file
from zorgbalie.record.models import Document, DocumentContent
from zorgbalie.record.types.documents import VirusState

MOST_AT_ONCE = 200


def list_waiting_documents(*, viewer: Viewer) -> list[tuple[PersonId, PracticeId, DocumentId]]:
    """Documents to check, of all practices; for the worker alone. Raises NotVisible."""
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.DOCUMENTS)
    rows = Document.objects.filter(virus_state=VirusState.WAITING).order_by("pk")
    found = rows.values_list("patient_id", "practice_id", "pk")[:MOST_AT_ONCE]
    return [(PersonId(patient), PracticeId(practice), DocumentId(pk)) for patient, practice, pk in found]


def check_waiting_document(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, document_id: DocumentId, now: datetime
) -> VirusState:
    """Check one document and keep the answer; one without an answer goes on waiting.

    Raises NotVisible. Audit: `document.checked`, when there is an answer. Source: security row 27.
    """
    with transaction.atomic():
        rows = Document.objects.filter(patient_id=patient_id, practice_id=practice_id, pk=document_id)
        row = rows.select_for_update().first()
        if row is None or viewer.kind is not ViewerKind.SYSTEM:
            raise NotVisible(DataKind.DOCUMENTS)
        if row.virus_state != VirusState.WAITING:
            return VirusState(row.virus_state)
        stored = DocumentContent.objects.get(document_id=row.pk)
        found = scan_file(content=bytes(stored.content))
        if found is VirusState.WAITING:
            return found
        gate.open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=practice_id,
            kind=DataKind.DOCUMENTS,
            use=Use.CHANGE,
            event="document.checked",
            now=now,
            object_type="document",
            object_id=document_id,
            detail={"result": found},
        )
        row.virus_state, row.virus_checked_at = found, now
        row.save(update_fields=["virus_state", "virus_checked_at"])
        return found
