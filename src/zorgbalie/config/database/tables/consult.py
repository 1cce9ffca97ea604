"""Walls of questions and answers. Messages and notes are added and never changed: nobody has that privilege."""

from zorgbalie.config.database.tables.outgoing import OUTGOING
from zorgbalie.config.database.tables.shapes import DESK_RELATION, PORTAL_RELATION, Table, register_table

_PORTAL = f"patient_id = wall_subject() AND {PORTAL_RELATION}"
_DESK = f"patient_id = wall_subject() AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}"
_ENROLLED = "wall_portal_enrolled(practice_id)"
# The worker writes what staff planned or sent to a selection: one patient of one practice at a time (REQ 33, 34).
_WORKER = "patient_id = wall_subject() AND practice_id = wall_practice()"
# What the practice wants no reply to holds none.
_TAKES_REPLIES = " AND c.takes_replies"
_IN_OWN_THREAD = (
    "EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = consult_consultattachment.consult_id"
    " AND c.patient_id = consult_consultattachment.patient_id"
    " AND c.practice_id = consult_consultattachment.practice_id)"
)
_WITH_ATTACHMENT = (
    "EXISTS (SELECT 1 FROM consult_consultattachment a WHERE a.id = consult_consultattachmentcontent.attachment_id"
    " AND a.patient_id = consult_consultattachmentcontent.patient_id)"
)

CONSULT: dict[str, Table] = {
    "consult_consult": Table(
        portal="SELECT, INSERT, UPDATE (addressed_account_id, addressed_group_id, addressed_name, about_kind, about_id,"
        " about_title, about_date, subject, draft_text, state, revision, changed_by_name, changed_at, sent_at,"
        " answer_by)",
        desk="SELECT, INSERT, UPDATE (state, with_account_id, concerns_id, answer_by, revision, changed_by_name,"
        " changed_at)",
        worker="SELECT, INSERT, UPDATE (state, takes_replies, reply_until, revision, changed_by_name, changed_at)",
        # A draft is of its writer alone: not of the parent, helper or child beside it, nor of the practice.
        portal_rows=f"{_PORTAL} AND (state <> 'draft' OR asked_by_id = wall_person())",
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND state IN ('draft', 'sent', 'with_doctor')"
            " AND (state <> 'draft' OR asked_by_id = wall_person())"
        ),
        portal_changes="state <> 'closed'",
        desk_rows=f"{_DESK} AND state <> 'draft'",
        desk_writes=f"{_DESK} AND state <> 'draft'",
        worker_rows=f"{_WORKER} AND state <> 'draft'",
    ),
    "consult_consultmessage": Table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT",
        worker_rows=_WORKER,
        portal_rows=_PORTAL,
        # Each side writes in its own name, in a thread of this patient.
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND author_kind = 'patient' AND author_person_id = wall_person()"
            " AND author_employee_id IS NULL AND EXISTS (SELECT 1 FROM consult_consult c"
            " WHERE c.id = consult_consultmessage.consult_id AND c.patient_id = consult_consultmessage.patient_id"
            " AND c.practice_id = consult_consultmessage.practice_id AND c.state <> 'closed'"
            f"{_TAKES_REPLIES})"
        ),
        desk_rows=_DESK,
        desk_writes=(
            f"{_DESK} AND author_kind = 'staff' AND author_employee_id = wall_employee() AND author_person_id IS NULL"
            " AND EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = consult_consultmessage.consult_id"
            " AND c.patient_id = consult_consultmessage.patient_id)"
        ),
    ),
    "consult_consultnote": Table(
        desk="SELECT, INSERT",
        desk_rows=_DESK,
        desk_writes=f"{_DESK} AND author_id = wall_employee()",
    ),
    "consult_consultattachment": Table(
        portal="SELECT, INSERT, UPDATE (message_id), DELETE",
        desk="SELECT, INSERT, UPDATE (message_id), DELETE",
        # What lies with a draft is of its writer alone, as the draft is; what was sent is of the thread.
        portal_rows=(
            f"{_PORTAL} AND ((message_id IS NOT NULL AND {_IN_OWN_THREAD}) OR author_person_id = wall_person())"
        ),
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND author_person_id = wall_person() AND author_employee_id IS NULL"
            f" AND {_IN_OWN_THREAD}"
        ),
        portal_changes="message_id IS NULL",
        desk_rows=f"{_DESK} AND (message_id IS NOT NULL OR author_employee_id = wall_employee())",
        desk_writes=(
            f"{_DESK} AND author_employee_id = wall_employee() AND author_person_id IS NULL AND {_IN_OWN_THREAD}"
        ),
    ),
    "consult_consultattachmentcontent": Table(
        portal="SELECT, INSERT, DELETE",
        desk="SELECT, INSERT, DELETE",
        # A file is read where its attachment is read: the wall of that table holds in this question.
        portal_rows=f"{_PORTAL} AND {_WITH_ATTACHMENT}",
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_WITH_ATTACHMENT}",
        desk_rows=f"{_DESK} AND {_WITH_ATTACHMENT}",
        desk_writes=f"{_DESK} AND {_WITH_ATTACHMENT}",
    ),
    "consult_consultsettings": register_table(desk="SELECT, INSERT, UPDATE"),
    **OUTGOING,
}
