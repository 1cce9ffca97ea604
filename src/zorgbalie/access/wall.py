"""The second wall, seen from Python: tells PostgreSQL who looks and for whom, within the running transaction.

Row-level security reads these settings (declared per table in `config.database.walls`). They are set with `is_local`, so a pooled
connection cannot carry them into the next request; an unset one means no rows.
"""

from django.db import connection

from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer

_SET = (
    "SELECT set_config('zorgbalie.person', %s, true), set_config('zorgbalie.subject', %s, true), "
    "set_config('zorgbalie.employee', %s, true), set_config('zorgbalie.practice', %s, true)"
)


def set_viewer(viewer: Viewer | None) -> None:
    """Name the viewer for this transaction; None takes every name away."""
    values = (
        (viewer.person_id, viewer.subject_id, viewer.employee_id, viewer.practice_id)
        if viewer
        else (None,) * 4
    )
    with connection.cursor() as cursor:
        cursor.execute(_SET, [str(value or "") for value in values])


def set_subject(patient_id: PersonId) -> None:
    """Name the patient whose file is opened. Opens nothing by itself: the wall checks the relation again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zorgbalie.subject', %s, true)", [str(int(patient_id))])
