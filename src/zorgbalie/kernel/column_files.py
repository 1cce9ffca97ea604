"""Reads a small file of columns that somebody saved from a spreadsheet. Pure.

UTF-8 with or without a byte order mark, else Windows-1252 as older spreadsheets write; columns apart by ; or a comma.
"""

import csv
import io
import unicodedata
from collections.abc import Container


class NotAText(ValueError):
    """The file is no text with columns: a workbook, a picture, another encoding, or too many lines."""


def read_rows(*, data: bytes, headings: Container[str], most: int) -> list[tuple[int, list[str]]]:
    """Rows with the number of the line they end on, each cell without spaces around it. Raises NotAText.

    Empty rows are left out, and a first row of column names: its first cell in small letters is one of `headings`.
    """
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows.append((reader.line_num, cells))
            if len(rows) > most:
                raise NotAText
    except csv.Error:
        raise NotAText from None
    return rows[1:] if rows and rows[0][1][0].casefold() in headings else rows


def plain(*, text: str) -> str:
    """Without characters that cannot be seen or turn the direction of what follows."""
    return "".join(one for one in text if unicodedata.category(one)[0] != "C")


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise NotAText
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAText
