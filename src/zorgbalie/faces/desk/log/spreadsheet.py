"""A CSV file that a spreadsheet opens as text alone (security row 29)."""

import csv
import io
from collections.abc import Iterable, Sequence

from zorgbalie.kernel.cells import harmless_cell

_MARK = "\ufeff"  # tells Excel that this is UTF-8


def csv_bytes(*, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons, as Dutch spreadsheets expect; every cell quoted and harmless."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless_cell(text=cell) for cell in head])
    for row in rows:
        writer.writerow([harmless_cell(text=cell) for cell in row])
    return (_MARK + stream.getvalue()).encode()
