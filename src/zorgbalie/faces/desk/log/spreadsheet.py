"""A CSV file that a spreadsheet opens as text alone (security row 29)."""

import csv
import io
from collections.abc import Iterable, Sequence

_MARK = "\ufeff"  # tells Excel that this is UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_bytes(*, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons, as Dutch spreadsheets expect; every cell quoted and harmless."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return (_MARK + stream.getvalue()).encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quote before it where it would."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" \u00a0").startswith(_FORMULA) or clean.startswith(_FORMULA) else clean
