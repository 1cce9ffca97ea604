"""Walks the chain of the access log and names what is wrong with it (security row 41).

Every digest is computed anew from the line as it stands. Memory stays the same whatever the length: lines come from
a server-side cursor and anchors are read along with them.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from zorgbalie.audit import chain
from zorgbalie.audit.sealing import event_values
from zorgbalie.audit.types import Anchor, ChainFault, Finding, WalkCount

_BATCH = 2_000
_Row = tuple[Any, ...]  # number, event id, digest, form, sealed at, and the columns of the line
_COLUMNS = ", ".join(f"e.{name}" for name in chain.FORMS[chain.CURRENT_FORM])
_WALK = f"""SELECT s.number, s.event_id, s.digest, s.form, s.sealed_at, {_COLUMNS} FROM audit_auditseal s
LEFT JOIN audit_auditevent e ON e.id = s.event_id ORDER BY s.number, s.event_id"""
_TWICE = "SELECT event_id FROM audit_auditseal GROUP BY event_id HAVING count(*) > 1 ORDER BY event_id"
_WAITING = """SELECT count(*), min(e.id), min(e.recorded_at) FROM audit_auditevent e WHERE e.recorded_at < %s
AND NOT EXISTS (SELECT 1 FROM audit_auditseal s WHERE s.event_id = e.id)"""
_ANCHOR = re.compile(r"(?P<number>\d+) (?P<digest>[0-9a-f]{64}) (?P<sealed_at>\S+)")


def read_anchors(file: Path) -> Iterator[Anchor]:
    """The anchors in a file, oldest first. Raises ValueError, naming the line that is no anchor."""
    with file.open(encoding="ascii") as stream:
        for place, text in enumerate(stream, start=1):
            match = _ANCHOR.fullmatch(text.strip())
            if match is None:
                raise ValueError(f"line {place} of {file} is not an anchor")
            moment = datetime.fromisoformat(match["sealed_at"])
            yield Anchor(number=int(match["number"]), digest=match["digest"], sealed_at=moment)


def walk_chain(*, anchors: Iterable[Anchor] = (), count: WalkCount | None = None) -> Iterator[Finding]:
    """Each fault of the chain in the order of its numbers. `count` is told how many lines were read."""
    count = count if count is not None else WalkCount()
    walk = _Walk(_Anchors(anchors))
    with transaction.atomic():
        with connection.chunked_cursor() as cursor:
            cursor.execute(_WALK)
            while rows := cursor.fetchmany(_BATCH):
                for row in rows:
                    count.lines += 1
                    yield from walk.step(row)
        yield from walk.finish()
        yield from _sealed_twice()


def find_waiting(*, now: datetime, minutes: int) -> Finding | None:
    """Lines that nobody sealed for so long: the sealer stands still."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [now - timedelta(minutes=minutes)])
        number_of, first, since = cursor.fetchone()
    if not number_of:
        return None
    detail = f"{number_of} lines wait since {since.isoformat()}"
    return Finding(fault=ChainFault.NOT_SEALED, event_id=first, detail=detail)


def _sealed_twice() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_TWICE)
        for (event_id,) in cursor.fetchall():
            yield Finding(fault=ChainFault.SEALED_TWICE, event_id=event_id)


class _Anchors:
    """The anchors, read along with the chain."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self.rest = iter(anchors)
        self.next = next(self.rest, None)

    def compare(self, number: int, digest: str) -> Iterator[Finding]:
        """Compare all anchors up to and including this number."""
        while self.next is not None and self.next.number <= number:
            if self.next.number == number and self.next.digest != digest:
                detail = f"anchored at {self.next.sealed_at.isoformat()} with another digest"
                yield Finding(fault=ChainFault.REWRITTEN, number=number, detail=detail)
            yield from self._advance()

    def beyond(self, number: int) -> Iterator[Finding]:
        """Anchors of lines that are no longer there."""
        highest: Anchor | None = None
        while self.next is not None:
            if self.next.number > number and (highest is None or self.next.number > highest.number):
                highest = self.next
            yield from self._advance()
        if highest is not None:
            detail = f"lines {number + 1} to {highest.number} were there at {highest.sealed_at.isoformat()}"
            yield Finding(fault=ChainFault.CUT_TAIL, number=number + 1, detail=detail)

    def _advance(self) -> Iterator[Finding]:
        passed, self.next = self.next, next(self.rest, None)
        if passed is not None and self.next is not None and self.next.number < passed.number:
            detail = f"anchored before up to {passed.number}"
            yield Finding(fault=ChainFault.REUSED_NUMBER, number=self.next.number, detail=detail)


class _Walk:
    """Where the walk is: the number and digest of the link before."""

    def __init__(self, anchors: _Anchors) -> None:
        self.anchors = anchors
        self.number = 0
        self.stored = self.computed = chain.FIRST_DIGEST
        self.doubtful: Finding | None = None

    def step(self, row: _Row) -> Iterator[Finding]:
        """One link."""
        number, event_id, digest = int(row[0]), int(row[1]), bytes(row[2])
        if number == self.number:
            yield Finding(fault=ChainFault.REUSED_NUMBER, number=number, event_id=event_id)
            return
        intact = self._is_next(number)
        if not intact:
            yield from self._settle(ChainFault.ALTERED_LINE)
            yield self._hole(number)
        yield from self._link(number, event_id, digest, row, intact)
        yield from self.anchors.compare(number, digest.hex())
        self.number, self.stored = number, digest

    def finish(self) -> Iterator[Finding]:
        """After the last link."""
        yield from self._settle(ChainFault.ALTERED_LINE)
        yield from self.anchors.beyond(self.number)

    def _is_next(self, number: int) -> bool:
        return number == self.number + 1

    def _hole(self, number: int) -> Finding:
        first, last = self.number + 1, number - 1
        detail = f"numbers {first} to {last}" if last > first else ""
        return Finding(fault=ChainFault.REMOVED_LINE, number=first, detail=detail)

    def _link(self, number: int, event_id: int, digest: bytes, row: _Row, intact: bool) -> Iterator[Finding]:
        if row[5] is None:
            yield from self._settle(ChainFault.ALTERED_LINE)
            self.computed = digest
            yield Finding(fault=ChainFault.REMOVED_LINE, number=number, event_id=event_id)
            return
        from_stored = self._digest(self.stored, row)
        if from_stored == digest:
            yield from self._settle(ChainFault.ALTERED_LINE)
        elif self.doubtful is not None and self._digest(self.computed, row) == digest:
            # This link follows from the line before it, not from the seal before it: that seal was changed.
            yield from self._settle(ChainFault.ALTERED_SEAL)
        elif intact:
            yield from self._settle(ChainFault.ALTERED_LINE)
            self.doubtful = Finding(fault=ChainFault.ALTERED_LINE, number=number, event_id=event_id)
        # After a hole the digest before it is unknown, so this link cannot be checked; its followers can.
        self.computed = from_stored

    def _digest(self, previous: bytes, row: _Row) -> bytes:
        form = int(row[3])
        if form not in chain.FORMS:
            return b""
        return chain.next_digest(
            previous=previous, number=row[0], sealed_at=row[4], form=form, values=event_values(row[5:], form)
        )

    def _settle(self, fault: ChainFault) -> Iterator[Finding]:
        """Name the link in doubt, now that its follower told what was changed: the line or its seal."""
        if self.doubtful is not None:
            yield Finding(fault=fault, number=self.doubtful.number, event_id=self.doubtful.event_id)
            self.doubtful = None
