"""One who is held up halfway, and another who comes in between: each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

from django.db import connection

_MOST = 10  # seconds


class HeldUp:
    """Where the first stops until the second waits for it; call it from within the first."""

    def __init__(self) -> None:
        self.is_there, self.goes_on = Event(), Event()

    def __call__(self) -> None:
        self.is_there.set()
        self.goes_on.wait(_MOST)


def while_held_up(held_up, first, second):
    """What comes of both: a value, or the exception that it ended with."""

    def run(act):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(run, first)
        assert held_up.is_there.wait(_MOST)
        other = pool.submit(run, second)
        _wait_until(lambda: other.done() or _is_waiting())
        held_up.goes_on.set()
        return one.result(_MOST), other.result(_MOST)


def _is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
        )
        return cursor.fetchone() is not None


def _wait_until(is_so) -> None:
    until = monotonic() + _MOST
    while not is_so() and monotonic() < until:
        sleep(0.02)
