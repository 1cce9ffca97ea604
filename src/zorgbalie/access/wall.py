"""The second wall, seen from Python: tells PostgreSQL who looks and for whom, within the running transaction.

Row-level security reads these settings (declared per table in `config.database.walls`). They are set with `is_local`,
so a pooled connection cannot carry them into the next request; an unset one means no rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer

_SET = (
    "SELECT set_config('zorgbalie.person', %s, true), set_config('zorgbalie.subject', %s, true), "
    "set_config('zorgbalie.employee', %s, true), set_config('zorgbalie.practice', %s, true)"
)
_READS = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")


def set_viewer(viewer: Viewer | None) -> None:
    """Name the viewer for this transaction; None takes every name away."""
    values = (viewer.person_id, viewer.subject_id, viewer.employee_id, viewer.practice_id) if viewer else (None,) * 4
    texts = [str(value or "") for value in values]
    with connection.cursor() as cursor:
        cursor.execute(_SET, texts)
    memory.forget()
    memory.note_subject(subject=texts[1])


def set_subject(patient_id: PersonId) -> None:
    """Name the patient whose file is opened, unless it is the one named last.

    Opens nothing by itself: the wall checks the relation again.
    """
    subject = str(int(patient_id))
    if memory.told_subject() == subject:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zorgbalie.subject', %s, true)", [subject])
    memory.note_subject(subject=subject)


def list_represented_places() -> dict[PersonId, tuple[PracticeId, bool]]:
    """Per patient for whom the viewer may act now: the practice to log a look at, and whether an agreement is signed.

    One query for all of them, through a function of the wall, because each patient's own rows open one at a time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT patient_id, practice_id, is_agreed FROM wall_represented_places()")
        return {PersonId(row[0]): (PracticeId(row[1]), row[2]) for row in cursor.fetchall()}


def select_patients(*, arguments: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Who fits a selection at the practice of the task, as `wall_select_patients` gives it: numbers, no texts.

    One query whatever the number of patients; only the worker's role may ask (REQ 34).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM wall_select_patients(%s::date, %s::date, %s::date, %s::text, %s::bigint, %s::text[],"
            " %s::text, %s::text, %s::date, %s::date, %s::boolean)",
            arguments,
        )
        return list(cursor.fetchall())


@contextmanager
def watched_memory() -> Iterator[None]:
    """Remember what is read within the block, until a statement changes or locks anything, or takes a change back."""
    with memory.fresh_memory(), connection.execute_wrapper(_watch):
        yield


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    try:
        return execute(sql, params, many, context)
    finally:
        text = sql if isinstance(sql, str) else ""
        if not text.startswith(_READS) or " FOR " in text:
            memory.forget()
        if text.startswith("ROLLBACK") or not text:
            # The settings went back to what they were at the savepoint.
            memory.note_subject(subject=None)
