"""The left side of the release page: the ticks in sections, one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from zorgbalie.faces.desk.release.draft import text_of
from zorgbalie.faces.desk.release.words import KIND_NAMES
from zorgbalie.record.types.desk import ChoiceItem, ItemKind

PER_PAGE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """One row: `is_line` stands under its episode; `goes_along` when its episode is unticked, which hides it too."""

    item: ChoiceItem
    value: str
    is_line: bool
    goes_along: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A headed part of the list; `total` counts the whole part, not only this page."""

    kind: ItemKind
    title: str
    ticks: tuple[Tick, ...]
    total: int
    hidden: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One page of the list."""

    sections: tuple[Section, ...]
    shown: tuple[ChoiceItem, ...]
    page: "Page[ChoiceItem]"
    found: int


def make_listing(items: tuple[ChoiceItem, ...], *, words: str, number: int) -> Listing:
    """The page of the list with this number, of what the words find."""
    found = _with_episodes([item for item in items if _has(item, words)], items) if words else items
    page: Page[ChoiceItem] = Paginator(found, PER_PAGE).get_page(number)
    shown = tuple(_with_episodes(list(page.object_list), items))
    return Listing(
        sections=tuple(_sections(shown, items)),
        shown=shown,
        page=page,
        found=len(found),
    )


def section_of(item: ChoiceItem) -> ItemKind:
    """Lines of an episode stand with the episodes."""
    return ItemKind.EPISODE if item.ref.kind is ItemKind.LINE and item.episode else item.ref.kind


def _has(item: ChoiceItem, words: str) -> bool:
    text = f"{item.title} {item.extra} {item.episode_title}".casefold()
    return all(word in text for word in words.casefold().split())


def _with_episodes(found: Iterable[ChoiceItem], items: tuple[ChoiceItem, ...]) -> tuple[ChoiceItem, ...]:
    """The rows, with the episode of a line above it also when it fell on the page before."""
    wanted = {item.ref for item in found}
    wanted |= {item.episode for item in found if item.episode and item.ref.kind is ItemKind.LINE}
    return tuple(item for item in items if item.ref in wanted)


def _sections(shown: tuple[ChoiceItem, ...], items: tuple[ChoiceItem, ...]) -> Iterable[Section]:
    off = {item.ref for item in items if item.ref.kind is ItemKind.EPISODE and not item.ticked}
    for kind, title in KIND_NAMES.items():
        rows = [item for item in shown if section_of(item) is kind]
        if not rows:
            continue
        whole = [item for item in items if item.ref.kind is kind and section_of(item) is kind]
        yield Section(
            kind=kind,
            title=str(title),
            ticks=tuple(
                Tick(
                    item=item,
                    value=text_of(item.ref),
                    is_line=kind is ItemKind.EPISODE and item.ref.kind is ItemKind.LINE,
                    goes_along=item.episode in off,
                )
                for item in rows
            ),
            total=len(whole),
            hidden=sum(1 for item in whole if not item.ticked),
        )
