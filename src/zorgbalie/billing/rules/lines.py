"""Reads a file of tariffs: eight columns. A bad line is told, the others go on (docs/formats/tariffs.md).

UTF-8 with or without a byte order mark, else Windows-1252; columns apart by ; or a comma. A first line of column names
is left out.
"""

import csv
import io
import re
import unicodedata
from datetime import date

from zorgbalie.billing.types import RefusedTariff, Tariff, TariffFault

MOST_LINES = 5000
_COLUMNS = 8
_SHOWN = 120
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CODE = re.compile(r"[A-Z0-9]{3,8}")
_WHOLE = re.compile(r"[0-9]{1,7}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_MINUTES = 1440
_LONGEST_DESCRIPTION, _LONGEST_SOURCE = 160, 200


class NotAText(ValueError):
    """The file is no text with columns: a workbook, a picture, or another encoding."""


class _Fault(Exception):
    def __init__(self, fault: TariffFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_tariffs(*, data: bytes) -> tuple[list[Tariff], list[RefusedTariff]]:
    """The lines of a file and those that are refused. Raises NotAText; a size is checked by the caller."""
    found: list[Tariff] = []
    refused: list[RefusedTariff] = []
    seen: set[tuple[str, date]] = set()
    for number, row in _rows(_decoded(data)):
        try:
            tariff = _tariff(row)
            if (tariff.code, tariff.valid_from) in seen:
                raise _Fault(TariffFault.DOUBLE)
        except _Fault as error:
            text = " ".join(_plain(cell) for cell in row)[:_SHOWN]
            refused.append(RefusedTariff(number=number, fault=error.fault, text=text))
        else:
            seen.add((tariff.code, tariff.valid_from))
            found.append(tariff)
    return found, refused


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise NotAText
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAText


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Rows with the number of the line they end on; empty ones and a first row of column names are left out."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows.append((reader.line_num, cells))
            if len(rows) > MOST_LINES:
                raise NotAText
    except csv.Error:
        raise NotAText from None
    return rows[1:] if rows and rows[0][1][0].casefold() == "code" else rows


def _tariff(row: list[str]) -> Tariff:
    if len(row) != _COLUMNS:
        raise _Fault(TariffFault.COLUMNS)
    if any(cell.startswith(_FORMULA) for cell in row):
        raise _Fault(TariffFault.FORMULA)
    code = row[0].upper()
    if not _CODE.fullmatch(code):
        raise _Fault(TariffFault.CODE)
    minutes_from, minutes_to = _minutes(row[2], row[3])
    valid_from, valid_until = _period(row[5], row[6])
    return Tariff(
        code=code,
        description=_text(row[1], _LONGEST_DESCRIPTION, TariffFault.DESCRIPTION),
        minutes_from=minutes_from,
        minutes_to=minutes_to,
        amount_cents=_amount(row[4]),
        valid_from=valid_from,
        valid_until=valid_until,
        source=_text(row[7], _LONGEST_SOURCE, TariffFault.SOURCE),
    )


def _minutes(first: str, last: str) -> tuple[int, int | None]:
    if not _WHOLE.fullmatch(first or "0") or not _WHOLE.fullmatch(last or "0"):
        raise _Fault(TariffFault.MINUTES)
    low, high = int(first or "0"), int(last) if last else None
    if low > _MOST_MINUTES or (high is not None and not low < high <= _MOST_MINUTES):
        raise _Fault(TariffFault.MINUTES)
    return low, high


def _amount(text: str) -> int:
    if not _WHOLE.fullmatch(text) or int(text) == 0:
        raise _Fault(TariffFault.AMOUNT)
    return int(text)


def _period(first: str, last: str) -> tuple[date, date | None]:
    begins, ends = _day(first), _day(last) if last else None
    if ends is not None and ends < begins:
        raise _Fault(TariffFault.DAY)
    return begins, ends


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _Fault(TariffFault.DAY)


def _text(text: str, most: int, fault: TariffFault) -> str:
    clean = unicodedata.normalize("NFC", text)
    if not clean or len(clean) > most or _plain(clean) != clean:
        raise _Fault(fault)
    return clean


def _plain(text: str) -> str:
    """Without characters that cannot be seen or turn the direction of what follows."""
    return "".join(one for one in text if unicodedata.category(one)[0] != "C")
