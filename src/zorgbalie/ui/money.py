"""Amounts and spans of time as people read them, in the language of the page."""

from decimal import Decimal

from django.utils.translation import gettext as _

from zorgbalie.ui.formats import plain_number


def euros(*, cents: int) -> str:
    """Give "€ 12,43" for whole cents; an amount that is taken back has a minus in front."""
    amount = plain_number(value=Decimal(abs(cents)) / 100, places=2)
    return f"− € {amount}" if cents < 0 else f"€ {amount}"


def spent(*, seconds: int) -> str:
    """Give "6 min 30 s", or "6 min" for whole minutes."""
    minutes, rest = divmod(seconds, 60)
    if not rest:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
