"""Blocks and weeks in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.agenda.types import OccupationKind
from zorgbalie.agenda.types.weeks import ShownBlock, WhyNot
from zorgbalie.ui.formats import day_date

_DAY = 24 * 60


def clock(minutes: int) -> str:
    """`8.00`; of the next day with those words."""
    text = f"{minutes // 60 % 24}.{minutes % 60:02d}"
    return _("%(time)s (volgende dag)") % {"time": text} if minutes > _DAY else text


def times(block: ShownBlock) -> str:
    """`8.00 tot 12.00 uur`."""
    return _("%(from)s tot %(until)s uur") % {"from": clock(block.starts), "until": clock(block.ends)}


def repeats(block: ShownBlock) -> str:
    """How often, and until when."""
    if block.since == block.until:
        return _("alleen deze dag")
    often = ngettext("elke week", "elke %(count)s weken", block.every_weeks) % {"count": block.every_weeks}
    if block.until is None:
        return often
    return _("%(often)s, tot en met %(day)s") % {"often": often, "day": day_date(value=block.until)}


def kind_names() -> dict[OccupationKind, str]:
    """What can fill an agenda that is no appointment."""
    return {
        OccupationKind.MEETING: _("Overleg"),
        OccupationKind.BREAK: _("Pauze"),
        OccupationKind.VISITS: _("Visites"),
        OccupationKind.CLOSED: _("Dicht"),
    }


def why_names() -> dict[WhyNot, str]:
    """Why a date of a series was left out."""
    return {
        WhyNot.APPOINTMENT: _("er staat al een afspraak"),
        WhyNot.OCCUPATION: _("er staat al iets anders, zoals overleg of pauze"),
        WhyNot.NO_SUCH_TIME: _("deze tijd bestaat die dag niet: de klok gaat een uur vooruit"),
    }
