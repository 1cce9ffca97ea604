"""PDF documents with typst: tagged, so that a screen reader can read them (PDF/UA-1), and lasting (PDF/A-2a).

A template is `<app>/pdf/<name>.typ`, in the app that owns its words; the shared look is `layout.typ` here. Values reach
a template as JSON in `sys.inputs.data` and never as source, so no text of a person can become an instruction.
"""

import json
import re
from collections.abc import Mapping
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
    Raises PdfFailed.
    """
    if not _NAME.fullmatch(template):
        raise PdfFailed("the name of a template is app/name")
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
        raise PdfFailed(f"{template}: {error}") from error
