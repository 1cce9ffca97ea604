"""The letters in a file of the own record, and what stands beside the items in it (REQ 18, 10; BW 7:454 lid 2).

For `whole_record`, which asked the gate: what is read here lies within the scope that it was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import Document, DocumentContent
from zorgbalie.record.queries import said
from zorgbalie.record.queries.document_rows import shown_letter
from zorgbalie.record.queries.patient_documents import shared_rows
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.shown import Said
from zorgbalie.record.types.whole import LETTERS_TOGETHER, SavedLetter, row_name
from zorgbalie.ui.document_words import KIND_WORDS

# What a file calls its rows, and under which word it notes which of them it holds.
_NAMES = {
    RecordItem.EPISODE: ("episode", "episodes"),
    RecordItem.CONTACT: ("contact", "contacts"),
    RecordItem.LINE: ("line", "lines"),
    RecordItem.VALUE: ("value", "values"),
    RecordItem.REPORT: ("lab-report", "reports"),
    RecordItem.ALLERGY: ("allergy", "allergies"),
    RecordItem.MEDICINE: ("medicine", "medicines"),
    RecordItem.LETTER: ("letter", "letters"),
}


def list_letters(*, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> tuple[ShownLetter, ...]:
    """All that is shared, the newest first, with what stands beside each; three queries."""
    return _shown(_rows(patient_id, practice_id), patient_id, practice_id, now)


def list_files(*, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> tuple[SavedLetter, ...]:
    """The same with the files themselves, the newest first, as long as they stay within `LETTERS_TOGETHER`."""
    rows = _rows(patient_id, practice_id)
    fitting = _fitting(rows)
    stored = DocumentContent.objects.filter(document_id__in=fitting).values_list("document_id", "content")
    contents = {document_id: bytes(content) for document_id, content in stored} if fitting else {}
    return tuple(
        SavedLetter(
            letter=letter,
            category_name=str(KIND_WORDS[letter.category.value]),
            file_name=row.file_name,
            published_at=row.published_at or now,
            content=contents.get(row.pk),
        )
        for row, letter in zip(rows, _shown(rows, patient_id, practice_id, now), strict=True)
    )


def said_by_row(
    *, patient_id: PersonId, practice_id: PracticeId, held: Mapping[str, Iterable[int]]
) -> dict[str, tuple[Said, ...]]:
    """What stands beside the rows that a file holds, by their names in it; "" is the record as a whole.

    What was said about an item that is not shown stays out with it (R3).
    """
    found: dict[str, tuple[Said, ...]] = {}
    for (kind, item_id), words in said.by_item(patient_id=patient_id, practice_id=practice_id).items():
        if not kind:
            found[""] = words
            continue
        name, part = _NAMES[RecordItem(kind)]
        if item_id in held.get(part, ()):
            found[row_name(name, item_id)] = words
    return found


def _rows(patient_id: PersonId, practice_id: PracticeId) -> list[Document]:
    return list(shared_rows(patient_id=patient_id, practice_id=practice_id).order_by("-document_date", "-pk"))


def _fitting(rows: Sequence[Document]) -> list[int]:
    """Newest first; one that is too large for what is left does not stop a smaller one after it."""
    found, left = [], LETTERS_TOGETHER
    for row in rows:
        if row.size <= left:
            found.append(row.pk)
            left -= row.size
    return found


def _shown(
    rows: Sequence[Document], patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> tuple[ShownLetter, ...]:
    names = practices.list_employee_names(employee_ids={row.published_by_id for row in rows if row.published_by_id})
    letters = [
        shown_letter(
            row, explanation=row.explanation, published_by_name=names.get(row.published_by_id or 0, ""), now=now
        )
        for row in rows
    ]
    return said.beside(patient_id=patient_id, practice_id=practice_id, items=letters)
