"""PDF documents with typst: tagged, so that a screen reader can read them (PDF/UA-1), and lasting (PDF/A-2a).

A template is `<app>/pdf/<name>.typ`, in the app that owns its words; the shared look is `layout.typ` here. Values reach
a template as JSON in `sys.inputs.data` and never as source, so no text of a person can become an instruction.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import typst

_ROOT = Path(__file__).resolve().parents[2]
_FONTS = Path(__file__).resolve().parent / "fonts"
_NAME = re.compile(r"[a-z_]+/[a-z_]+")


class PdfFailed(Exception):
    """The document could not be made: a fault of a template, or one of its values is missing."""


def render_pdf(*, template: str, data: Mapping[str, object], now: datetime) -> bytes:
    """The PDF of a template, named as `access/invitation_letter`.

    `data` holds what JSON can hold: texts, numbers, lists and mappings; days and moments already written out as the
    reader reads them. It must have `language` (nl, en) and `title`. `now` is the moment in the document's properties.
    A sign that no font shows stands in the document as �. Raises PdfFailed.
    """
    if not _NAME.fullmatch(template):
        raise PdfFailed("the name of a template is app/name")
    for shown in _EVER_LESS:
        data = {key: _replaced(value, shown) for key, value in data.items()}
        try:
            return _compile(template, data, now)
        except _NoGlyph as error:
            data = _without(data, error.signs)
    return _compile(template, data, now)


class _NoGlyph(PdfFailed):
    """A norm refuses the document: no font shows `signs`."""

    def __init__(self, message: str, signs: frozenset[str]) -> None:
        super().__init__(message)
        self.signs = signs


# Texts of people hold signs that no font of ours shows (an emoji, a control character), and the norms refuse a document
# that holds one. Such a sign becomes a mark that the reader sees: first those named, then all that are like them.
_MARK = "\ufffd"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PUNCTUATION = frozenset("–—‘’“”•…€−·\ufffd")
_EVER_LESS: tuple[Callable[[str], bool], ...] = (
    lambda sign: not _CONTROL.match(sign),
    lambda sign: sign < "\u0600" or "\u2000" <= sign < "\u2c00" or sign == _MARK,
    lambda sign: sign in "\n\t" or " " <= sign <= "\u017f" or sign in _PUNCTUATION,
)
_NAMED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def _replaced(value: object, is_shown: Callable[[str], bool]) -> object:
    """The same with the mark in the place of signs that are not shown."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        return "".join(sign if is_shown(sign) else _MARK for sign in value)
    if isinstance(value, Mapping):
        return {key: _replaced(one, is_shown) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(one, is_shown) for one in value]
    return value


def _without(data: Mapping[str, object], signs: frozenset[str]) -> dict[str, object]:
    return {key: _replaced(value, lambda sign: sign not in signs) for key, value in data.items()}


def _compile(template: str, data: Mapping[str, object], now: datetime) -> bytes:
    app, name = template.split("/")
    try:
        return typst.compile(
            str(_ROOT / app / "pdf" / f"{name}.typ"),
            root=str(_ROOT),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,  # the same document on every machine
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(now.timestamp()),
        )
    except (RuntimeError, typst.TypstError) as error:
        signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(_NAMED.findall(str(error))))
        if signs:
            # Neither the text nor its signs go into the message: it may be logged (security row 45).
            raise _NoGlyph(f"{template}: a sign that no font shows", frozenset(signs)) from None
        raise PdfFailed(f"{template}: {error}") from error
