"""What kinds of documents are called, at the desk, in the settings and for the patient: everywhere the same words."""

from zorgbalie.record.types.documents import DocumentCategory
from zorgbalie.ui.document_words import KIND_WORDS, file_words

CATEGORY_NAMES = {category: KIND_WORDS[category.value] for category in DocumentCategory}


def type_name(*, media_type: str) -> str:
    """What kind of file it is, as people say it."""
    return file_words(media_type=media_type)
