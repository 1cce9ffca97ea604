"""Pictures of measurements, made on the server: a bar for one value, a line for several.

Every picture says in words what it shows; colour never carries the meaning alone. Positions are
percentages, so that the drawing fits a phone without shrinking its letters.
Source: ux rules 30 and 31; WCAG 1.1.1, 1.4.1.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from zorgbalie.ui import formats
from zorgbalie.ui.types import TrendPoint

SLIGHT = Decimal("0.10")
"""Up to this fraction beyond a limit is called "iets" (slightly); the practice's conclusion outranks it."""


@dataclass(frozen=True, kw_only=True)
class RangeBar:
    """A drawn range: positions are percentages as text, ``words`` says where the value lies."""

    words: str
    state: str
    value: str
    low: str
    high: str
    low_at: str
    high_at: str
    usual_width: str
    value_at: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A measurement in the line, with its place and its label."""

    x: str
    y: str
    label_y: str
    anchor: str
    value: str
    day: str
    note: str
    labelled: bool


@dataclass(frozen=True, kw_only=True)
class TrendLine:
    """A drawn line; ``lines`` are (x1, y1, x2, y2) in percentages."""

    dots: Sequence[Dot]
    lines: Sequence[tuple[str, str, str, str]]
    band_y: str
    band_height: str
    sentence: str
    low: str
    high: str


def _percent(number: Decimal | float) -> str:
    return f"{float(number):.2f}%"


def position_words(*, value: Decimal, low: Decimal | None, high: Decimal | None) -> tuple[str, str]:
    """Say where a value lies: (state, words), state ``usual``, ``low``, ``high`` or ``unknown``."""
    if low is None and high is None:
        return "unknown", _("Hier zijn geen gewone waarden voor bekend")
    if high is not None and value > high:
        slight = value - high <= abs(high) * SLIGHT
        return "high", _("Iets hoger dan de gewone waarden") if slight else _("Hoger dan de gewone waarden")
    if low is not None and value < low:
        slight = low - value <= abs(low) * SLIGHT
        return "low", _("Iets lager dan de gewone waarden") if slight else _("Lager dan de gewone waarden")
    return "usual", _("Binnen de gewone waarden")


def _scale(*, value: Decimal, low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal]:
    """Choose the ends of the bar: the usual range with room on both sides, and the value inside."""
    known = [one for one in (low, high) if one is not None]
    span = (high - low) if low is not None and high is not None else abs(known[0]) or Decimal(1)
    room = span * Decimal("0.5") or Decimal(1)
    start = (low - room) if low is not None else min(value, known[0]) - room
    end = (high + room) if high is not None else max(value, known[0]) + room
    return min(start, value - room / 4), max(end, value + room / 4)


def _sentence(*, value: str, words: str, low: str, high: str, unit: str) -> str:
    parts = {"value": value, "unit": unit, "words": words, "low": low, "high": high}
    if low and high:
        return _("%(value)s %(unit)s. %(words)s: %(low)s tot %(high)s %(unit)s.") % parts
    if high:
        return _("%(value)s %(unit)s. %(words)s: tot %(high)s %(unit)s.") % parts
    return _("%(value)s %(unit)s. %(words)s: vanaf %(low)s %(unit)s.") % parts


def range_bar(*, value: Decimal, low: Decimal | None, high: Decimal | None, unit: str) -> RangeBar:
    """Draw one value against its usual range (all in ``unit``); without limits only words remain."""
    state, words = position_words(value=value, low=low, high=high)
    shown = formats.plain_number(value=value)
    places = max(formats.decimals(value=one) for one in (low, high, Decimal(0)) if one is not None)
    low_text = "" if low is None else formats.plain_number(value=low, places=places)
    high_text = "" if high is None else formats.plain_number(value=high, places=places)
    if state == "unknown":
        return RangeBar(
            words=words, state=state, value=shown, low="", high="", low_at="", high_at="",
            usual_width="", value_at="", sentence=f"{shown} {unit}. {words}.",
        )  # fmt: skip
    start, end = _scale(value=value, low=low, high=high)
    at = {
        "low": Decimal(0) if low is None else (low - start) / (end - start) * 100,
        "high": Decimal(100) if high is None else (high - start) / (end - start) * 100,
        "value": (value - start) / (end - start) * 100,
    }
    return RangeBar(
        words=words,
        state=state,
        value=shown,
        low=low_text,
        high=high_text,
        low_at=_percent(at["low"]),
        high_at=_percent(at["high"]),
        usual_width=_percent(at["high"] - at["low"]),
        value_at=_percent(at["value"]),
        sentence=_sentence(value=shown, words=words, low=low_text, high=high_text, unit=unit),
    )


def _x(*, day: dt.date, first: dt.date, final: dt.date) -> float:
    """Place a day between 6 % and 94 % of the width; a single day stands in the middle."""
    if first == final:
        return 50.0
    return 6 + 88 * (day - first).days / (final - first).days


def _trend_sentence(*, points: Sequence[TrendPoint], unit: str) -> str:
    first, latest = points[0], points[-1]
    return _("Van %(first)s %(unit)s op %(first_day)s naar %(latest)s %(unit)s op %(latest_day)s.") % {
        "first": formats.plain_number(value=first.value),
        "latest": formats.plain_number(value=latest.value),
        "unit": unit,
        "first_day": formats.day_date(value=first.day),
        "latest_day": formats.day_date(value=latest.day),
    }


def _is_reached_from_above(heights: Sequence[float], index: int) -> bool:
    """Whether the line would run through a number that stands above its dot; heights count from the top."""
    beside = [heights[place] for place in (index - 1, index + 1) if 0 <= place < len(heights)]
    return all(one < heights[index] for one in beside)


def _dots(*, points: Sequence[TrendPoint], heights: Sequence[float]) -> list[Dot]:
    """Place the dots; only the first, the latest and the extremes carry a number."""
    values = [point.value for point in points]
    labelled = {0, len(points) - 1, values.index(min(values)), values.index(max(values))}
    dots = []
    for index, (point, height) in enumerate(zip(points, heights, strict=True)):
        x = _x(day=point.day, first=points[0].day, final=points[-1].day)
        below = height < 16 or _is_reached_from_above(heights, index)
        anchor = "start" if x < 12 else "end" if x > 88 else "middle"
        dots.append(
            Dot(
                x=_percent(x),
                y=_percent(height),
                label_y=_percent(height + 14 if below else height - 8),
                anchor=anchor,
                value=formats.plain_number(value=point.value),
                day=formats.day_date(value=point.day),
                note=point.note,
                labelled=index in labelled,
            )
        )
    return dots


def trend_line(*, points: Sequence[TrendPoint], unit: str, low: Decimal | None, high: Decimal | None) -> TrendLine:
    """Draw two or more measurements in time, oldest first, with the usual range as a band.

    Raises:
        ValueError: fewer than two measurements; a trend starts at the second value (ux 30).
    """
    if len(points) < 2:
        raise ValueError("A trend needs at least two measurements")
    ordered = sorted(points, key=lambda point: point.day)
    limits = [one for one in (low, high) if one is not None]
    values = [point.value for point in ordered] + limits
    bottom, top = min(values), max(values)
    room = (top - bottom) * Decimal("0.15") or Decimal(1)
    bottom, top = bottom - room, top + room

    def height(value: Decimal) -> float:
        return float(92 - 84 * (value - bottom) / (top - bottom))

    dots = _dots(points=ordered, heights=[height(point.value) for point in ordered])
    band_top = 4.0 if high is None else height(high)
    band_bottom = 96.0 if low is None else height(low)
    return TrendLine(
        dots=dots,
        lines=[(a.x, a.y, b.x, b.y) for a, b in pairwise(dots)],
        band_y=_percent(band_top) if limits else "",
        band_height=_percent(band_bottom - band_top) if limits else "",
        sentence=_trend_sentence(points=ordered, unit=unit),
        low="" if low is None else formats.plain_number(value=low),
        high="" if high is None else formats.plain_number(value=high),
    )
