"""Documents come in, are shared with their patient and withdrawn again (REQ 18, 65; R4).

Who decides names the revision on the screen; of two at once one wins, a double press is one decision. The line of the
log is written once everything is checked, so that a refusal is not told as a deed; a refusal by the gate is logged by
the gate.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import reads_results_online
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.integrations.files import clean_text
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import DocumentId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.messaging.actions.outbox import notify
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.record.actions.document_intake import Intake, take_in, take_in_text, virus_found
from zorgbalie.record.models import Document, DocumentContent
from zorgbalie.record.queries.document_rows import read_starts
from zorgbalie.record.rules.documents import SAFE_TO_SHARE, find_obstacles, may_ever_be_shared
from zorgbalie.record.types.documents import (
    DocumentCategory,
    DocumentChanged,
    DocumentNotUsable,
    DocumentState,
    FileNotKept,
    NeverShared,
    NewDocument,
    NotChecked,
    Publication,
    ReceivedDocument,
    VirusState,
)
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

LONGEST_EXPLANATION = 3000
LONGEST_TITLE = 160
_EARLIEST = date(1900, 1, 1)


def add_document(*, viewer: Viewer, patient_id: PersonId, document: NewDocument, now: datetime) -> ReceivedDocument:
    """Put a document in the record, unshared; the same hand-over twice is one document.

    Raises FileNotKept, DocumentNotUsable, NotAllowed, NotVisible. Audit: `document.add`; `document.virus_refused` for a
    file with a virus. Source: REQ 18; security rows 27, 28, 30.
    """
    place = _place(viewer)
    _check_permitted(viewer, patient_id, place, "document.add", now)
    known = _find_known(patient_id, place, document.source_key)
    if known is not None:
        return ReceivedDocument(document_id=known, was_known=True)
    _check_facts(document, now)
    intake = take_in(name=document.file_name, content=document.content)
    if intake.virus_state is VirusState.INFECTED:
        _log_refused(viewer, patient_id, "document.virus_refused")
        raise virus_found()
    grant = _open(viewer, patient_id, place, "document.add", now, action=AuditAction.CREATE)
    return _store(viewer, grant, document, intake, now)


def receive_text(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, document: NewDocument, now: datetime
) -> ReceivedDocument:
    """Keep a letter in plain text that came as a message, unshared, and put it in the inbox.

    It is kept as text whatever it says. Raises NotAllowed, NotVisible. Audit: `document.receive`. Source: REQ 18.
    """
    grant = _open(viewer, patient_id, practice_id, "document.receive", now, action=AuditAction.CREATE)
    known = _find_known(patient_id, practice_id, document.source_key)
    if known is not None:
        return ReceivedDocument(document_id=known, was_known=True)
    intake = take_in_text(name=document.file_name, text=document.content.decode())
    found = _store(viewer, grant, document, intake, now)
    if not found.was_known:
        worklist.add_item(
            practice_id=practice_id,
            kind=ItemKind.DOCUMENT,
            about_id=found.document_id,
            person_id=patient_id,
            for_right=StaffRight.PUBLISH_RESULTS,
        )
    return found


def receive_file(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, document: NewDocument, now: datetime
) -> ReceivedDocument | None:
    """Keep a file that came within a message, unshared; None for one that is not kept: the message still has it.

    It gets no item in the inbox: what it came with has one. Raises NotAllowed, NotVisible.
    Audit: `document.receive`, `document.file_refused` or `document.virus_refused`. Source: REQ 18; row 27.
    """
    _check_permitted(viewer, patient_id, practice_id, "document.receive", now)
    known = _find_known(patient_id, practice_id, document.source_key)
    if known is not None:
        return ReceivedDocument(document_id=known, was_known=True)
    try:
        intake = take_in(name=document.file_name, content=document.content)
    except FileNotKept:
        _log_refused(viewer, patient_id, "document.file_refused")
        return None
    if intake.virus_state is VirusState.INFECTED:
        _log_refused(viewer, patient_id, "document.virus_refused")
        return None
    grant = _open(viewer, patient_id, practice_id, "document.receive", now, action=AuditAction.CREATE)
    return _store(viewer, grant, document, intake, now)


def publish_document(
    *, viewer: Viewer, patient_id: PersonId, document_id: DocumentId, publication: Publication, now: datetime
) -> None:
    """Share a document with its patient, with or without an explanation; a notice goes out when it can be read now.

    Raises NeverShared (R4), NotChecked, DocumentChanged, DocumentNotUsable, NotAllowed, NotVisible.
    Audit: `document.publish`. Source: REQ 18, 65; R4, R9, R15.
    """
    place = _place(viewer)
    _check_permitted(viewer, patient_id, place, "document.publish", now, document_id)
    with transaction.atomic():
        row = _lock(patient_id, place, document_id)
        _check_may_be_shared(row)
        _check_unchanged(row, publication.revision, row.state != DocumentState.SHARED)
        explanation = check_explanation(text=publication.explanation)
        _open(viewer, patient_id, place, "document.publish", now, document_id)
        row.state, row.explanation = DocumentState.SHARED, explanation
        row.published_at, row.published_by_id = now, viewer.employee_id
        row.revision += 1
        row.save(update_fields=["state", "explanation", "published_at", "published_by_id", "revision"])
        worklist.finish_items(viewer=viewer, practice_id=place, kind=ItemKind.DOCUMENT, about_id=row.pk, now=now)
        _tell(viewer, row, now)


def withdraw_document(
    *, viewer: Viewer, patient_id: PersonId, document_id: DocumentId, revision: int, now: datetime
) -> None:
    """Stop sharing a document. Raises DocumentChanged, NotAllowed, NotVisible. Audit: `document.withdraw`."""
    place = _place(viewer)
    _check_permitted(viewer, patient_id, place, "document.withdraw", now, document_id)
    with transaction.atomic():
        row = _lock(patient_id, place, document_id)
        _check_unchanged(row, revision, row.state == DocumentState.SHARED)
        _open(viewer, patient_id, place, "document.withdraw", now, document_id)
        row.state = DocumentState.WITHDRAWN
        row.revision += 1
        row.save(update_fields=["state", "revision"])


def check_explanation(*, text: str) -> str:
    """The explanation without space around it. Raises DocumentNotUsable."""
    if len(text) > LONGEST_EXPLANATION:
        raise DocumentNotUsable(_("Deze uitleg is te lang. Maak hem korter."), field="explanation")
    return clean_text(text=text).strip()


def _one_line(text: str) -> str:
    """A title or name without what breaks a line, hides or turns the direction of reading (security row 30)."""
    return " ".join(clean_text(text=text).split())[:LONGEST_TITLE]


def _place(viewer: Viewer) -> PracticeId:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.DOCUMENTS)
    return viewer.practice_id


def _check_permitted(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    now: datetime,
    document_id: DocumentId | str = "",
) -> None:
    """Raises NotAllowed, NotVisible, with the gate's line for that; nothing is noted where it may go on."""
    may = gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.DOCUMENTS, use=Use.CHANGE, now=now
    )
    if not may:
        _open(viewer, patient_id, practice_id, event, now, document_id)


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    now: datetime,
    document_id: DocumentId | str = "",
    *,
    action: AuditAction | None = None,
) -> Grant:
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.DOCUMENTS,
        use=Use.CHANGE,
        event=event,
        now=now,
        action=action,
        object_type="document",
        object_id=document_id,
    )


def _lock(patient_id: PersonId, practice_id: PracticeId, document_id: DocumentId) -> Document:
    rows = Document.objects.filter(patient_id=patient_id, practice_id=practice_id, pk=document_id)
    row = rows.filter(moved_at__isnull=True).select_for_update().first()
    if row is None:
        raise NotVisible(DataKind.DOCUMENTS)
    return row


def _check_may_be_shared(row: Document) -> None:
    if not may_ever_be_shared(category=DocumentCategory(row.category)):
        raise NeverShared(_("Een EPD-overdrachtsbericht deelt u nooit met de patiënt."))
    if row.virus_state == VirusState.WAITING:
        raise NotChecked(_("Dit document is nog niet op virussen gecontroleerd. U kunt het straks delen."))
    if VirusState(row.virus_state) not in SAFE_TO_SHARE:
        raise NotChecked(_("In dit document zit een virus. U kunt het niet delen."))


def _check_unchanged(row: Document, revision: int, is_expected: bool) -> None:
    if row.revision != revision or not is_expected:
        names = practices.list_employee_names(employee_ids=[row.published_by_id] if row.published_by_id else [])
        who = names.get(row.published_by_id or 0, "") or _("Iemand anders")
        raise DocumentChanged(
            _("Dit document is net gewijzigd (%(name)s). Kijk hoe het er nu bij staat.") % {"name": who}
        )


def _check_facts(document: NewDocument, now: datetime) -> None:
    if not _one_line(document.title):
        raise DocumentNotUsable(_("Vul in wat voor document dit is."), field="title")
    if not _EARLIEST <= document.document_date <= local_date(now):
        raise DocumentNotUsable(_("Kies een dag die niet in de toekomst ligt."), field="document_date")


def _find_known(patient_id: PersonId, practice_id: PracticeId, source_key: str) -> DocumentId | None:
    rows = Document.objects.filter(patient_id=patient_id, practice_id=practice_id, source_key=source_key)
    found = rows.values_list("pk", flat=True).first()
    return DocumentId(found) if found is not None else None


def _store(viewer: Viewer, grant: Grant, document: NewDocument, intake: Intake, now: datetime) -> ReceivedDocument:
    whose = {"patient_id": grant.patient_id, "practice_id": grant.practice_id}
    row, is_new = Document.objects.get_or_create(
        **whose,
        source_key=document.source_key,
        defaults={
            "title": _one_line(document.title),
            "category": document.category,
            "direction": document.direction,
            "author_name": _one_line(document.author_name),
            "document_date": document.document_date,
            "received_at": now,
            "received_by_id": viewer.employee_id,
            "file_name": intake.file.name,
            "media_type": intake.file.type,
            "size": len(intake.file.content),
            "sha256": intake.sha256,
            "source": document.source,
            "virus_state": intake.virus_state,
            "virus_checked_at": now if intake.virus_state in (VirusState.CLEAN, VirusState.INFECTED) else None,
        },
    )
    if is_new:
        DocumentContent.objects.create(**whose, document=row, content=intake.file.content)
    return ReceivedDocument(document_id=DocumentId(row.pk), was_known=not is_new)


def _log_refused(viewer: Viewer, patient_id: PersonId, event: str) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.CREATE,
        object_type="document",
        object_id="",
        patient_id=patient_id,
        outcome=AuditOutcome.REFUSED,
    )


def _tell(viewer: Viewer, row: Document, now: datetime) -> None:
    """With the patient's yes, and only for what can be read now, a mail that something is ready (R9, R15)."""
    patient_id, practice_id = PersonId(row.patient_id), PracticeId(row.practice_id)
    obstacles = find_obstacles(
        category=DocumentCategory(row.category),
        document_date=row.document_date,
        virus_state=VirusState(row.virus_state),
        starts=read_starts(practice_id=practice_id),
        reads_online=reads_results_online(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now),
    )
    if not obstacles:
        notify(
            viewer=viewer,
            person_id=patient_id,
            practice_id=practice_id,
            kind=NoticeKind.DOCUMENT_READY,
            event_key=f"document:{row.pk}",
            now=now,
        )
