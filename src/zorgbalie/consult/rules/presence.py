"""When a colleague still counts as being at a thread: pure."""

from datetime import datetime, timedelta

# A page tells it every quarter of a minute: three missed signs, and who was there is gone.
PRESENT_FOR = timedelta(seconds=45)
TYPING_FOR = timedelta(seconds=30)


def is_present(*, seen_at: datetime, now: datetime) -> bool:
    """Whether somebody who was last seen at a moment is there now."""
    return now - seen_at < PRESENT_FOR


def is_typing(*, typing_at: datetime | None, now: datetime) -> bool:
    """Whether somebody who last typed at a moment is typing now."""
    return typing_at is not None and now - typing_at < TYPING_FOR
