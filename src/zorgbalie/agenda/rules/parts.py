"""Parts of a day, on the clock in the Netherlands. Pure."""

from datetime import datetime

from zorgbalie.agenda.types import PartOfDay
from zorgbalie.kernel.clock import AMSTERDAM

_NOON = 12


def part_of(moment: datetime) -> PartOfDay:
    """Before noon is morning."""
    return PartOfDay.MORNING if moment.astimezone(AMSTERDAM).hour < _NOON else PartOfDay.AFTERNOON


def is_in_part(*, moment: datetime, part: PartOfDay) -> bool:
    """Whether a moment fits what somebody prefers."""
    return part is PartOfDay.ANY or part_of(moment) is part
