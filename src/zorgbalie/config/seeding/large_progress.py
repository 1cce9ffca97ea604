"""Shows how far a long load is: steps, and within the loading a percentage, rows per second and the time to go."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")
_EVERY_SECONDS = {True: 0.5, False: 10.0}  # on a screen, in a log file


class Progress:
    """Writes to the standard output; on a screen in one line that is drawn anew."""

    def __init__(self) -> None:
        self.on_screen = sys.stdout.isatty()
        self.began = self.step_began = time.monotonic()
        self.shown = 0.0
        self.step_name = ""

    def step(self, name: str) -> None:
        """A new step; the one before is over."""
        self._close()
        self.step_name, self.step_began, self.shown = name, time.monotonic(), 0.0
        if not self.on_screen:
            print(f"{name} …", flush=True)

    def rows(self, done: int, expected: int) -> None:
        """So many rows of the expected ones."""
        seconds = time.monotonic() - self.step_began
        part = min(done / max(expected, 1), 1)
        left = seconds / part - seconds if part else 0
        self._show(f"{part:4.0%}  {done:,} rows  {done / max(seconds, 0.001):,.0f} rows/s  {_clock(left)} to go")

    def each(self, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """The items, counted while they are dealt with."""
        for number, item in enumerate(items, start=1):
            self._show(f"{number} of {total}: {item}")
            yield item

    def finish(self, text: str) -> None:
        """All is done."""
        self._close()
        print(f"{text} in {_clock(time.monotonic() - self.began)}.", flush=True)

    def _show(self, text: str) -> None:
        now = time.monotonic()
        if now - self.shown < _EVERY_SECONDS[self.on_screen]:
            return
        self.shown = now
        start, end = (f"\r\033[K{self.step_name}: ", "") if self.on_screen else ("  ", "\n")
        print(f"{start}{text}", end=end, flush=True)

    def _close(self) -> None:
        if self.step_name:
            start = "\r\033[K" if self.on_screen else "  "
            print(f"{start}{self.step_name}: {_clock(time.monotonic() - self.step_began)}", flush=True)
            self.step_name = ""


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02} min"
