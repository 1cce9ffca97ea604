"""The shapes that a table's wall can have: privileges per role and the rows that each role may see and write."""

from dataclasses import dataclass, field

PORTAL_RELATION = "(SELECT wall_portal_relation())"
DESK_RELATION = "(SELECT wall_desk_relation())"
DESK_EMERGENCY = "(SELECT wall_desk_emergency())"
EMPLOYED = "(SELECT wall_desk_employed())"


def enrolled_here(column: str) -> str:
    """Whether a patient is enrolled at the viewer's practice, for lists: a view, since a function is slow per row."""
    return f"EXISTS (SELECT 1 FROM wall_enrolled_now WHERE enrolled_id = {column})"


@dataclass(frozen=True)
class Table:
    """Privileges per role (as in GRANT) and, where it has patient data, the condition per role (as in USING).

    `portal_check` replaces the condition for what the portal writes, where it may write less than it reads;
    `portal_changes` adds what a row must be like before the portal changes it.
    """

    portal: str = ""
    desk: str = ""
    worker: str = ""
    portal_rows: str = ""
    desk_rows: str = ""
    worker_rows: str = ""
    portal_check: str = ""
    portal_changes: str = ""
    desk_writes: str = ""  # desk reads by desk_rows, writes by this
    worker_changes: str = ""  # what a row must be like besides, before the worker changes it
    worker_removes: str = ""  # what a row must be like besides, before the worker removes it
    desk_changes: str = ""  # what a row must be like besides, before the desk changes or removes it
    patient_data: bool = field(default=True)


def record_table(worker: str = "SELECT, INSERT, UPDATE") -> Table:
    """Care data: one patient at a time, so the relation is looked up once per query and rows compare numbers."""
    return Table(
        portal="SELECT",
        desk="SELECT, INSERT, UPDATE",
        worker=worker,
        portal_rows=f"patient_id = wall_subject() AND {PORTAL_RELATION}",
        desk_rows=(
            f"patient_id = wall_subject() AND ((practice_id = (SELECT wall_practice()) AND {DESK_RELATION})"
            f" OR {DESK_EMERGENCY})"
        ),
        desk_writes=f"patient_id = wall_subject() AND practice_id = wall_practice() AND {DESK_RELATION}",
        worker_rows="patient_id = wall_subject()",
    )


def administration_table(
    *,
    portal: str,
    desk: str,
    worker: str = "",
    person: str = "person_id",
    portal_check: str = "",
    portal_changes: str = "",
) -> Table:
    """Rows of a practice about a patient, listed at the desk for all its patients.

    The portal writes them only to a practice where the patient is enrolled; `portal_check` adds to that.
    """
    portal_writes = f"{person} = wall_subject() AND {PORTAL_RELATION} AND wall_portal_enrolled(practice_id)"
    return Table(
        portal=portal,
        desk=desk,
        worker=worker,
        portal_rows=f"{person} = wall_subject() AND {PORTAL_RELATION}",
        desk_rows=(
            f"(practice_id = wall_practice() AND {EMPLOYED}) OR ({person} = wall_subject() AND {DESK_EMERGENCY})"
        ),
        desk_writes=f"practice_id = wall_practice() AND {EMPLOYED}",
        worker_rows=f"practice_id = wall_practice() OR {person} = wall_subject()",
        portal_check=f"{portal_writes} AND ({portal_check})" if portal_check else portal_writes,
        portal_changes=portal_changes,
    )


def register_table(*, practice: str = "practice_id", desk: str = "SELECT, INSERT, UPDATE, DELETE") -> Table:
    """Registers without patient data: all may read, the desk writes rows of its own practice only."""
    return Table(
        portal="SELECT",
        desk=desk,
        worker="SELECT",
        portal_rows="true",
        desk_rows="true",
        worker_rows="true",
        desk_writes=f"{practice} = wall_practice() AND {EMPLOYED}",
        patient_data=False,
    )


def members_table(parent: str, column: str) -> Table:
    """Link tables of a register: written where the parent row belongs to the practice."""
    return Table(
        portal="SELECT",
        desk="SELECT, INSERT, UPDATE, DELETE",
        worker="SELECT",
        portal_rows="true",
        desk_rows="true",
        worker_rows="true",
        desk_writes=(
            f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {column} AND p.practice_id = wall_practice())"
            f" AND {EMPLOYED}"
        ),
        patient_data=False,
    )


def plain_table(*, portal: str = "", desk: str = "", worker: str = "") -> Table:
    """Technical tables without patient data: privileges only."""
    return Table(portal=portal, desk=desk, worker=worker, patient_data=False)


EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
