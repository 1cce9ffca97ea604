"""Dates, numbers and sizes as people read them, in the language of the page.

Source: ux rules 7 and 31 (a date in full, a number with its unit, Dutch decimal comma).
"""

import datetime as dt
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _

KIB = 1024


def _local(*, value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Move an aware moment to the clock of the practice; leave a day as it is."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def long_date(*, value: dt.date | dt.datetime) -> str:
    """Give "donderdag 26 november 2026"."""
    return formats.date_format(_local(value=value), "l j F Y")


def day_date(*, value: dt.date | dt.datetime) -> str:
    """Give "26 november 2026"."""
    return formats.date_format(_local(value=value), "j F Y")


def short_date(*, value: dt.date | dt.datetime) -> str:
    """Give "26-11-2026", for dense tables at the desk."""
    return formats.date_format(_local(value=value), "d-m-Y")


def clock_time(*, value: dt.datetime) -> str:
    """Give "17.00 uur" in Dutch, "17.00" in English."""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return _("%(hour)s.%(minute)s uur") % {
        "hour": formats.time_format(moment, "G"),
        "minute": formats.time_format(moment, "i"),
    }


def long_moment(*, value: dt.datetime) -> str:
    """Give "donderdag 26 november 2026 om 17.00 uur"."""
    return _("%(date)s om %(time)s") % {"date": long_date(value=value), "time": clock_time(value=value)}


def short_moment(*, value: dt.datetime) -> str:
    """Give "26-11-2026 17:00", for dense tables at the desk."""
    return formats.date_format(_local(value=value), "d-m-Y H:i")


def decimals(*, value: Decimal | int | float | str) -> int:
    """Count the decimals that a number needs."""
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def plain_number(*, value: Decimal | int | float | str, places: int | None = None) -> str:
    """Give "1.234,5": the separators of the language, no needless zeros unless ``places`` asks for them."""
    number = Decimal(str(value))
    places = decimals(value=number) if places is None else places
    return formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def file_size(*, size: int) -> str:
    """Give "350 kB" or "2,4 MB" for a size in bytes."""
    if size < KIB:
        return _("%(count)s bytes") % {"count": size}
    if size < KIB * KIB:
        return _("%(count)s kB") % {"count": plain_number(value=round(size / KIB))}
    return _("%(count)s MB") % {"count": plain_number(value=round(size / KIB / KIB, 1))}
