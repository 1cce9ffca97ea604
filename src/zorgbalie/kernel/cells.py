"""Texts for a cell of a spreadsheet, which may hold nothing that runs (security row 29). Pure."""

import unicodedata

_BEGINS_FORMULA = frozenset("=+-@|%")


def harmless_cell(*, text: str) -> str:
    """The text on one line, with an apostrophe before it where a spreadsheet would take it for a formula.

    A sign counts in all its widths, and behind white space and signs that do not show: some programs skip those. A text
    that began with a tab or a line end gets one too.
    """
    clean = text.replace("\x00", "")
    one_line = " ".join(clean.splitlines())
    first = next((sign for sign in one_line if unicodedata.category(sign)[0] not in "CZ"), "")
    is_formula = unicodedata.normalize("NFKC", first)[:1] in _BEGINS_FORMULA if first else False
    return f"'{one_line}" if is_formula or clean[:1] in ("\t", "\r", "\n") else one_line
