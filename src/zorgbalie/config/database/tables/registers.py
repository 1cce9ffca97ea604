"""Walls of people, practice, access, messaging and work list."""

from zorgbalie.config.database.tables.shapes import (
    DESK_EMERGENCY,
    EMPLOYED,
    EVERYTHING,
    PORTAL_RELATION,
    Table,
    administration_table,
    enrolled_here,
    members_table,
    plain_table,
    register_table,
)
from zorgbalie.config.database.tables.writing import WRITING

REGISTERS: dict[str, Table] = {
    # people
    "people_person": Table(
        portal="SELECT, UPDATE (email, email_verified_at, phone, mobile, language)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, UPDATE",
        portal_rows=(
            f"(id = wall_subject() AND {PORTAL_RELATION}) OR id = wall_person()"
            " OR id IN (SELECT wall_represented(wall_person()))"
        ),
        desk_rows=(
            f"({EMPLOYED} AND ({enrolled_here('id')}"
            " OR (registered_by_practice_id = wall_practice() AND wall_never_enrolled(id))))"
            f" OR (id = wall_subject() AND {DESK_EMERGENCY})"
        ),
        desk_writes=(
            f"{EMPLOYED} AND ({enrolled_here('id')}"
            " OR (registered_by_practice_id = wall_practice() AND wall_never_enrolled(id)))"
        ),
        worker_rows=f"id = wall_subject() OR {enrolled_here('id')}",
        portal_check=f"id = wall_subject() AND {PORTAL_RELATION}",
        portal_changes="id = wall_subject()",
    ),
    "people_representation": Table(
        portal="SELECT",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_rows="representative_id = wall_person() OR patient_id = wall_person()",
        desk_rows=f"{enrolled_here('patient_id')} AND {EMPLOYED}",
        worker_rows="patient_id = wall_subject()",
    ),
    "people_signinreplay": plain_table(portal=EVERYTHING, worker="SELECT, DELETE"),
    "people_patient_session": plain_table(portal=EVERYTHING, worker="SELECT, DELETE"),
    # practice
    "practice_practice": register_table(practice="id", desk="SELECT, UPDATE"),
    "practice_account": register_table(),
    "practice_account_members": members_table("practice_account", "account_id"),
    "practice_employee": register_table(),
    "practice_practiceopening": register_table(desk="SELECT, INSERT, UPDATE"),
    "practice_practiceclosing": register_table(desk="SELECT, INSERT, DELETE"),
    "practice_employeegroup": register_table(),
    "practice_employeegroup_members": members_table("practice_employeegroup", "employeegroup_id"),
    "practice_enrolment": administration_table(
        portal="SELECT", desk="SELECT, INSERT, UPDATE", worker="SELECT", portal_check="false"
    ),
    "practice_staffuser": plain_table(desk="SELECT, INSERT, UPDATE"),
    "practice_staff_session": plain_table(desk=EVERYTHING, worker="SELECT, DELETE"),
    # access
    "access_agreementtext": register_table(desk="SELECT, INSERT"),
    "access_agreement": administration_table(
        # The desk makes the row when it invites: the portal cannot make one that bears the practice's signature (R7).
        portal="SELECT, UPDATE (text_id, patient_signed_at, patient_signer_id, patient_signer_level, ended_at,"
        " ended_by_patient)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_changes="ended_at IS NULL",
    ),
    "access_invitation": administration_table(
        portal="SELECT, UPDATE (accepted_at, failed_attempts)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_changes="accepted_at IS NULL AND revoked_at IS NULL",
    ),
    "access_accessrequest": administration_table(
        portal="SELECT, INSERT, UPDATE (state, decided_at)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        # The portal can release only where the practice chose that itself (REQ 54).
        portal_check=(
            "state IN ('asked', 'withdrawn') OR (automatic AND"
            " EXISTS (SELECT 1 FROM practice_practice p WHERE p.id = practice_id AND p.release_mode = 'automatic'))"
        ),
        portal_changes="state IN ('asked', 'left_open', 'released')",
    ),
    "access_emergencyaccess": administration_table(portal="SELECT", desk="SELECT, INSERT, UPDATE", worker="SELECT"),
    # messaging and work list
    "messaging_noticepreference": Table(
        portal=EVERYTHING,
        desk="SELECT",
        worker="SELECT",
        portal_rows=f"person_id = wall_person() OR (person_id = wall_subject() AND {PORTAL_RELATION})",
        desk_rows=(
            f"({EMPLOYED} AND {enrolled_here('person_id')}) OR (person_id = wall_subject() AND {DESK_EMERGENCY})"
        ),
        worker_rows=f"person_id = wall_subject() OR {enrolled_here('person_id')}",
    ),
    "messaging_addresscheck": Table(
        portal="SELECT, INSERT, UPDATE (attempts, used_at)",
        worker="SELECT, DELETE",
        portal_rows=f"person_id = wall_subject() AND {PORTAL_RELATION}",
        worker_rows="person_id = wall_subject() OR expires_at <= now()",
    ),
    "messaging_pushsubscription": Table(
        portal="SELECT, INSERT, DELETE",
        desk="SELECT",
        worker="SELECT, DELETE",
        portal_rows=f"person_id = wall_subject() AND {PORTAL_RELATION}",
        # The desk only learns whether somebody is reached, when it causes a notice.
        desk_rows=(
            f"({EMPLOYED} AND {enrolled_here('person_id')}) OR (person_id = wall_subject() AND {DESK_EMERGENCY})"
        ),
        worker_rows=f"person_id = wall_subject() OR {enrolled_here('person_id')}",
    ),
    "messaging_notice": administration_table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT, UPDATE",
        portal_check="kind <> 'invitation'",
    ),
    "worklist_actionnote": WRITING["worklist_actionnote"],
    "worklist_workitem": administration_table(
        portal="SELECT, INSERT, UPDATE (state, done_at)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, INSERT, UPDATE (state, done_at, is_urgent)",
    ),
}
