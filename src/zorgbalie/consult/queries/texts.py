"""Rules of texts that forms and previews need: no data of anybody."""

from collections.abc import Mapping

from zorgbalie.consult import rules


def split_icpc(*, text: str) -> tuple[str, ...] | None:
    """ICPC codes as somebody types them; None when one of them is none."""
    return rules.split_icpc(text=text)


def fill(*, text: str, fields: Mapping[str, str]) -> str:
    """A text with its fields filled in."""
    return rules.fill(text=text, fields=fields)
