"""What goes into a calendar program, and addresses at which one reads an agenda."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from zorgbalie.agenda.types import AgendaId, AgendaRefused

AgendaFeedId = NewType("AgendaFeedId", int)

LONGEST_FEED_NAME = 60
MOST_FEEDS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEntry:
    """One entry. Moments, or days where it lasts whole days (`until` is then the day after the last).

    `revision` grows with each change, so that a calendar program takes the newer one; `stamp`: when it was written.
    """

    uid: str
    title: str
    since: datetime | date
    until: datetime | date
    stamp: datetime
    revision: int = 0
    is_cancelled: bool = False
    location: str = ""
    description: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedCard:
    """An address at which an employee reads an agenda; the secret is not kept. `agenda_name` empty: all agendas."""

    feed_id: AgendaFeedId
    name: str
    agenda_name: str
    shows_names: bool
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedPage:
    """The addresses of one employee, and of which agendas one can be made. `is_on`: the practice allows it."""

    is_on: bool
    rows: tuple[FeedCard, ...]
    agendas: tuple[tuple[AgendaId, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedAnswer:
    """What a calendar program gets. `content` is None when it has this version already."""

    tag: str
    content: bytes | None


class FeedRefused(AgendaRefused):
    """No address was made: switched off, too many, or an agenda that is not there any more."""
