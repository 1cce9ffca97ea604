"""One page of a list in one query: its rows bring along how many there are in all."""

from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce

from zorgbalie.record.rules.shown import clamp_page

IN_ALL = "rows_in_all"


def cut(*, rows: "QuerySet[Any, Any]", page: int, per_page: int) -> tuple[list[Any], int, int]:
    """A page of ordered rows, its number (the nearest that exists) and how many rows there are.

    One query; two more for a page beyond the end.
    """
    return cut_counted(rows=rows.annotate(**{IN_ALL: Window(Count("*"))}), page=page, per_page=per_page)


def cut_counted(*, rows: "QuerySet[Any, Any]", page: int, per_page: int) -> tuple[list[Any], int, int]:
    """The same for rows that carry their number already: as `rows_in_all`, in a tuple as the last value."""
    number = max(1, page)
    found = _page(rows, number, per_page)
    if not found and number > 1:
        first = _page(rows, 1, 1)
        number = clamp_page(number=number, total=_in_all(first), per_page=per_page)
        found = _page(rows, number, per_page) if first else []
    return found, number, _in_all(found)


def count_of(*, rows: "QuerySet[Any, Any]") -> Coalesce:
    """How many rows there are, as a value within another query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=BigIntegerField())


def contacts_and(*, contacts: "QuerySet[Any, Any]", lines: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Contacts and lines without one in a single list: day, id, whether it is a line, and how many there are in all."""
    of_contacts = _half(contacts, "started_on", lines, is_line=0)
    return of_contacts.union(_half(lines, "recorded_on", contacts, is_line=1), all=True)


def _half(rows: "QuerySet[Any, Any]", day: str, others: "QuerySet[Any, Any]", *, is_line: int) -> "QuerySet[Any, Any]":
    in_all = Window(Count("*")) + count_of(rows=others)
    half: QuerySet[Any, Any] = rows.annotate(loose=Value(is_line), **{IN_ALL: in_all})
    return half.values_list(day, "pk", "loose", IN_ALL)


def count_each(*, parts: "dict[Any, QuerySet[Any, Any]]") -> dict[Any, int]:
    """How many rows each part has, in one query."""
    names = {str(number): part for number, part in enumerate(parts)}
    counted = [
        rows.order_by().values(part=Value(name)).annotate(number=Count("pk")).values_list("part", "number")
        for name, rows in zip(names, parts.values(), strict=True)
    ]
    found = dict(counted[0].union(*counted[1:], all=True)) if counted else {}
    return {part: found.get(name, 0) for name, part in names.items()}


def _page(rows: "QuerySet[Any, Any]", number: int, per_page: int) -> list[Any]:
    start = (number - 1) * per_page
    return list(rows[start : start + per_page])


def _in_all(found: list[Any]) -> int:
    if not found:
        return 0
    first = found[0]
    if isinstance(first, tuple):
        return int(first[-1])
    return int(first[IN_ALL] if isinstance(first, dict) else getattr(first, IN_ALL))
