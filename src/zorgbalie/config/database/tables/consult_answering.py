"""Walls of answering: ticked questions, unsent answers, standard answers and standard links."""

from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    EMPLOYED,
    EVERYTHING,
    Table,
    register_table,
)

_DESK = f"patient_id = wall_subject() AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}"
_HERE = f"practice_id = wall_practice() AND {EMPLOYED}"
_MANAGES = (
    "(SELECT EXISTS (SELECT 1 FROM practice_employee e WHERE e.id = wall_employee()"
    " AND 'manage_practice' = ANY(e.rights)))"
)


def _thread_of(table: str) -> str:
    """Whether a row names a thread of the same patient and practice."""
    return (
        f"EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = {table}.consult_id"
        f" AND c.patient_id = {table}.patient_id AND c.practice_id = {table}.practice_id)"
    )


CONSULT_ANSWERING: dict[str, Table] = {
    "consult_consulttick": Table(
        desk="SELECT, INSERT, DELETE",  # a tick is put or taken away, never changed
        desk_rows=_DESK,
        desk_writes=f"{_DESK} AND {_thread_of('consult_consulttick')}",
    ),
    "consult_consultanswerdraft": Table(
        desk=EVERYTHING,
        # Of its writer alone: what was not sent is nobody else's.
        desk_rows=f"{_DESK} AND employee_id = wall_employee()",
        desk_writes=f"{_DESK} AND employee_id = wall_employee() AND {_thread_of('consult_consultanswerdraft')}",
    ),
    "consult_answertemplate": Table(
        desk=EVERYTHING,
        # One of an employee is that employee's alone; the practice's are changed by who manages it.
        desk_rows=f"{_HERE} AND (employee_id IS NULL OR employee_id = wall_employee())",
        desk_writes=f"{_HERE} AND (employee_id = wall_employee() OR (employee_id IS NULL AND {_MANAGES}))",
        patient_data=False,
    ),
    # The portal reads which hosts a link may lead to.
    "consult_standardlink": register_table(),
}
