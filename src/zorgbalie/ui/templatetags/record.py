"""Words for values of a record: ``{% load record %}``. Used by the parts in ``templates/ui/record``.

The parts draw one item of a record each and take declared inputs; the patient's pages and the desk's preview share
them, so that the two cannot differ (ux 50). Set ``links`` where the patient's addresses exist.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from zorgbalie.ui.formats import day_date
from zorgbalie.ui.types import TrendPoint

register = template.Library()

_UNITS = {"Cel": "°C", "mm[Hg]": "mmHg", "/min": "per minuut", "a": "jaar"}
_UNIT_PARTS = (
    (re.compile(r"^u(?=(mol|g|L|l|U|m|kat)\b)"), "µ"),
    (re.compile(r"(?<=/)\{1\.73_m2\}|(?<=/)1[.,]73 ?m2\b"), "1,73 m²"),
    (re.compile(r"\bm2\b"), "m²"),
    (re.compile(r"\b(?:10\*|E)9(?=/)"), "10⁹"),
    (re.compile(r"\b(?:10\*|E)12(?=/)"), "10¹²"),
)
_HIGH, _LOW, _USUAL = {"H", "HH", "HU", "HX", ">"}, {"L", "LL", "LU", "LX", "<"}, {"N"}


class _Point(Protocol):
    """A measurement in time, whichever room made it."""

    @property
    def day(self) -> dt.date:
        """When."""

    @property
    def number(self) -> Decimal:
        """How much."""


@register.filter
def record_day(value: dt.date | None, precision: str = "day") -> str:
    """A day as precisely as the source knew it: "4 mei 2026", "mei 2026" or "2026"; empty for nothing."""
    if value is None:
        return ""
    if precision == "year":
        return formats.date_format(value, "Y")
    if precision == "month":
        return formats.date_format(value, "F Y")
    return day_date(value=value)


@register.filter
def unit_words(unit: str) -> str:
    """A unit as people write it: UCUM and message systems know no µ, ² or ⁹."""
    if unit in _UNITS:
        return _(_UNITS[unit])
    for found, written in _UNIT_PARTS:
        unit = found.sub(written, unit)
    return unit


@register.filter
def comparator_words(comparator: str) -> str:
    """What "<" and its like mean before a number."""
    return {
        "<": _("minder dan"),
        "<=": _("hoogstens"),
        ">": _("meer dan"),
        ">=": _("minstens"),
    }.get(comparator, comparator)


@register.filter
def interpretation_words(code: str) -> str:
    """The laboratory's own flag (HL7) in words, for a value that came without limits; empty when unknown."""
    if code in _HIGH:
        return _("Hoger dan de gewone waarden")
    if code in _LOW:
        return _("Lager dan de gewone waarden")
    return _("Binnen de gewone waarden") if code in _USUAL else ""


@register.filter
def category_words(category: str) -> str:
    """To what kind of thing somebody is allergic (FHIR AllergyIntolerance.category)."""
    return {
        "food": _("Eten of drinken"),
        "medication": _("Medicijn"),
        "environment": _("Iets in uw omgeving"),
        "biologic": _("Lichaamseigen stof"),
    }.get(category, "")


@register.filter
def criticality_words(criticality: str) -> str:
    """How serious a reaction can be (FHIR AllergyIntolerance.criticality)."""
    return {"high": _("Kan ernstig zijn"), "low": _("Meestal niet ernstig")}.get(criticality, "")


@register.filter
def trend_points(points: Sequence[_Point]) -> list[TrendPoint]:
    """Measurements as the dots of `ui_trend`."""
    return [TrendPoint(day=point.day, value=point.number) for point in points]
