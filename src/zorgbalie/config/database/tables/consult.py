"""Walls of questions and answers. Messages and notes are added and never changed: nobody has that privilege."""

from zorgbalie.config.database.tables.outgoing import OUTGOING
from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    PORTAL_RELATION,
    Table,
    enrolled_here,
    register_table,
)

_PORTAL = f"patient_id = wall_subject() AND {PORTAL_RELATION}"
_DESK = f"patient_id = wall_subject() AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}"
# The inbox lists threads of all patients, for who may answer them; their texts open one patient at a time.
_ANSWERS = "(SELECT wall_answers_consults())"
_LISTED = f"practice_id = (SELECT wall_practice()) AND {_ANSWERS} AND {enrolled_here('patient_id')}"
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
# A file comes into an open thread, unsent or with a text of the same writer in that thread.
_TO_OPEN_THREAD = _IN_OWN_THREAD.removesuffix(")") + " AND c.state <> 'closed')"


def _with_own_text(author: str) -> str:
    return (
        "(message_id IS NULL OR EXISTS (SELECT 1 FROM consult_consultmessage m"
        " WHERE m.id = consult_consultattachment.message_id AND m.consult_id = consult_consultattachment.consult_id"
        f" AND m.{author} = consult_consultattachment.{author}))"
    )


def _with_unsent(author: str) -> str:
    """Content comes and goes with a file of this writer that was not sent; nobody changes what was."""
    return (
        "EXISTS (SELECT 1 FROM consult_consultattachment a"
        " WHERE a.id = consult_consultattachmentcontent.attachment_id AND a.message_id IS NULL"
        " AND a.patient_id = consult_consultattachmentcontent.patient_id"
        f" AND a.practice_id = consult_consultattachmentcontent.practice_id AND {author})"
    )


_OF_PERSON = _with_unsent("a.author_person_id = wall_person()")
_OF_EMPLOYEE = _with_unsent("a.author_employee_id = wall_employee()")
_NEVER_SENT = "message_id IS NULL AND added_at < now() - interval '30 days'"
_OF_OWN_THREAD = (
    "EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = {0}.consult_id AND c.patient_id = {0}.patient_id)"
)
_WITH_ATTACHMENT = (
    "EXISTS (SELECT 1 FROM consult_consultattachment a WHERE a.id = consult_consultattachmentcontent.attachment_id"
    " AND a.patient_id = consult_consultattachmentcontent.patient_id)"
)

# The wall of the thread holds in this question: who cannot see a thread or draft cannot see its answers.
_ANSWERED_THREAD = (
    "EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = consult_consultanswer.consult_id"
    " AND c.patient_id = consult_consultanswer.patient_id AND c.practice_id = consult_consultanswer.practice_id"
)

CONSULT: dict[str, Table] = {
    "consult_consult": Table(
        portal="SELECT, INSERT, UPDATE (addressed_account_id, addressed_group_id, addressed_name, about_kind, about_id,"
        " about_title, about_date, subject, draft_text, state, revision, changed_by_name, changed_at, sent_at,"
        " answer_by, reason_id, reason_name)",
        desk="SELECT, INSERT, UPDATE (state, with_account_id, concerns_id, answer_by, revision, changed_by_name,"
        " changed_at)",
        # The worker finds promises that passed and answers that can end, whoever they are of, and writes what staff
        # planned or sent to a selection, a patient at a time (REQ 33, 34); never a draft.
        worker="SELECT, INSERT, UPDATE (state, answer_by, closed_by_time, takes_replies, reply_until, revision,"
        " changed_by_name, changed_at)",
        worker_rows=(
            "state <> 'draft' AND (patient_id = wall_subject() OR state = 'answered'"
            " OR (state IN ('sent', 'with_doctor') AND answer_by < now()))"
        ),
        # A draft is of its writer alone: not of the parent, helper or child beside it, nor of the practice.
        portal_rows=f"{_PORTAL} AND (state <> 'draft' OR asked_by_id = wall_person())",
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND state IN ('draft', 'sent', 'with_doctor')"
            " AND (state <> 'draft' OR asked_by_id = wall_person())"
        ),
        portal_changes="state <> 'closed'",
        # R12: a question of another that concerns this patient is listed in this file; it is changed in the other.
        desk_rows=(
            "(((patient_id = wall_subject() OR concerns_id = wall_subject())"
            f" AND practice_id = (SELECT wall_practice()) AND {DESK_RELATION}) OR ({_LISTED})) AND state <> 'draft'"
        ),
        desk_writes=f"{_DESK} AND state <> 'draft'",
    ),
    "consult_consultmessage": Table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT",
        worker_rows="patient_id = wall_subject()",
        portal_rows=_PORTAL,
        # Each side writes in its own name, in a thread of this patient.
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND author_kind = 'patient' AND author_person_id = wall_person()"
            " AND author_employee_id IS NULL AND EXISTS (SELECT 1 FROM consult_consult c"
            " WHERE c.id = consult_consultmessage.consult_id AND c.patient_id = consult_consultmessage.patient_id"
            " AND c.practice_id = consult_consultmessage.practice_id AND c.state <> 'closed'"
            f"{_TAKES_REPLIES})"
        ),
        desk_rows=f"{_DESK} AND {_ANSWERS}",
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
        worker="SELECT, UPDATE (virus_state), DELETE",
        # What lies with a draft is of its writer alone, as the draft is; what was sent is of the thread.
        portal_rows=(
            f"{_PORTAL} AND ((message_id IS NOT NULL AND {_IN_OWN_THREAD}) OR author_person_id = wall_person())"
        ),
        portal_check=(
            f"{_PORTAL} AND {_ENROLLED} AND author_person_id = wall_person() AND author_employee_id IS NULL"
            f" AND {_TO_OPEN_THREAD} AND {_with_own_text('author_person_id')}"
        ),
        portal_changes="message_id IS NULL AND author_person_id = wall_person()",
        desk_rows=f"{_DESK} AND (message_id IS NOT NULL OR author_employee_id = wall_employee())",
        desk_writes=(
            f"{_DESK} AND author_employee_id = wall_employee() AND author_person_id IS NULL AND {_IN_OWN_THREAD}"
            f" AND {_with_own_text('author_employee_id')}"
        ),
        desk_changes="message_id IS NULL",
        # The worker finds what was never sent and what waits for the virus scanner, whoever it is of; it removes the
        # one and says of the other what was found.
        worker_rows=f"({_NEVER_SENT}) OR virus_state = 'waiting' OR patient_id = wall_subject()",
        # It locks what was never sent before it removes that.
        worker_changes=f"virus_state = 'waiting' OR ({_NEVER_SENT})",
        worker_removes=_NEVER_SENT,
    ),
    "consult_consultattachmentcontent": Table(
        portal="SELECT, INSERT, DELETE",
        desk="SELECT, INSERT, DELETE",
        worker="SELECT, DELETE",
        # A file is read where its attachment is read: the wall of that table holds in this question.
        portal_rows=f"{_PORTAL} AND {_WITH_ATTACHMENT}",
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_OF_PERSON}",
        portal_changes=_OF_PERSON,
        desk_rows=f"{_DESK} AND {_WITH_ATTACHMENT}",
        desk_writes=f"{_DESK} AND {_OF_EMPLOYEE}",
        worker_rows=(
            "EXISTS (SELECT 1 FROM consult_consultattachment a"
            " WHERE a.id = consult_consultattachmentcontent.attachment_id)"
        ),
        worker_removes=(
            "EXISTS (SELECT 1 FROM consult_consultattachment a"
            f" WHERE a.id = consult_consultattachmentcontent.attachment_id AND {_NEVER_SENT})"
        ),
    ),
    "consult_consultanswer": Table(
        portal="SELECT, INSERT, UPDATE (answer, is_unknown, is_answered), DELETE",
        desk="SELECT",
        worker="SELECT",  # the file in which a patient saves the record
        worker_rows="patient_id = wall_subject()",
        portal_rows=f"{_PORTAL} AND {_ANSWERED_THREAD})",
        # Answers change while their thread is a draft of the one who writes it.
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_ANSWERED_THREAD} AND c.state = 'draft')",
        portal_changes=f"{_ANSWERED_THREAD} AND c.state = 'draft')",
        desk_rows=f"{_DESK} AND {_ANSWERED_THREAD})",
        desk_writes="false",
    ),
    "consult_consultreason": register_table(),
    "consult_consultreasonquestion": register_table(),
    "consult_consultaskrules": register_table(desk="SELECT, INSERT, UPDATE"),
    "consult_consultpresence": Table(
        # Who is at a thread: seen by colleagues who may answer, written of oneself alone.
        desk="SELECT, INSERT, UPDATE (seen_at, typing_at), DELETE",
        desk_rows=f"practice_id = (SELECT wall_practice()) AND {_ANSWERS}",
        desk_writes=(
            f"practice_id = (SELECT wall_practice()) AND {_ANSWERS} AND employee_id = wall_employee()"
            " AND EXISTS (SELECT 1 FROM consult_consult c WHERE c.id = consult_consultpresence.consult_id"
            " AND c.practice_id = consult_consultpresence.practice_id)"
        ),
    ),
    # What was put in a record, and moves: nothing of it for the portal, and nobody changes it.
    "consult_consultcopy": Table(
        desk="SELECT, INSERT",
        # The worker asks whether what it ends is in a record already; it writes in none.
        worker="SELECT",
        worker_rows="patient_id = wall_subject()",
        desk_rows=_DESK,
        desk_writes=f"{_DESK} AND written_by_id = wall_employee() AND {_OF_OWN_THREAD.format('consult_consultcopy')}",
    ),
    "consult_consultmove": Table(
        desk="SELECT, INSERT",
        desk_rows=_DESK,
        desk_writes=f"{_DESK} AND moved_by_id = wall_employee() AND {_OF_OWN_THREAD.format('consult_consultmove')}",
    ),
    "consult_consultstorage": register_table(desk="SELECT, INSERT, UPDATE"),
    "consult_consultsettings": register_table(desk="SELECT, INSERT, UPDATE"),
    "consult_consulttimes": register_table(desk="SELECT, INSERT, UPDATE"),
    "consult_consultslip": Table(
        portal="SELECT",
        desk="SELECT",
        worker="SELECT, INSERT",
        portal_rows=_PORTAL,
        desk_rows=_DESK,
        worker_rows="patient_id = wall_subject()",
    ),
    **OUTGOING,
}
