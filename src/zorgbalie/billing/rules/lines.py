"""Reads a file of tariffs: eight columns. A bad line is told, the others go on (docs/formats/tariffs.md).

A first line of column names is left out.
"""

import re
import unicodedata
from datetime import date

from zorgbalie.billing.types import RefusedTariff, Tariff, TariffFault
from zorgbalie.kernel.column_files import plain, read_rows

MOST_LINES = 5000
_COLUMNS = 8
_SHOWN = 120
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CODE = re.compile(r"[A-Z0-9]{3,8}")
_WHOLE = re.compile(r"[0-9]{1,7}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_MINUTES = 1440
_LONGEST_DESCRIPTION, _LONGEST_SOURCE = 160, 200


class _Fault(Exception):
    def __init__(self, fault: TariffFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_tariffs(*, data: bytes) -> tuple[list[Tariff], list[RefusedTariff]]:
    """The lines of a file and those that are refused. Raises NotAText; a size is checked by the caller."""
    found: list[Tariff] = []
    refused: list[RefusedTariff] = []
    seen: set[tuple[str, date]] = set()
    for number, row in read_rows(data=data, headings={"code"}, most=MOST_LINES):
        try:
            tariff = _tariff(row)
            if (tariff.code, tariff.valid_from) in seen:
                raise _Fault(TariffFault.DOUBLE)
        except _Fault as error:
            text = " ".join(plain(text=cell) for cell in row)[:_SHOWN]
            refused.append(RefusedTariff(number=number, fault=error.fault, text=text))
        else:
            seen.add((tariff.code, tariff.valid_from))
            found.append(tariff)
    return found, refused


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
    if not clean or len(clean) > most or plain(text=clean) != clean:
        raise _Fault(fault)
    return clean
