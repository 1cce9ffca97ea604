"""The two questions that the inbox asks of functions of the second wall (config.database.consult_functions).

They are SQL because they answer what row-level security would make slow or closed: which threads hold these words, and
which have a note or an attachment. Both know who asks, and give nothing to who may not answer questions.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection


class Marks(NamedTuple):
    """What lies with a thread."""

    has_note: bool
    has_attachment: bool


def find_consult_ids(*, words: Sequence[str], birth_date: date | None, most: int) -> list[int]:
    """Threads that hold every word in a text or subject, or in the patient's name; the newest, at most `most`.

    With a birth date: of patients who were born that day.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_found_consults(%s::text[], %s::date, %s)", [list(words), birth_date, most])
        return [row[0] for row in cursor.fetchall()]


def list_marks(*, consult_ids: Sequence[int]) -> dict[int, Marks]:
    """Which threads have a note of a colleague, and which an attachment; no query for none."""
    if not consult_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall_consult_marks(%s::bigint[])", [list(consult_ids)])
        return {row[0]: Marks(row[1], row[2]) for row in cursor.fetchall()}
