"""Pure rules of template letters: which fields they may hold, and which version of one was on the screen."""

import hashlib
import re

from zorgbalie.record.types.writing import LETTER_FIELDS

_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_field(*, text: str) -> str:
    """The first field in braces that is not known, with its braces; a brace that stands alone; empty for none."""
    for found in _FIELD.finditer(text):
        if found[1].strip().lower() not in LETTER_FIELDS:
            return found[0]
    left = re.search(r"[{}]", _FIELD.sub("", text))
    return left[0] if left else ""


def letter_version(*, title: str, conclusion: str, advice: str) -> str:
    """A digest of what a letter says, to compare when it is saved."""
    return hashlib.sha256("\x1f".join((title, conclusion, advice)).encode()).hexdigest()[:16]
