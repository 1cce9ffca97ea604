"""Formats of days, moments, numbers and sizes in templates; ``{% load ui %}`` brings them along."""

import datetime as dt
import re
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.ui import formats, roles

register = template.Library()

DAY_STYLES = {"long": formats.long_date, "day": formats.day_date, "short": formats.short_date}
MOMENT_STYLES = {
    "moment": formats.long_moment,
    "short_moment": formats.short_moment,
    "clock": formats.clock_time,
}


@register.simple_tag
def ui_time(value: dt.date, style: str = "long") -> SafeString:
    """Render ``<time>``. Styles: long, day, short; for a moment also moment, short_moment, clock.

    Raises:
        ValueError: an unknown style, or a style with a time for a value that has none.
    """
    if style in DAY_STYLES:
        text = DAY_STYLES[style](value=value)
    elif style in MOMENT_STYLES and isinstance(value, dt.datetime):
        text = MOMENT_STYLES[style](value=value)
    else:
        raise ValueError(f"Style {style!r} does not fit {type(value).__name__}")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def nl_date(value: dt.date | None) -> str:
    """Give "donderdag 26 november 2026", in the language of the page; empty for nothing."""
    return formats.long_date(value=value) if value else ""


@register.filter
def nl_day(value: dt.date | None) -> str:
    """Give "26 november 2026"; empty for nothing."""
    return formats.day_date(value=value) if value else ""


@register.filter
def nl_moment(value: dt.datetime | None) -> str:
    """Give "donderdag 26 november 2026 om 17.00 uur"; empty for nothing."""
    return formats.long_moment(value=value) if value else ""


@register.filter
def nl_clock(value: dt.datetime | None) -> str:
    """Write the time of a moment: "17.00 uur"."""
    return formats.clock_time(value=value) if value else ""


@register.filter
def nl_number(value: Decimal | int | float | str) -> str:
    """Give "1.234,5"."""
    return formats.plain_number(value=value)


@register.filter
def file_size(value: int) -> str:
    """Give "2,4 MB" for a size in bytes."""
    return formats.file_size(size=value)


@register.filter
def tel_links(sentence: str, phone: str) -> SafeString:
    """Let the phone number in a sentence be called with one press (ux 13, 25)."""
    if not phone:
        return escape(sentence)
    link = format_html('<a href="{}">{}</a>', tel(phone), phone)
    # Not the end of a longer number: 0800 0113 is not 113.
    found = re.compile(rf"(?<![\d-]){re.escape(escape(phone))}(?![\d-])")
    return mark_safe(found.sub(lambda _match: link, escape(sentence)))  # noqa: S308  (all of it escaped)


@register.filter
def tel(value: str) -> str:
    """Give the ``tel:`` address of a phone number as people write it."""
    return "tel:" + "".join(sign for sign in value if sign.isdigit() or sign == "+")


@register.filter
def role_name(value: str) -> str:
    """Give the function of staff as people say it; empty for what is no function."""
    return roles.role_name(value) if value in set(StaffRole) else ""
