"""Pure rules of writing in the journal: codes, names of rows that were written here, and what a moved row leaves."""

import re
from uuid import UUID

_ICPC = re.compile(r"([ABDFHKLNPRSTUWXYZ])(\d{2})(?:\.(\d{1,2}))?")
_HERE = "zorgbalie-"


def read_icpc(*, text: str) -> str | None:
    """A code of ICPC-1 as it is stored (`R05`, `T90.02`): a chapter, two digits, a subcode. None for anything else.

    Components: 01 to 29 symptoms, 30 to 69 what was done, 70 to 99 diseases; 00 is none. The list itself is licensed
    and not shipped, so whether a code exists is not known here. Source: NHG-Tabel 24.
    """
    found = _ICPC.fullmatch("".join(text.split()).upper().replace(",", "."))
    if found is None or found[2] == "00":
        return None
    subcode = found[3]
    return f"{found[1]}{found[2]}" + (f".{int(subcode):02d}" if subcode else "")


def row_name(*, key: UUID, part: str = "") -> str:
    """The name of a row that was written here, in the place where an imported row has the name its source gave it."""
    return f"{_HERE}{key}" + (f"-{part}" if part else "")


def is_written_here(*, source_id: str | None) -> bool:
    """Whether a row was written here and not imported."""
    return bool(source_id and source_id.startswith(_HERE))
