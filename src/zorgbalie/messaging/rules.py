"""Bounds of notices and codes. Pure."""

from datetime import timedelta

# How long a worker may take to send one notice before another may take it over.
LEASE = timedelta(minutes=3)
# Waits between tries, in minutes: more than a day in all, and never more than one try a minute (security row 51).
WAITS = (1, 2, 5, 10, 20, 40, 60, 120, 240, 480, 720)

CODE_LIFE = timedelta(minutes=30)
CODES_PER_HOUR = 5
TRIES_PER_CODE = 5
MOST_BROWSERS = 10


def seconds_until_next_try(*, attempts: int) -> int | None:
    """How long to wait after this many tries; None when it was the last."""
    return WAITS[attempts - 1] * 60 if attempts <= len(WAITS) else None
