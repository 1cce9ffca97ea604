"""Reliable information beside an item of the record (REQ 19, 81)."""

from dataclasses import dataclass

from zorgbalie.knowledge.types import InfoLink


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemInformation:
    """The name of the item as the patient reads it, and the pages on other websites that go with it."""

    title: str
    links: tuple[InfoLink, ...]
