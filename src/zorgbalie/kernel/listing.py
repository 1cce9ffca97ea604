"""One page of a long list, as queries give it to faces: rows, how many there are in all, and which page this is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE_SIZE = 25
# Nobody leafs further by hand; it bounds what one address can make the database skip.
_LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing(Generic[Row]):
    """A page of rows; `number` counts from 1."""

    rows: tuple[Row, ...]
    total: int
    number: int
    size: int = PAGE_SIZE


def page_bounds(*, number: int, total: int, size: int = PAGE_SIZE) -> tuple[int, slice]:
    """The page that can be shown (a number beyond the end gives the last one) and which rows are on it."""
    last = max(1, -(-total // size))
    shown = min(max(1, number), last, _LAST_PAGE)
    return shown, slice((shown - 1) * size, shown * size)
