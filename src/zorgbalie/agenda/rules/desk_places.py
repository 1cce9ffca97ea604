"""How the desk sees a free place: of the urgent reserve, and whether patients see it too. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from zorgbalie.agenda.rules.free import Agenda, places_on
from zorgbalie.agenda.rules.grid import cells_of
from zorgbalie.agenda.rules.opening import reserved
from zorgbalie.agenda.types import KindRules, Place


def marked_places(
    *, agenda: Agenda, kind: KindRules, day: date, now: datetime, is_online: bool
) -> Sequence[tuple[Place, bool, bool]]:
    """Free places of a day as the desk may have them, each with: of the reserve (R11), and seen by patients now."""
    free = list(places_on(agenda=agenda, kind=kind, day=day, now=now, online=False))
    if not free:
        return ()
    seen = set(places_on(agenda=agenda, kind=kind, day=day, now=now, online=True)) if is_online else set()
    kept = sorted(reserved(cells=cells_of(blocks=agenda.blocks, day=day), reserve=agenda.opening.reserve))
    return [(one, any(one.starts_at <= moment < one.ends_at for moment in kept), one in seen) for one in free]
