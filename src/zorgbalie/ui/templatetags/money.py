"""Amounts and spans of time in templates: ``{% load money %}``."""

from django import template

from zorgbalie.ui import money

register = template.Library()


@register.filter
def euros(value: int | None) -> str:
    """Give "€ 12,43" for whole cents; empty for nothing."""
    return "" if value is None else money.euros(cents=value)


@register.filter
def spent(value: int) -> str:
    """Give "6 min 30 s" for seconds."""
    return money.spent(seconds=value)
