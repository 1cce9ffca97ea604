"""Walls of billing. The portal reads what a practice says about it and no line; the worker loads tariffs.

Rows are the practice's own administration, listed for all its patients, also for who left after the contact. The trail
and the files are added and never changed.
"""

from zorgbalie.config.database.tables.shapes import EMPLOYED, EVERYTHING, Table, register_table

_OWN = f"practice_id = wall_practice() AND {EMPLOYED}"
_OF_OWN_PATIENT = (
    "EXISTS (SELECT 1 FROM practice_enrolment n WHERE n.person_id = {table}.patient_id"
    " AND n.practice_id = wall_practice())"
)


def _administration(table: str, desk: str) -> Table:
    """A practice writes about patients who are, or were, its own."""
    return Table(desk=desk, desk_rows=_OWN, desk_writes=f"{_OWN} AND {_OF_OWN_PATIENT.format(table=table)}")


BILLING: dict[str, Table] = {
    "billing_billingtariff": Table(
        desk=EVERYTHING,
        worker="SELECT, INSERT, UPDATE",
        desk_rows=f"practice_id IS NULL OR ({_OWN})",
        worker_rows="true",
        desk_writes=_OWN,
        patient_data=False,
    ),
    "billing_billingsettings": register_table(desk="SELECT, INSERT, UPDATE"),
    "billing_timeentry": _administration("billing_timeentry", "SELECT, INSERT, UPDATE (patient_id, seconds, revision)"),
    "billing_declaration": _administration("billing_declaration", "SELECT, INSERT, UPDATE"),
    "billing_declarationevent": _administration("billing_declarationevent", "SELECT, INSERT"),
    "billing_exportbatch": Table(desk="SELECT, INSERT", desk_rows=_OWN, desk_writes=_OWN),
    "billing_exportbatchcontent": Table(desk="SELECT, INSERT", desk_rows=_OWN, desk_writes=_OWN),
}
