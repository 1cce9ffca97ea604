"""Walls of the record and of what comes in for it."""

from dataclasses import replace

from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    EMPLOYED,
    EVERYTHING,
    PORTAL_RELATION,
    Table,
    plain_table,
    record_table,
)

CARE: dict[str, Table] = {
    # record
    "record_sourceresource": record_table(),
    "record_episode": record_table(),
    "record_flag": record_table(),
    "record_encounter": record_table(),
    "record_journalentry": record_table(),
    "record_observation": record_table(),
    "record_allergy": record_table(),
    "record_medication": record_table(),
    "record_sharednote": record_table(),
    "record_sharednote_shared_with": Table(
        desk="SELECT, INSERT",
        desk_rows="EXISTS (SELECT 1 FROM record_sharednote n WHERE n.id = sharednote_id)",
    ),
    "record_worknote": Table(
        desk=EVERYTHING,
        worker="SELECT, DELETE",
        # The author alone, also for colleagues with every right (REQ 59); the worker only clears what has expired.
        desk_rows=(
            "author_id = wall_employee() AND practice_id = wall_practice() AND patient_id = wall_subject()"
            f" AND {DESK_RELATION} AND expires_at > now()"
        ),
        worker_rows="expires_at <= now()",
    ),
    "record_labreport": replace(
        record_table(),
        # Before publication no row exists for the portal (R1). The worker finds what is due, whoever it is of.
        portal_rows=f"patient_id = wall_subject() AND state = 'published' AND {PORTAL_RELATION}",
        worker_rows="patient_id = wall_subject() OR state = 'scheduled'",
    ),
    "record_labresult": replace(record_table(), portal="", portal_rows=""),
    "record_labinvitation": replace(record_table(), portal="SELECT, UPDATE (done_at)"),
    "record_replytemplate": Table(
        desk=EVERYTHING, desk_rows=f"practice_id = wall_practice() AND {EMPLOYED}", patient_data=False
    ),
    "record_glossaryterm": plain_table(portal="SELECT", desk="SELECT", worker="SELECT"),
    # exchange
    "exchange_receivedmessage": Table(
        # The desk solves what waits; of what went into a record at once it reads the report instead.
        desk="SELECT, UPDATE (state, patient_id, decided_at, decided_by_id, note)",
        worker="SELECT, INSERT, UPDATE (state, patient_id, decided_at)",
        desk_rows=f"practice_id = wall_practice() AND state <> 'stored' AND {EMPLOYED}",
        worker_rows="practice_id = wall_practice()",
    ),
    "exchange_recordexport": Table(
        # The patient sees who asked; who acts for the patient sees what he asked himself. Nothing for the desk.
        portal="SELECT, INSERT",
        worker="SELECT, UPDATE, DELETE",
        portal_rows=(
            f"patient_id = wall_subject() AND {PORTAL_RELATION}"
            " AND (patient_id = wall_person() OR asked_by_id = wall_person())"
        ),
        portal_check=(
            f"patient_id = wall_subject() AND {PORTAL_RELATION} AND asked_by_id = wall_person()"
            " AND wall_portal_enrolled(practice_id) AND state = 'asked' AND ready_at IS NULL"
        ),
        # The worker makes for one patient at a time, and finds what is over, whoever it is of.
        worker_rows="patient_id = wall_subject() OR expires_at <= now()",
    ),
    "exchange_recordexportcontent": Table(
        portal="SELECT",
        worker="SELECT, INSERT, DELETE",
        portal_rows=(
            f"patient_id = wall_subject() AND {PORTAL_RELATION} AND EXISTS (SELECT 1 FROM exchange_recordexport e"
            " WHERE e.id = export_id AND e.patient_id = wall_subject() AND e.asked_by_id = wall_person()"
            " AND e.state = 'ready' AND e.expires_at > now())"
        ),
        worker_rows=(
            "patient_id = wall_subject() OR EXISTS (SELECT 1 FROM exchange_recordexport e"
            " WHERE e.id = export_id AND e.expires_at <= now())"
        ),
    ),
}
