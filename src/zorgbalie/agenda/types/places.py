"""An agenda and its minutes as one stretch of whole numbers: what the exclusion constraint compares. Pure."""

from datetime import datetime, timedelta

from zorgbalie.agenda.types import Place

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_ROOM = 1 << 32
"""Numbers per agenda: minutes until the year 10,000 and further, so that agendas never touch."""


def minute_of(moment: datetime) -> int:
    """Whole minutes since 1970. Raises ValueError for a moment between two minutes: no place begins there."""
    minutes, rest = divmod(moment - _EPOCH, timedelta(minutes=1))
    if rest:
        raise ValueError("a place begins and ends on a whole minute")
    return minutes


def numbers_of(*, agenda_id: int, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """From, and until (exclusive)."""
    base = agenda_id * _ROOM
    return base + minute_of(starts_at), base + minute_of(ends_at)


def place_of(*, lower: int, upper: int) -> Place:
    """The other way round."""
    agenda_id, starts = divmod(lower, _ROOM)
    ends = upper - agenda_id * _ROOM
    return Place(
        agenda_id=agenda_id,
        starts_at=_EPOCH + timedelta(minutes=starts),
        ends_at=_EPOCH + timedelta(minutes=ends),
    )
