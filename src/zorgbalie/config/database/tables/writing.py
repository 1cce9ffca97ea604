"""Walls of what the desk writes with: template letters, plainer words, and actions by hand."""

from zorgbalie.config.database.tables.shapes import EMPLOYED, EVERYTHING, Table, enrolled_here


def _holds(right: str) -> str:
    """Whether the employee at work has a right; asked once per statement, not per row."""
    return (
        "(SELECT EXISTS (SELECT 1 FROM practice_employee e WHERE e.id = wall_employee()"
        f" AND '{right}' = ANY(e.rights)))"
    )


_HERE = f"practice_id = wall_practice() AND {EMPLOYED}"
_MANAGES = _holds("manage_practice")

WRITING: dict[str, Table] = {
    "record_replytemplate": Table(
        desk=EVERYTHING,
        # One of an employee is that employee's alone; the practice's are changed by who manages it.
        desk_rows=f"{_HERE} AND (employee_id IS NULL OR employee_id = wall_employee())",
        desk_writes=f"{_HERE} AND (employee_id = wall_employee() OR (employee_id IS NULL AND {_MANAGES}))",
        patient_data=False,
    ),
    "record_plainword": Table(
        desk=EVERYTHING, desk_rows=_HERE, desk_writes=f"{_HERE} AND {_MANAGES}", patient_data=False
    ),
    # Listed at the desk for all patients, so not one patient at a time; care data, so only for who reads records.
    "worklist_actionnote": Table(
        desk="SELECT, INSERT",
        desk_rows=f"{_HERE} AND {enrolled_here('patient_id')} AND {_holds('read_record')}",
    ),
}
