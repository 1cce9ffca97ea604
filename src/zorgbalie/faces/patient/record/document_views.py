"""Letters that the practice shared (REQ 18; R4, R14)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.document_words import CATEGORY_NAMES, type_name
from zorgbalie.faces.entry.downloads import download
from zorgbalie.faces.patient.consult.links import ask_href
from zorgbalie.faces.patient.record.views import explained, page_number, page_of
from zorgbalie.kernel.ids import DocumentId
from zorgbalie.record.queries import patient_documents
from zorgbalie.record.types.documents import LetterCard


@explained
def letters(request: HttpRequest) -> HttpResponse:
    """All that is shared, the newest first."""
    asked = cast(FaceRequest, request)
    found = patient_documents.list_letters(viewer=asked.viewer, now=asked.now, page=page_number(asked))
    return page_of(asked, "letters", {"letters": with_words(found.items)}, found)


@require_safe
def letter(request: HttpRequest, document_id: int) -> HttpResponse:
    """One of them: what the practice says of it, and the way to the file."""
    asked = cast(FaceRequest, request)
    found = patient_documents.get_letter(viewer=asked.viewer, document_id=DocumentId(document_id), now=asked.now)
    values = {
        "letter": found,
        "category_name": CATEGORY_NAMES[found.category],
        "type_words": type_name(media_type=found.media_type),
        "open_href": reverse("patient_record_letter_file", args=[document_id]),
        "ask_href": ask_href(asked, "brief", document_id),
    }
    return page_of(asked, "letter", values)


@require_safe
def letter_file(request: HttpRequest, document_id: int) -> HttpResponse:
    """The file, saved and never shown in a page of ours."""
    asked = cast(FaceRequest, request)
    found = patient_documents.open_letter(viewer=asked.viewer, document_id=DocumentId(document_id), now=asked.now)
    return download(name=found.name, media_type=found.media_type, content=found.content)


def with_words(found: tuple[LetterCard, ...]) -> list[tuple[LetterCard, str]]:
    """Each with what kind of letter it is and from whom."""
    return [
        (one, ", ".join(part for part in (str(CATEGORY_NAMES[one.category]), one.author_name) if part)) for one in found
    ]
