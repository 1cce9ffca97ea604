"""Words of doctors in plain words (ux 34). No patient data, so no gate and no line in the log."""

from functools import lru_cache

from zorgbalie.record.models import GlossaryTerm

_FALLBACK = "nl"


def list_terms(*, language: str) -> dict[str, str]:
    """Explanations by term in a language; in Dutch where that language has none yet.

    One query per process and language: the words change with a new version of the software alone.
    """
    return dict(_terms(language))


@lru_cache(maxsize=8)
def _terms(language: str) -> dict[str, str]:
    rows = GlossaryTerm.objects.filter(language__in={language, _FALLBACK})
    found = {row.term: row.explanation for row in rows if row.language == _FALLBACK}
    return found | {row.term: row.explanation for row in rows if row.language == language}
