"""Rows of documents as types, and the switches of a practice; for the desk, the patient and the preview alike."""

from datetime import date, datetime

from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import DocumentId, PracticeId
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import Document, DocumentContent, DocumentSharing
from zorgbalie.record.rules.documents import Starts, is_served
from zorgbalie.record.types.documents import (
    DeskDocument,
    Direction,
    DocumentCategory,
    DocumentFile,
    DocumentState,
    ShownLetter,
    VirusState,
)


def read_starts(*, practice_id: PracticeId) -> dict[DocumentCategory, date]:
    """From which day each category is served; one that is off is absent."""
    rows = DocumentSharing.objects.filter(practice_id=practice_id).values_list("category", "starts_on")
    known = set(DocumentCategory)
    return {DocumentCategory(category): starts_on for category, starts_on in rows if category in known}


def desk_document(row: Document, *, starts: Starts) -> DeskDocument:
    """A row for the desk."""
    category, state = DocumentCategory(row.category), DocumentState(row.state)
    virus_state = VirusState(row.virus_state)
    return DeskDocument(
        document_id=DocumentId(row.pk),
        title=row.title,
        category=category,
        direction=Direction(row.direction),
        author_name=row.author_name,
        document_date=row.document_date,
        received_at=row.received_at,
        media_type=row.media_type,
        size=row.size,
        state=state,
        virus_state=virus_state,
        published_at=row.published_at,
        is_served=is_served(
            category=category, document_date=row.document_date, state=state, virus_state=virus_state, starts=starts
        ),
    )


def shown_letter(row: Document, *, explanation: str, published_by_name: str, now: datetime) -> ShownLetter:
    """A row as its patient reads it; `now` stands for the moment of sharing where that has not come yet."""
    return ShownLetter(
        document_id=DocumentId(row.pk),
        title=row.title,
        category=DocumentCategory(row.category),
        direction=Direction(row.direction),
        author_name=row.author_name,
        document_date=row.document_date,
        published_on=local_date(row.published_at or now),
        published_by_name=published_by_name,
        explanation=explanation,
        media_type=row.media_type,
        size=row.size,
        is_virus_checked=row.virus_state == VirusState.CLEAN,
    )


def employee_name(employee_id: int | None) -> str:
    """The name of a member of staff; empty for none."""
    return practices.list_employee_names(employee_ids=[employee_id]).get(employee_id, "") if employee_id else ""


def read_file(row: Document) -> DocumentFile:
    """The bytes that go with a row: the one place where they are read, so that they can be kept elsewhere one day."""
    stored = DocumentContent.objects.only("content").get(document_id=row.pk)
    return DocumentFile(name=row.file_name, media_type=row.media_type, content=bytes(stored.content))
