"""A practice adds words of its own to the language meter, and removes them (REQ 45)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import PlainWord
from zorgbalie.record.queries.language import get_own_word
from zorgbalie.record.types.writing import LONGEST_PLAIN, LONGEST_WORD, PlainWordId, WordNotUsable

MOST_WORDS = 1000


def add_word(*, viewer: Viewer, word: str, plain: str) -> PlainWordId:
    """Add a hard word with plainer ones; the same pair twice is one.

    Raises NotAllowed, WordNotUsable. Audit: `words.add`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="words.add")
    word, plain = " ".join(word.split()), " ".join(plain.split())
    if not word or len(word) > LONGEST_WORD:
        raise WordNotUsable(_("Vul het moeilijke woord in, in hoogstens 60 tekens."), field="word")
    if not plain or len(plain) > LONGEST_PLAIN:
        raise WordNotUsable(_("Vul de gewone woorden in, in hoogstens 120 tekens."), field="plain")
    rows = PlainWord.objects.filter(practice_id=practice_id)
    same = rows.filter(word__iexact=word, plain=plain).values_list("pk", flat=True)
    known = same.first()
    if known is not None:
        return PlainWordId(known)
    if rows.count() >= MOST_WORDS:
        raise WordNotUsable(_("U heeft al 1000 eigen woorden. Haal er eerst een weg."), field="word")
    try:
        with transaction.atomic():
            row = PlainWord.objects.create(practice_id=practice_id, word=word, plain=plain)
    except IntegrityError as error:
        known = same.first()  # perhaps by the other press of the same button (security row 48)
        if known is not None:
            return PlainWordId(known)
        raise WordNotUsable(_("Dit woord staat al in de lijst."), field="word") from error
    _log(viewer, row.pk, "words.add", AuditAction.CREATE)
    return PlainWordId(row.pk)


def remove_word(*, viewer: Viewer, word_id: PlainWordId) -> None:
    """Take a word of the practice off the list. Raises NotAllowed, NotVisible. Audit: `words.remove`."""
    found = get_own_word(viewer=viewer, word_id=word_id)
    PlainWord.objects.filter(pk=found.word_id).delete()
    _log(viewer, found.word_id, "words.remove", AuditAction.DELETE)


def _log(viewer: Viewer, word_id: int, event: str, action: AuditAction) -> None:
    gate.log_change(viewer=viewer, event=event, action=action, object_type="plain_word", object_id=word_id)
