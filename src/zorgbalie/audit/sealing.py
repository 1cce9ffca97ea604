"""Seals waiting lines: gives each a number without gaps and a digest that covers the one before it.

Requests only insert lines; one sealer at a time chains them afterwards, so no reader waits for another. After each
round the head of the chain goes to the process log and to AUDIT_ANCHOR_FILE, outside the database: a chain shows an
edit or a hole, but only an anchor shows that its tail was cut off or that all of it was written anew.
"""

import json
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from zorgbalie.audit import chain
from zorgbalie.audit.types import Anchor

log = logging.getLogger("zorgbalie.audit")

_LOCK = 0x5EA1  # advisory lock: one sealer at a time
# A line becomes visible when its request commits, so ids may arrive out of order. A quick round looks this far back;
# a full round looks everywhere.
_LOOK_BACK = 50_000
_HEAD = "SELECT number, digest, sealed_at FROM audit_auditseal ORDER BY number DESC LIMIT 1"
_COLUMNS = ", ".join(f"e.{name}" for name in chain.FORMS[chain.CURRENT_FORM])
_WAITING = f"""SELECT {_COLUMNS} FROM audit_auditevent e WHERE e.id > %s
AND NOT EXISTS (SELECT 1 FROM audit_auditseal s WHERE s.event_id = e.id) ORDER BY e.id LIMIT %s"""
_STORE = """INSERT INTO audit_auditseal (number, event_id, digest, form, sealed_at)
SELECT number, event_id, digest, %s, %s FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])
AS rows (number, event_id, digest)"""


@dataclass(frozen=True, slots=True)
class _Seal:
    number: int
    event_id: int
    digest: bytes


def seal_waiting(*, limit: int = 2_000, everywhere: bool = False) -> int:
    """Seal all lines that wait, `limit` per transaction; returns how many.

    Stops at once when another sealer is at work. `everywhere` also finds lines that arrived very late.
    """
    total, after = 0, 0 if everywhere else None
    while True:
        seals = _seal_batch(limit, after)
        total += len(seals)
        if len(seals) < limit:
            break
        after = seals[-1].event_id if everywhere else None
    write_anchor()
    return total


def find_head() -> Anchor | None:
    """The end of the chain; None while nothing is sealed."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return Anchor(number=row[0], digest=bytes(row[1]).hex(), sealed_at=row[2]) if row else None


def _seal_batch(limit: int, after: int | None) -> list[_Seal]:
    """Seal the first lines that wait after an event, or among the newest for None; nothing while another seals."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s), clock_timestamp()", [_LOCK])
        free, sealed_at = cursor.fetchone()
        if not free:
            return []
        cursor.execute(_HEAD)
        head = cursor.fetchone() or (0, chain.FIRST_DIGEST)
        cursor.execute(_WAITING, [_newest() - _LOOK_BACK if after is None else after, limit])
        seals = list(_chain(head[0], bytes(head[1]), sealed_at, cursor.fetchall()))
        _store(seals, sealed_at)
        return seals


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(event_id), 0) FROM audit_auditseal")
        return int(cursor.fetchone()[0])


def _store(seals: Sequence[_Seal], sealed_at: datetime) -> None:
    columns = ([s.number for s in seals], [s.event_id for s in seals], [s.digest for s in seals])
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [chain.CURRENT_FORM, sealed_at, *columns])


def _chain(number: int, previous: bytes, sealed_at: datetime, rows: Sequence[tuple[object, ...]]) -> Iterator[_Seal]:
    for row in rows:
        number += 1
        values = event_values(row)
        previous = chain.next_digest(
            previous=previous, number=number, sealed_at=sealed_at, form=chain.CURRENT_FORM, values=values
        )
        yield _Seal(number, int(str(row[0])), previous)


def event_values(row: Sequence[object], form: int = chain.CURRENT_FORM) -> list[object]:
    """A row of the log as the digest reads it: `detail` as an object, whatever the driver made of it."""
    return [
        json.loads(value) if name == "detail" and isinstance(value, str) else value
        for name, value in zip(chain.FORMS[form], row, strict=True)
    ]


def write_anchor() -> None:
    """Tell the head of the chain to the outside, unless the anchor file ends with it already."""
    head = find_head()
    if head is None:
        return
    file = Path(settings.AUDIT_ANCHOR_FILE) if settings.AUDIT_ANCHOR_FILE else None
    if file is not None and _last_line(file) == head.as_line():
        return
    log.info("audit.anchor number=%d digest=%s sealed_at=%s", head.number, head.digest, head.sealed_at.isoformat())
    if file is not None:
        _append(file, head.as_line())


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="ascii") as stream:
        stream.write(line + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _last_line(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 200))
        lines = stream.read().decode("ascii", "replace").splitlines()
    return lines[-1] if lines else ""
