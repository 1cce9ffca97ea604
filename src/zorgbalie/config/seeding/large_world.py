"""The large world on which speed is measured: many practices with full records, the same each time, by COPY.

One connection loads, two processes write the lines for it, and all of it is one transaction: a load that fails or is
killed leaves an empty database with its indexes and keys. Everybody in it is made up. BSNs come from the test range
(999…), which has room for some 90,000 persons: in a larger world every so many-th person has one, verified, and the
others have none and cannot sign in. A number outside that range could be somebody's.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for_end
from os import _exit
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import Any

from django.db import connection, transaction
from psycopg import Connection, sql

from zorgbalie.audit.chain import FIRST_DIGEST
from zorgbalie.config.seeding import bulk, large_log, large_patients, large_practices
from zorgbalie.config.seeding.large_plan import LOG_LINES, Plan
from zorgbalie.config.seeding.large_progress import Progress
from zorgbalie.kernel.clock import current_moment, local_date

_PROCESSES = 2
_WAITING = 4  # parts that are written ahead; bounds the memory
_PATIENTS_PER_PART = 500
_LOG_LINES_PER_PART = 20_000
_EVENTS, _SEALS = "audit_auditevent", "audit_auditseal"
_FREEZABLE = tuple(large_patients.COLUMNS)  # the log cannot be emptied, so it cannot be frozen either
TABLES = (*large_practices.TABLES, *_FREEZABLE, _EVENTS, _SEALS)


class WorldExists(Exception):
    """The database holds rows already; `args[0]` is the table."""


def load_large_world(*, practices: int, patients: int, today: date | None = None) -> int:
    """Load `practices` GP practices with `patients` each into an empty database, dated back from `today`.

    Returns the exit code: 0 loaded, 1 there is a world already, 2 nothing asked. Runs as the owner of the tables.
    """
    if practices < 1 or patients < 1:
        return _say("Say how large: --practices N --patients M, both at least 1 (or --demo).", 2)
    plan = Plan(practices=practices, patients=patients, today=today or local_date(current_moment()))
    progress = Progress()
    try:
        with transaction.atomic(durable=True):
            connection.ensure_connection()
            rows = _Load(connection.connection, plan, progress).run()
    except WorldExists as found:
        return _say(f"The database is not empty ({found}): nothing was changed. Load into a new database.", 1)
    progress.step("Collecting statistics")
    _collect_statistics()
    progress.finish(f"Loaded {rows:,} rows, {plan.total:,} patients of {practices:,} practices")
    return 0


def _say(text: str, code: int) -> int:
    sys.stderr.write(f"{text}\n")
    return code


def _collect_statistics() -> None:
    """Without them the planner guesses; also marks which pages all may see. Not possible inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(TABLES)}")


class _Load:
    """The load inside the transaction."""

    def __init__(self, link: Connection[Any], plan: Plan, progress: Progress) -> None:
        self.link, self.plan, self.progress = link, plan, progress
        self.loaded = 0

    def run(self) -> int:
        """All steps; returns the number of rows. Raises WorldExists."""
        self._check_empty()
        self._prepare_session()
        aside = bulk.set_aside(self.link, TABLES)
        self._empty_again()
        self.loaded = large_practices.insert_practices(self.link, self.plan)
        self._load_parts(large_practices.agreement_text(self.link))
        self.progress.step("Indexes and foreign keys")
        for part in self.progress.each(aside, len(aside)):
            bulk.restore(self.link, [part])
        bulk.set_sequences(self.link, (table for table in TABLES if table != _SEALS))
        return self.loaded

    def _check_empty(self) -> None:
        """Lock first: nothing can come in between looking and loading."""
        names = sql.SQL(", ").join(map(sql.Identifier, TABLES))
        self.link.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(names))
        for table in TABLES:
            if self.link.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone():
                raise WorldExists(table)

    def _prepare_session(self) -> None:
        """Memory and two processes for building indexes; commits need not wait for the disk."""
        self.link.execute("SET LOCAL maintenance_work_mem = '512MB'")
        self.link.execute("SET LOCAL max_parallel_maintenance_workers = 2")
        self.link.execute("SET LOCAL synchronous_commit = off")

    def _empty_again(self) -> None:
        """TRUNCATE of what is empty: new rows may then be written as frozen ones."""
        self.link.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, _FREEZABLE))))

    def _load_parts(self, text_id: int) -> None:
        self.progress.step("Loading rows")
        with _workers() as pool:
            for sheets in _parts(pool, self.plan, text_id):
                for table, lines in sheets.items():
                    freeze = table in _FREEZABLE
                    self.loaded += bulk.copy_lines(self.link, table, _columns(table), lines, freeze=freeze)
                self.progress.rows(self.loaded, self.plan.expected_rows)


def _columns(table: str) -> str:
    own = {_EVENTS: large_log.EVENT_COLUMNS, _SEALS: large_log.SEAL_COLUMNS}
    return own.get(table) or large_patients.COLUMNS[table]


@contextmanager
def _workers() -> Iterator[ProcessPoolExecutor]:
    """Processes that know no database; what was not begun is dropped when the load stops."""
    pool = ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when it is gone, even when it was killed."""
    signal(SIGINT, SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait_for_end([parent.sentinel]), _exit(1)), daemon=True).start()


def _parts(pool: ProcessPoolExecutor, plan: Plan, text_id: int) -> Iterator[dict[str, bytes]]:
    """Lines by table, as they come: patients in parts of any order, and beside them the log, part after part."""
    bounds = iter(_bounds(plan))
    waiting: set[Future[Any]] = {_next_log_part(pool, plan, 0, FIRST_DIGEST)}
    while waiting:
        for first, end in islice(bounds, _WAITING - len(waiting)):
            waiting.add(pool.submit(large_patients.patient_sheets, plan, text_id, first, end))
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            part = future.result()
            if isinstance(part, large_log.LogPart):
                if part.end < plan.total * LOG_LINES:
                    waiting.add(_next_log_part(pool, plan, part.end, part.digest))
                part = {_EVENTS: part.events, _SEALS: part.seals}
            yield part


def _next_log_part(pool: ProcessPoolExecutor, plan: Plan, first: int, digest: bytes) -> Future[Any]:
    end = min(first + _LOG_LINES_PER_PART, plan.total * LOG_LINES)
    return pool.submit(large_log.log_part, plan, first, end, digest)


def _bounds(plan: Plan) -> Iterator[tuple[int, int]]:
    for first in range(0, plan.total, _PATIENTS_PER_PART):
        yield first, min(first + _PATIENTS_PER_PART, plan.total)
