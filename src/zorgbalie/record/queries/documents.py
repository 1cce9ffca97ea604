"""Correspondence at the desk: the list of one patient, one document, its file (REQ 18, 65)."""

from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import reads_results_online
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import DocumentId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import Document
from zorgbalie.record.queries import pages, said
from zorgbalie.record.queries.document_rows import desk_document, employee_name, read_file, read_starts, shown_letter
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.rules.documents import find_obstacles, may_ever_be_shared
from zorgbalie.record.types.desk import PatientCard
from zorgbalie.record.types.documents import (
    DocumentCategory,
    DocumentFile,
    DocumentFilter,
    DocumentList,
    DocumentPage,
    DocumentSource,
    ShownLetter,
    VirusState,
)
from zorgbalie.record.types.shown import Slice

_PER_PAGE = 25


def list_documents(
    *, viewer: Viewer, patient_id: PersonId, wanted: DocumentFilter, page: int, now: datetime
) -> DocumentList:
    """A page of documents, the newest first, in a fixed number of queries.

    Raises NotAllowed, NotVisible. Audit: `document.list`. Source: REQ 18.
    """
    grant = _open(viewer, patient_id, "document.list", now)
    order = ("document_date", "pk") if wanted.oldest_first else ("-document_date", "-pk")
    found, number, total = pages.cut(rows=_filtered(grant, wanted).order_by(*order), page=page, per_page=_PER_PAGE)
    starts = read_starts(practice_id=grant.practice_id)
    return DocumentList(
        patient=patient_card(patient_id=patient_id, now=now),
        listed=Slice(
            items=tuple(desk_document(row, starts=starts) for row in found),
            total=total,
            number=number,
            per_page=_PER_PAGE,
        ),
        may_change=may_change_documents(viewer=viewer, patient_id=patient_id, now=now),
    )


def get_document(
    *, viewer: Viewer, patient_id: PersonId, document_id: DocumentId, explanation: str | None, now: datetime
) -> DocumentPage:
    """A document with what the patient would read of it, with the stored explanation or a draft of one.

    Raises NotAllowed, NotVisible. Audit: `document.read`. Source: REQ 18, 65; R4; ux 50.
    """
    grant = _open(viewer, patient_id, "document.read", now, document_id)
    row = find_document_row(grant=grant, document_id=document_id)
    starts, category = read_starts(practice_id=grant.practice_id), DocumentCategory(row.category)
    text = row.explanation if explanation is None else explanation
    may_change = may_change_documents(viewer=viewer, patient_id=patient_id, now=now)
    publisher = employee_name(row.published_by_id)
    return DocumentPage(
        patient=patient_card(patient_id=patient_id, now=now),
        document=desk_document(row, starts=starts),
        file_name=row.file_name,
        sha256=row.sha256,
        source=DocumentSource(row.source),
        revision=row.revision,
        explanation=row.explanation,
        published_by_name=publisher,
        received_by_name=employee_name(row.received_by_id),
        may_change=may_change,
        can_be_shared=may_ever_be_shared(category=category),
        obstacles=find_obstacles(
            category=category,
            document_date=row.document_date,
            virus_state=VirusState(row.virus_state),
            starts=starts,
            reads_online=reads_results_online(
                viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, now=now
            ),
        ),
        starts_on=starts.get(category),
        preview=_with_said(
            grant, shown_letter(row, explanation=text, published_by_name=publisher or viewer.name, now=now)
        ),
    )


def _with_said(grant: Grant, letter: ShownLetter) -> ShownLetter:
    return said.beside(patient_id=grant.patient_id, practice_id=grant.practice_id, items=[letter])[0]


def open_document(*, viewer: Viewer, patient_id: PersonId, document_id: DocumentId, now: datetime) -> DocumentFile:
    """The file, for a download. One with a virus is not given. Raises NotAllowed, NotVisible.

    Audit: `document.download`.
    """
    grant = _open(viewer, patient_id, "document.download", now, document_id)
    row = find_document_row(grant=grant, document_id=document_id)
    if row.virus_state == VirusState.INFECTED:
        raise NotVisible(DataKind.DOCUMENTS)
    return read_file(row)


def check_may_add(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> PatientCard:
    """Whose record a document would go into, for the page that asks for one. Raises NotAllowed, NotVisible.

    Audit: `document.prepare`, on the profile that the page shows; for a refusal on the documents.
    """
    may = may_change_documents(viewer=viewer, patient_id=patient_id, now=now)
    if viewer.practice_id is None:
        raise NotVisible(DataKind.DOCUMENTS)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.PROFILE if may else DataKind.DOCUMENTS,
        use=Use.READ if may else Use.CHANGE,
        event="document.prepare",
        now=now,
    )
    return patient_card(patient_id=patient_id, now=now)


def may_read_documents(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry."""
    return _may(viewer, patient_id, Use.READ, now)


def may_change_documents(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show what adds and shares."""
    return _may(viewer, patient_id, Use.CHANGE, now)


def find_document_row(*, grant: Grant, document_id: DocumentId) -> Document:
    """The row within a grant, for this app. Raises NotVisible."""
    row = _rows(grant).filter(pk=document_id).first()
    if row is None:
        raise NotVisible(DataKind.DOCUMENTS)
    return row


def _may(viewer: Viewer, patient_id: PersonId, use: Use, now: datetime) -> bool:
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.DOCUMENTS,
        use=use,
        now=now,
    )


def _open(viewer: Viewer, patient_id: PersonId, event: str, now: datetime, document_id: DocumentId | str = "") -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.DOCUMENTS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.DOCUMENTS,
        use=Use.READ,
        event=event,
        now=now,
        object_type="document" if document_id else "",
        object_id=document_id,
    )


def _rows(grant: Grant) -> "QuerySet[Document]":
    rows = Document.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    return rows.filter(moved_at__isnull=True)  # R12: what stands in another record now is not in this one


def _filtered(grant: Grant, wanted: DocumentFilter) -> "QuerySet[Document]":
    rows = _rows(grant)
    if wanted.category is not None:
        rows = rows.filter(category=wanted.category)
    if wanted.direction is not None:
        rows = rows.filter(direction=wanted.direction)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    for word in wanted.search.replace("\0", "").split()[:5]:
        rows = rows.filter(title__icontains=word)
    return rows
