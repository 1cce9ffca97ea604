"""Cells of the tables in the document of a record: the same words as on the pages (REQ 10, 22)."""

from typing import Any

from django.utils.translation import gettext as _

from zorgbalie.record.types import ShownAllergy, ShownEpisode, ShownMedicine, ShownValue
from zorgbalie.ui.formats import plain_number
from zorgbalie.ui.templatetags.record import (
    category_words,
    comparator_words,
    criticality_words,
    interpretation_words,
    record_day,
    unit_words,
)


def episode_cells(one: ShownEpisode) -> list[str]:
    """Name, begin, end and by whom."""
    title = _("%(title)s (belangrijk)") % {"title": one.title} if one.has_attention else one.title
    return [
        title,
        record_day(one.start_date, one.date_precision),
        "" if one.is_running else record_day(one.end_date),
        by_whom(one),
    ]


def allergy_cells(one: ShownAllergy) -> list[str]:
    """Name and kind, since when, what happens, remark, by whom."""
    name = one.title if one.is_active else _("%(title)s (niet meer actief)") % {"title": one.title}
    kinds = [category_words(one.category), criticality_words(one.criticality)]
    return [
        "\n".join(part for part in (name, *kinds) if part),
        record_day(one.start_date, one.date_precision),
        one.reaction,
        one.remark,
        by_whom(one),
    ]


def medicine_cells(one: ShownMedicine) -> list[str]:
    """Name, how to use it, what for, period, by whom."""
    since = record_day(one.start_date, one.date_precision)
    until = record_day(one.end_date)
    period = [
        _("sinds %(day)s") % {"day": since} if since else "",
        _("tot en met %(day)s") % {"day": until} if until else "",
    ]
    return [one.title, one.dosage, one.reason, "\n".join(part for part in period if part), by_whom(one)]


def value_words(value: ShownValue) -> str:
    """The value with what the page says of it, one thing per line."""
    parts = []
    if value.number is not None:
        number = f"{plain_number(value=value.number)} {unit_words(value.unit)}".strip()
        parts.append(f"{comparator_words(value.comparator)} {number}".strip() if value.comparator else number)
    parts.append(value.text)
    parts.append(_against_usual(value))
    if value.is_preliminary:
        parts.append(_("voorlopig"))
    return "\n".join(part for part in parts if part) or _("Geen waarde opgeschreven")


def usual_words(value: ShownValue) -> str:
    """The usual values, in words."""
    low = plain_number(value=value.low) if value.low is not None else ""
    high = plain_number(value=value.high) if value.high is not None else ""
    if low and high:
        return f"{low} – {high}"
    if low:
        return _("vanaf %(low)s") % {"low": low}
    if high:
        return _("tot %(high)s") % {"high": high}
    return value.reference_text


def by_whom(one: Any) -> str:
    """Who wrote it, with the function."""
    return ", ".join(part for part in (one.author_name, one.author_role) if part)


def _against_usual(value: ShownValue) -> str:
    """The words beside the bar on the page: above, below or within the usual values (ux 31)."""
    number = value.number
    if number is None or value.comparator:
        return ""
    if value.low is None and value.high is None:
        return interpretation_words(value.interpretation)
    if value.high is not None and number > value.high:
        return _("Hoger dan de gewone waarden")
    if value.low is not None and number < value.low:
        return _("Lager dan de gewone waarden")
    return _("Binnen de gewone waarden")
