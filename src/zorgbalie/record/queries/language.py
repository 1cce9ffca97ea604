"""The language meter for staff: the common list of hard words, and the practice's own before it (REQ 45)."""

from collections.abc import Iterable

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.language_meter import Measure, measure
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.record.models import PlainWord
from zorgbalie.record.types.writing import OwnWord, PlainWordId


def measure_language(*, viewer: Viewer, texts: Iterable[str]) -> Measure:
    """What is hard to read in texts that a patient gets, measured as one; one query. Raises NotVisible (no staff).

    Looks at no patient data of its own and logs nothing. Never a reason to refuse a text. Source: REQ 45; ux 40.
    """
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible("language")
    own = dict(PlainWord.objects.filter(practice_id=viewer.practice_id).values_list("word", "plain"))
    return measure(text="\n".join(texts), own_words=own)


def list_own_words(*, viewer: Viewer, search: str, page: int) -> Listing[OwnWord]:
    """A page of the words that the practice added. Raises NotAllowed. Audit: only for a refusal."""
    rows = PlainWord.objects.filter(practice_id=gate.check_manager(viewer=viewer, event="words.read"))
    if search.strip():
        rows = rows.filter(word__icontains=search.replace("\0", "").strip())
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = rows.order_by("word", "pk")[bounds]
    return Listing(
        rows=tuple(OwnWord(word_id=PlainWordId(row.pk), word=row.word, plain=row.plain) for row in shown),
        total=total,
        number=number,
    )


def get_own_word(*, viewer: Viewer, word_id: PlainWordId) -> OwnWord:
    """One word of the practice. Raises NotAllowed, NotVisible."""
    practice_id = gate.check_manager(viewer=viewer, event="words.read")
    row = PlainWord.objects.filter(practice_id=practice_id, pk=word_id).first()
    if row is None:
        raise NotVisible("word")
    return OwnWord(word_id=PlainWordId(row.pk), word=row.word, plain=row.plain)
