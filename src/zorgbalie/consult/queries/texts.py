"""Rules of texts and days that forms and previews need: no data of anybody."""

from collections.abc import Mapping
from datetime import date

from zorgbalie.consult import rules


def split_icpc(*, text: str) -> tuple[str, ...] | None:
    """ICPC codes as somebody types them; None when one of them is none."""
    return rules.split_icpc(text=text)


def fill(*, text: str, fields: Mapping[str, str]) -> str:
    """A text with its fields filled in."""
    return rules.fill(text=text, fields=fields)


def quick_days(*, today: date) -> dict[str, date]:
    """Days that one chooses at once for a follow-up."""
    return rules.quick_days(today=today)
