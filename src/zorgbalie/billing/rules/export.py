"""The file for the GP system: pure (docs/formats/declarations.md; security row 29)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from zorgbalie.kernel.cells import harmless_cell

COLUMNS = (
    "regelnummer", "soort", "bsn", "naam", "geboortedatum", "datum", "prestatiecode", "omschrijving", "bedrag",
    "minuten", "uitvoerder", "bron", "bevestigd_door", "crediteert",
)  # fmt: skip


def euros(cents: int | None) -> str:
    """`12,43`, without a sign: the column `soort` says whether it is taken back. Empty for what has no amount."""
    return "" if cents is None else f"{abs(cents) // 100},{abs(cents) % 100:02}"


def minutes(seconds: int) -> str:
    """`4:59`, minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


def iso(day: date) -> str:
    """`2026-01-31`."""
    return day.isoformat()


def file_of(*, rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, columns apart by ;, lines end in CR LF; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    writer.writerows([harmless_cell(text=cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
