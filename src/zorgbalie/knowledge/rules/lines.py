"""Reads a file of links: four columns, code system; code; address; title. A bad line is told, the others go on.

A first line of column names is left out.
"""

import re
import unicodedata
from dataclasses import dataclass

from zorgbalie.integrations.knowledge import AddressFault, AddressRefused, check_address
from zorgbalie.kernel.column_files import plain, read_rows
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


class _Fault(Exception):
    def __init__(self, fault: LineFault | AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_lines(*, data: bytes) -> tuple[list[LinkLine], list[RefusedLine]]:
    """The lines of a file and those that are refused. Raises NotAText; a size is checked by the caller."""
    found: list[LinkLine] = []
    refused: list[RefusedLine] = []
    seen: set[tuple[str, str, str]] = set()
    for number, row in read_rows(data=data, headings=_HEADINGS, most=MOST_LINES):
        try:
            line = _line(row)
            key = (line.system, line.code, line.host)
            if key in seen:
                raise _Fault(LineFault.DOUBLE)
        except _Fault as error:
            text = " ".join(plain(text=cell) for cell in row)[:_SHOWN]
            refused.append(RefusedLine(number=number, fault=error.fault, text=text))
        else:
            seen.add(key)
            found.append(line)
    return found, refused


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
    if plain(text=title) != title:
        raise _Fault(LineFault.TITLE_CHARACTERS)
    return title
