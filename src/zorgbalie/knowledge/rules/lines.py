"""Reads a file of links: four columns, code system; code; address; title. A bad line is told, the others go on.

UTF-8 with or without a byte order mark, else Windows-1252 as older spreadsheets write; columns apart by ; or a comma.
A first line of column names is left out.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from zorgbalie.integrations.knowledge import AddressFault, AddressRefused, check_address
from zorgbalie.knowledge.types import CodeSystem, LineFault, RefusedLine

MOST_LINES = 20_000
_LONGEST_TITLE = 200
_COLUMNS = 4
_SHOWN = 120
_FORMULA = ("=", "+", "-", "@")
_HEADINGS = {"code system", "codesystem", "code_system", "codestelsel", "stelsel", "system", "systeem"}
_CODES = {
    CodeSystem.ICPC1: re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{2})?"),
    CodeSystem.ATC: re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?"),
    CodeSystem.GPK: re.compile(r"[0-9]{1,8}"),
    CodeSystem.PRK: re.compile(r"[0-9]{1,8}"),
    CodeSystem.HPK: re.compile(r"[0-9]{1,8}"),
    CodeSystem.NHG45: re.compile(r"[0-9]{1,6}"),
}
_SYSTEM_NAMES = {"icpc": "icpc1", "icpc1nl": "icpc1", "nhgtabel45": "nhg45", "tabel45": "nhg45"}


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkLine:
    """A line that can be stored."""

    system: CodeSystem
    code: str
    address: str
    host: str
    title: str


class NotAText(ValueError):
    """The file is no text with columns: a workbook, a picture, or another encoding."""


class _Fault(Exception):
    def __init__(self, fault: LineFault | AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_lines(*, data: bytes) -> tuple[list[LinkLine], list[RefusedLine]]:
    """The lines of a file and those that are refused. Raises NotAText; a size is checked by the caller."""
    found: list[LinkLine] = []
    refused: list[RefusedLine] = []
    seen: set[tuple[str, str, str]] = set()
    for number, row in _rows(_decoded(data)):
        try:
            line = _line(row)
            key = (line.system, line.code, line.host)
            if key in seen:
                raise _Fault(LineFault.DOUBLE)
        except _Fault as error:
            text = " ".join(_plain(cell) for cell in row)[:_SHOWN]
            refused.append(RefusedLine(number=number, fault=error.fault, text=text))
        else:
            seen.add(key)
            found.append(line)
    return found, refused


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise NotAText
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            raise NotAText from None


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
    return rows[1:] if rows and rows[0][1][0].casefold() in _HEADINGS else rows


def _line(row: list[str]) -> LinkLine:
    if len(row) != _COLUMNS:
        raise _Fault(LineFault.COLUMNS)
    if any(cell.startswith(_FORMULA) for cell in row):
        raise _Fault(LineFault.FORMULA)
    system = _system(row[0])
    code = row[1].upper()
    if not _CODES[system].fullmatch(code):
        raise _Fault(LineFault.CODE)
    try:
        host = check_address(row[2])
    except AddressRefused as error:
        raise _Fault(error.fault) from None
    return LinkLine(system=system, code=code, address=row[2], host=host, title=_title(row[3]))


def _system(text: str) -> CodeSystem:
    name = re.sub(r"[\s_-]+", "", text.casefold())
    name = _SYSTEM_NAMES.get(name, name)
    if name not in set(CodeSystem):
        raise _Fault(LineFault.SYSTEM)
    return CodeSystem(name)


def _title(text: str) -> str:
    title = unicodedata.normalize("NFC", text)
    if not title:
        raise _Fault(LineFault.TITLE_EMPTY)
    if len(title) > _LONGEST_TITLE:
        raise _Fault(LineFault.TITLE_LONG)
    if _plain(title) != title:
        raise _Fault(LineFault.TITLE_CHARACTERS)
    return title


def _plain(text: str) -> str:
    """Without characters that cannot be seen or turn the direction of what follows."""
    return "".join(one for one in text if unicodedata.category(one)[0] != "C")
