"""Walls of the record and of what comes in for it."""

from dataclasses import replace

from zorgbalie.config.database.tables.billing import BILLING
from zorgbalie.config.database.tables.consult import CONSULT
from zorgbalie.config.database.tables.consult_answering import CONSULT_ANSWERING
from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    EMPLOYED,
    EVERYTHING,
    PORTAL_RELATION,
    Table,
    administration_table,
    plain_table,
    record_table,
    register_table,
)
from zorgbalie.config.database.tables.writing import WRITING

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
    "record_replytemplate": WRITING["record_replytemplate"],
    "record_plainword": WRITING["record_plainword"],
    "record_document": replace(
        record_table(),
        # Shared, safe, and of a category that the practice serves from that day on: no other row is there for the
        # portal (R4, R14). The worker finds what waits for the virus scanner, whoever it is of.
        portal_rows=(
            "patient_id = wall_subject() AND state = 'shared' AND category <> 'epd_transfer'"
            " AND virus_state IN ('clean', 'unchecked') AND EXISTS (SELECT 1 FROM record_documentsharing s"
            " WHERE s.practice_id = record_document.practice_id AND s.category = record_document.category"
            f" AND s.starts_on <= record_document.document_date) AND {PORTAL_RELATION}"
        ),
        worker_rows="patient_id = wall_subject() OR virus_state = 'waiting'",
    ),
    "record_documentcontent": replace(
        record_table(worker="SELECT, INSERT"),
        desk="SELECT, INSERT",  # a file is never changed
        # R12: the file of a document that was another patient's is gone for the record in which it stood.
        desk_rows=(
            f"({record_table().desk_rows}) AND EXISTS (SELECT 1 FROM record_document d"
            " WHERE d.id = record_documentcontent.document_id AND d.moved_at IS NULL)"
        ),
        # The portal reads a file where it reads its document: the wall of that table holds in this question.
        portal_rows=(
            "patient_id = wall_subject() AND EXISTS (SELECT 1 FROM record_document d"
            f" WHERE d.id = record_documentcontent.document_id) AND {PORTAL_RELATION}"
        ),
    ),
    "record_documentsharing": register_table(),
    "record_correctionrequest": Table(
        portal="SELECT, INSERT, UPDATE (state, withdrawn_at, revision)",
        desk=(
            "SELECT, UPDATE (state, revision, due_on, extended_at, extension_reason, answer, decided_at, decided_by_id)"
        ),
        portal_rows=f"patient_id = wall_subject() AND {PORTAL_RELATION}",
        desk_rows=f"patient_id = wall_subject() AND practice_id = wall_practice() AND {DESK_RELATION}",
        # The portal asks and takes back; it answers nothing, and nothing that was answered.
        portal_check=(
            f"patient_id = wall_subject() AND {PORTAL_RELATION} AND wall_portal_enrolled(practice_id)"
            " AND state IN ('sent', 'withdrawn') AND decided_at IS NULL AND answer = ''"
        ),
        portal_changes="state IN ('sent', 'in_progress')",
    ),
    "record_correctionevent": Table(
        # Nobody changes or takes away a line. Notes of colleagues do not exist for the portal.
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        portal_rows=f"patient_id = wall_subject() AND step <> 'note' AND {PORTAL_RELATION}",
        desk_rows=f"patient_id = wall_subject() AND practice_id = wall_practice() AND {DESK_RELATION}",
        portal_check=(
            f"patient_id = wall_subject() AND {PORTAL_RELATION} AND wall_portal_enrolled(practice_id)"
            " AND step IN ('asked', 'withdrawn') AND by_employee_id IS NULL"
        ),
    ),
    # The worker reads one patient's at a time: they stand in the file in which the patient saves the record.
    "record_patientstatement": replace(record_table(worker="SELECT"), desk="SELECT, INSERT"),
    # A practice's rules hold no patient data; the portal names the kinds on the page of the patient's wish.
    "record_resultkind": register_table(desk="SELECT, INSERT, UPDATE"),
    "record_resultwish": replace(
        administration_table(portal="SELECT, INSERT, UPDATE", desk="SELECT", worker="SELECT", person="patient_id"),
        # The wish is the patient's: the desk reads it for one patient at a time and cannot write it.
        desk_rows=f"patient_id = wall_subject() AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}",
        desk_writes="false",
        worker_rows="patient_id = wall_subject()",
    ),
    "record_glossaryterm": plain_table(portal="SELECT", desk="SELECT", worker="SELECT"),
    **CONSULT,
    **CONSULT_ANSWERING,
    **BILLING,
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
