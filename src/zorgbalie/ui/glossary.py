"""A plain-language layer over care text: each abbreviation gets a button that explains it.

The text itself stays as the doctor wrote it. Source: ux rules 19 and 34.
"""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from zorgbalie.ui.types import GlossaryTerm

# What closes a word: it may not begin a line.
_MARK = re.compile(r"[.,;:!?)]+")


def term_button(*, text: str, meaning: str, key: str) -> SafeString:
    """Render a word with its explanation; ``key`` makes the identifiers unique on the page."""
    return mark_safe(  # noqa: S308  (an autoescaping template)
        render_to_string(
            "ui/components/term.html",
            {"text": text, "meaning": meaning, "identifier": f"uitleg-{slugify(text) or 'woord'}-{key}"},
        ).strip()
    )


def _with_mark(button: SafeString, mark: str) -> SafeString:
    """A button is a box of its own: the comma after it would begin the next line."""
    return format_html('<span class="zb-term-end">{}{}</span>', button, mark)


def _pattern(spellings: Sequence[str]) -> re.Pattern[str]:
    """Match whole words only, the longest spelling first; "li" must not match inside "links"."""
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def explain(*, text: str, terms: Sequence[GlossaryTerm], key: str) -> SafeString:
    """Mark the first occurrence of each known term in ``text``; every other character is escaped as is."""
    meanings = {word: term for term in terms for word in (term.term, *term.spellings)}
    if not meanings:
        return mark_safe(escape(text))  # noqa: S308  (escaped)
    pieces, end, seen = [], 0, set[str]()
    for match in _pattern(list(meanings)).finditer(text):
        term = meanings[match.group()]
        if term.term in seen:
            continue
        seen.add(term.term)
        button = term_button(text=match.group(), meaning=term.meaning, key=f"{key}-{len(seen)}")
        mark = _MARK.match(text, match.end())
        pieces += [escape(text[end : match.start()]), _with_mark(button, mark.group()) if mark else button]
        end = mark.end() if mark else match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308  (each piece is escaped)
