"""The inbox of questions in words: how long there still is, and who is looking."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.consult.types import Presence

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def promise_words(*, answer_by: datetime, now: datetime) -> str:
    """How much time there is until a promise, or how long ago it was: "nog 3 uur", "2 uur te laat"."""
    rest = answer_by - now
    if rest >= timedelta():
        return _("nog %(time)s") % {"time": _span(rest)}
    return _("%(time)s te laat") % {"time": _span(-rest)}


def _span(span: timedelta) -> str:
    """Whole minutes below an hour, whole hours below two days, whole days above."""
    if span < _HOUR:
        minutes = max(1, span // timedelta(minutes=1))
        return ngettext("%(count)s minuut", "%(count)s minuten", minutes) % {"count": minutes}
    if span < 2 * _DAY:
        return ngettext("%(count)s uur", "%(count)s uur", span // _HOUR) % {"count": span // _HOUR}
    return ngettext("%(count)s dag", "%(count)s dagen", span // _DAY) % {"count": span // _DAY}


def presence_words(present: Sequence[Presence]) -> str:
    """Who is at a thread now; empty for nobody."""
    if not present:
        return ""
    typing = [one.name for one in present if one.is_typing]
    reading = [one.name for one in present if not one.is_typing]
    said = [_("%(name)s typt een antwoord") % {"name": name} for name in typing]
    said += [_("%(name)s leest dit nu") % {"name": name} for name in reading]
    return ", ".join(said)
