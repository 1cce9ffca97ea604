"""Correspondence as its patient reads it: what the practice shared, of categories that it serves (REQ 18; R4, R14).

All raise NotVisible alike for what is not open, not shared, switched off and not there. The wall of the database says
the same once more (config.database.tables.care).
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import RECORD_READ, check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.looks import seen_objects
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import DocumentId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.models import Document, DocumentSharing
from zorgbalie.record.queries import pages, said
from zorgbalie.record.queries.document_rows import employee_name, read_file, shown_letter
from zorgbalie.record.queries.patient_home import check_record_practice, find_record_practice
from zorgbalie.record.rules.documents import SAFE_TO_SHARE
from zorgbalie.record.types.documents import (
    DocumentCategory,
    DocumentFile,
    DocumentState,
    LetterCard,
    ShownLetter,
)
from zorgbalie.record.types.shown import Slice

LETTER_READ = "letter.read"
LETTER_OPENED = "letter.open"
_PER_PAGE = 20
_ON_HOME = 5
_LOOKED_AT = 100
"""Among which what nobody read is looked for: it may wait behind what came later and was read."""
_NEWS = timedelta(days=60)


def list_letters(*, viewer: Viewer, now: datetime, page: int, per_page: int = _PER_PAGE) -> Slice[LetterCard]:
    """Shared documents, the newest first, in a fixed number of queries. Audit: `record.read`. Source: REQ 18."""
    return _slice(viewer, _open(viewer, RECORD_READ, now), now, page, per_page)


def find_letters(*, viewer: Viewer, now: datetime, per_page: int) -> Slice[LetterCard] | None:
    """The first of them for the overview; None, and no line, where they are not open. Audit: `record.read`."""
    return list_letters(viewer=viewer, now=now, page=1, per_page=per_page) if may_read(viewer=viewer, now=now) else None


def list_new_letters(*, viewer: Viewer, now: datetime) -> tuple[LetterCard, ...]:
    """For the list of things to do: shared a short while ago, and not opened yet. Audit: `home.read`."""
    if not may_read(viewer=viewer, now=now):
        return ()
    grant = _open(viewer, "home.read", now)
    recent = list(_letters(grant).filter(published_at__gte=now - _NEWS).order_by("-published_at", "-pk")[:_LOOKED_AT])
    return tuple(one for one in _cards(viewer, recent, now) if one.is_new)[:_ON_HOME]


def get_letter(*, viewer: Viewer, document_id: DocumentId, now: datetime) -> ShownLetter:
    """One document with the practice's explanation. Audit: `letter.read`. Source: REQ 18, 65."""
    return _shown(_open(viewer, LETTER_READ, now, document_id), document_id, now)


def get_letter_of_request(*, viewer: Viewer, document_id: DocumentId, now: datetime) -> ShownLetter:
    """The same beside a request about it, which is no reading of the letter. Audit: `record.read`. Source: ux 35."""
    return _shown(_open(viewer, RECORD_READ, now, document_id), document_id, now)


def find_shared(*, grant: Grant, document_id: DocumentId, now: datetime) -> ShownLetter | None:
    """What the patient reads of it once the record is open; None for what is not served. For this app's reads."""
    row = shared_rows(patient_id=grant.patient_id, practice_id=grant.practice_id).filter(pk=document_id).first()
    return _with_words(row, now) if row else None


def open_letter(*, viewer: Viewer, document_id: DocumentId, now: datetime) -> DocumentFile:
    """The file itself. Audit: `letter.open`, an event of its own. Source: REQ 18; R13; security row 8."""
    return read_file(_one(_open(viewer, LETTER_OPENED, now, document_id), document_id))


def may_read(*, viewer: Viewer, now: datetime) -> bool:
    """Whether documents of the practice that keeps the record are open. Shows no data, logs nothing."""
    card = find_record_practice(viewer=viewer)
    if card is None or card.kind is not PracticeKind.GP:
        return False
    return gate.may_open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=card.practice_id,
        kind=DataKind.DOCUMENTS,
        use=Use.READ,
        now=now,
    )


def _open(viewer: Viewer, event: str, now: datetime, document_id: DocumentId | str = "") -> Grant:
    return gate.open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=check_record_practice(viewer=viewer),
        kind=DataKind.DOCUMENTS,
        use=Use.READ,
        event=event,
        now=now,
        object_type="document" if document_id else "",
        object_id=document_id,
    )


def shared_rows(*, patient_id: PersonId, practice_id: PracticeId) -> "QuerySet[Document]":
    """R4 and R14 in SQL, as `rules.documents.is_served` says them for one document; for this app's reads."""
    switch = DocumentSharing.objects.filter(
        practice_id=OuterRef("practice_id"), category=OuterRef("category"), starts_on__lte=OuterRef("document_date")
    )
    return Document.objects.filter(
        Q(Exists(switch)),
        ~Q(category=DocumentCategory.EPD_TRANSFER),
        patient_id=patient_id,
        practice_id=practice_id,
        state=DocumentState.SHARED,
        virus_state__in=SAFE_TO_SHARE,
    )


def _letters(grant: Grant) -> "QuerySet[Document]":
    return shared_rows(patient_id=grant.patient_id, practice_id=grant.practice_id)


def _shown(grant: Grant, document_id: DocumentId, now: datetime) -> ShownLetter:
    return _with_words(_one(grant, document_id), now)


def _with_words(row: Document, now: datetime) -> ShownLetter:
    """The letter with what stands beside it."""
    letter = shown_letter(
        row, explanation=row.explanation, published_by_name=employee_name(row.published_by_id), now=now
    )
    patient_id, practice_id = PersonId(row.patient_id), PracticeId(row.practice_id)
    return said.beside(patient_id=patient_id, practice_id=practice_id, items=[letter])[0]


def _one(grant: Grant, document_id: DocumentId) -> Document:
    row = _letters(grant).filter(pk=document_id).first()
    if row is None:
        raise NotVisible("document")
    return row


def _slice(viewer: Viewer, grant: Grant, now: datetime, page: int, per_page: int) -> Slice[LetterCard]:
    rows = _letters(grant).order_by("-document_date", "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    return Slice(items=_cards(viewer, found, now), total=total, number=number, per_page=per_page)


def _cards(viewer: Viewer, rows: list[Document], now: datetime) -> tuple[LetterCard, ...]:
    seen = _seen(viewer, rows)
    return tuple(
        LetterCard(
            document_id=DocumentId(row.pk),
            title=row.title,
            category=DocumentCategory(row.category),
            author_name=row.author_name,
            document_date=row.document_date,
            published_on=local_date(row.published_at or now),
            has_explanation=bool(row.explanation),
            is_new=row.pk not in seen and row.published_at is not None and row.published_at >= now - _NEWS,
        )
        for row in rows
    )


def _seen(viewer: Viewer, rows: list[Document]) -> set[int]:
    if viewer.person_id is None or not rows:
        return set()
    patient_id, ids = PersonId(rows[0].patient_id), [row.pk for row in rows]
    return seen_objects(person_id=viewer.person_id, patient_id=patient_id, event=LETTER_READ, object_ids=ids)
