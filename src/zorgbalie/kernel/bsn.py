"""The citizen service number (BSN): nine digits of which the leading zeros count.

A BSN is never written to a log, a URL or a screen other than masked.
Source: Besluit burgerservicenummer; Logisch Ontwerp BSN (eleven-test).
"""

import re
from typing import NewType

Bsn = NewType("Bsn", str)

_NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class InvalidBsn(ValueError):
    """The text is not a BSN. Its message never repeats the text: that may be a mistyped real number."""


def parse_bsn(text: str) -> Bsn:
    """The BSN in a text as people type it: spaces and dots are left out, leading zeros are kept.

    Raises: InvalidBsn, when it has not nine digits or fails the eleven-test.
    """
    digits = re.sub(r"[\s.]", "", text)
    return parse_exact_bsn(digits)


def parse_exact_bsn(text: str) -> Bsn:
    """The BSN in a text of another system, which must be nine digits and nothing else.

    Raises: InvalidBsn.
    """
    if not _NINE_DIGITS.fullmatch(text):
        raise InvalidBsn("a BSN has nine digits")
    if text == "000000000" or _weighted_sum(text) % 11 != 0:
        raise InvalidBsn("the number fails the eleven-test")
    return Bsn(text)


def mask_bsn(bsn: Bsn) -> str:
    """The BSN as a screen may show it: only the last three digits."""
    return "•" * 6 + bsn[-3:]


def _weighted_sum(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
