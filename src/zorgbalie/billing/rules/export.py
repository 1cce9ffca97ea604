"""The file for the GP system: pure (docs/formats/declarations.md; security row 29)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

COLUMNS = (
    "regelnummer", "soort", "bsn", "naam", "geboortedatum", "datum", "prestatiecode", "omschrijving", "bedrag",
    "minuten", "uitvoerder", "bron", "bevestigd_door", "crediteert",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# A spreadsheet reads these as the ASCII ones; and skips white space before them.
_WIDE = ("＝", "＋", "－", "＠")


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what begins as one (row 29)."""
    one_line = " ".join(text.replace("\x00", "").splitlines())
    begins = text.lstrip(" \xa0")[:1]
    return f"'{one_line}" if begins in _FORMULA + _WIDE and begins else one_line


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
    """UTF-8 with a byte order mark, columns apart by ;, lines end in CR LF. Rows come with their texts made safe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
