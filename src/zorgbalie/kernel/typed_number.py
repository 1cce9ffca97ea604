"""A measured number as people type it in Dutch."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"(<=|>=|≤|≥|<|>)?\s*(-?[0-9]{1,12}(?:[.,][0-9]{1,6})?)")
_SIGNS = {"≤": "<=", "≥": ">="}


def read_number(*, text: str) -> tuple[str, Decimal] | None:
    """A comparator (may be empty) and a number as people type it, `7,4` or `< 0.5`; None for what is no number.

    At most 12 digits before and 6 behind the comma: more would not fit and no measurement has it. A point as separator
    of thousands is not read: `1.000` could be one as well.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign = found[1] or ""
    return _SIGNS.get(sign, sign), Decimal(found[2].replace(",", "."))
