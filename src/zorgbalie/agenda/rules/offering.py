"""Which places can be offered to who waits for an earlier time. Pure.

As patients see them, only that the staggered release does not count: the practice itself offers the time, so nobody is
passed over. The urgent reserve (R11), blocks that are not online and what begins too soon stay out of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from zorgbalie.agenda.rules.free import Agenda, places_on
from zorgbalie.agenda.types import KindRules, Place, ReleasePlan

_FURTHEST = 400
"""Days: further ahead than any appointment is moved to an earlier time."""


def offered_places_on(*, agenda: Agenda, kind: KindRules, day: date, now: datetime) -> Iterator[Place]:
    """The places of a day for a kind that may be offered now, in order."""
    opening = replace(agenda.opening, plan=ReleasePlan.ALL, days_ahead=_FURTHEST)
    open_agenda, open_kind = replace(agenda, opening=opening), replace(kind, days_ahead=_FURTHEST)
    yield from places_on(agenda=open_agenda, kind=open_kind, day=day, now=now, online=True)


def answer_until(*, expires_at: datetime, starts_at: datetime, hours_before: int, change_until: datetime) -> datetime:
    """Until when one can say yes: while it stands, and the old time may still be given up and the new one be taken."""
    return min(expires_at, starts_at - timedelta(hours=hours_before), change_until)
