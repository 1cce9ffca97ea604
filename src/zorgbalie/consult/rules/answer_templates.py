"""Fields of standard answers: which there are, filling them in, and how a patient is addressed (REQ 45). Pure."""

import hashlib
import re
from collections.abc import Mapping

from zorgbalie.consult.types import ANSWER_FIELDS

_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_field(*, text: str) -> str:
    """The first field in braces that is not known, with its braces; a brace that stands alone; empty for none."""
    for found in _FIELD.finditer(text):
        if found[1].strip().lower() not in ANSWER_FIELDS:
            return found[0]
    left = re.search(r"[{}]", _FIELD.sub("", text))
    return left[0] if left else ""


def fill_fields(*, text: str, fields: Mapping[str, str]) -> str:
    """Values in the place of fields. One without a value stays, so that who answers sees that it misses."""
    return _FIELD.sub(lambda found: fields.get(found[1].strip().lower(), "") or found[0], text)


def open_field(*, text: str) -> str:
    """The first field of ours that was not filled in, with its braces; other braces are the writer's own."""
    for found in _FIELD.finditer(text):
        if found[1].strip().lower() in ANSWER_FIELDS:
            return found[0]
    return ""


def salutation(*, full_name: str, prefix: str, family_name: str, sex: str, is_adult: bool) -> str:
    """How an answer begins. By title only where the register says so; a child and who is neither by name."""
    title = {"female": "mevrouw", "male": "meneer"}.get(sex, "") if is_adult else ""
    if not title or not family_name:
        return f"Beste {full_name}"
    surname = " ".join(part for part in (prefix, family_name) if part)
    return f"Beste {title} {surname[:1].upper()}{surname[1:]}"


def template_version(*, title: str, text: str) -> str:
    """A digest of what a standard answer says, to compare when it is saved."""
    return hashlib.sha256("\x1f".join((title, text)).encode()).hexdigest()[:16]
