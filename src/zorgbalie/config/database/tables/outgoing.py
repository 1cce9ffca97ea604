"""Walls of what the practice begins itself: messages to a selection, planned follow-ups, and their settings.

Who is in a selection is medical data over many patients. The desk reads its own practice's, and
only for who may send to a selection and answer questions; the worker acts for one practice or one patient at a time.
"""

from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    EMPLOYED,
    PORTAL_RELATION,
    Table,
    register_table,
)

_PORTAL = f"patient_id = wall_subject() AND {PORTAL_RELATION}"
_HERE = f"practice_id = wall_practice() AND {EMPLOYED}"
_DESK = f"patient_id = wall_subject() AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}"
_MAY_SELECT = (
    "(SELECT EXISTS (SELECT 1 FROM practice_employee e WHERE e.id = wall_employee()"
    " AND e.rights @> ARRAY['send_to_selection', 'answer_consults']::varchar[]))"
)

OUTGOING: dict[str, Table] = {
    "consult_mailing": Table(
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, UPDATE (state, departed, revision, ended_at)",
        desk_rows=f"{_HERE} AND {_MAY_SELECT}",
        worker_rows="practice_id = wall_practice() OR state IN ('asked', 'choosing', 'sending')",
        patient_data=True,
    ),
    "consult_mailingrecipient": Table(
        desk="SELECT, UPDATE (state), DELETE",
        worker="SELECT, INSERT, UPDATE (state, reason, consult_id, handled_at), DELETE",
        # Numbers and a reason, also of who left since: the report counts them. The name is behind its own wall.
        desk_rows=f"{_HERE} AND {_MAY_SELECT}",
        worker_rows="practice_id = wall_practice()",
    ),
    "consult_mailingobjection": Table(
        portal="SELECT, INSERT, DELETE",
        worker="SELECT",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND wall_portal_enrolled(practice_id)",
        worker_rows="practice_id = wall_practice() AND patient_id = wall_subject()",
    ),
    "consult_plannedfollowup": Table(
        portal="SELECT, UPDATE (state, reason, ended_at)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, UPDATE (state, reason, due_on, asked_at, ended_at, revision)",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND state IN ('answered', 'cancelled')",
        portal_changes="state IN ('planned', 'asked', 'silent')",
        desk_rows=_DESK,
        # The worker finds what is due, whoever it is of.
        worker_rows="patient_id = wall_subject() OR state IN ('planned', 'asked')",
    ),
    "consult_messagesettings": register_table(desk="SELECT, INSERT, UPDATE"),
}
