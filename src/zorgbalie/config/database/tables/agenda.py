"""Walls of agendas and appointments. That a time is taken is known to all; by whom is known as everywhere."""

from zorgbalie.config.database.tables.shapes import (
    DESK_RELATION,
    EMPLOYED,
    PORTAL_RELATION,
    Table,
    enrolled_here,
    members_table,
    register_table,
)

_PORTAL = f"patient_id = wall_subject() AND {PORTAL_RELATION}"
_HERE = "practice_id = (SELECT wall_practice())"
_DESK = f"patient_id = wall_subject() AND {_HERE} AND {DESK_RELATION}"
# The agenda shows appointments of all patients, to who keeps it.
_LISTED = f"{_HERE} AND (SELECT wall_keeps_agenda()) AND {enrolled_here('patient_id')}"
_ENROLLED = "wall_portal_enrolled(practice_id)"
# The appointments that this question sees are the viewer's own: their wall holds in it.
_OWN = "EXISTS (SELECT 1 FROM agenda_appointment a WHERE a.claim_id = agenda_claim.id)"
_FOR_MINUTES = "(expires_at IS NOT NULL AND expires_at <= now() + interval '10 minutes')"


def _of_own(table: str) -> str:
    """The row is about an appointment of the same patient at the same practice, which the viewer sees."""
    return (
        f"EXISTS (SELECT 1 FROM agenda_appointment a WHERE a.id = {table}.appointment_id"
        f" AND a.patient_id = {table}.patient_id AND a.practice_id = {table}.practice_id)"
    )


def _of_held(table: str) -> str:
    """The row is about a time that its patient held and never booked."""
    return (
        f"EXISTS (SELECT 1 FROM agenda_appointment a WHERE a.id = {table}.appointment_id"
        f" AND a.patient_id = {table}.patient_id AND a.practice_id = {table}.practice_id AND a.state = 'held')"
    )


AGENDA: dict[str, Table] = {
    "agenda_agenda": register_table(desk="SELECT, INSERT, UPDATE"),
    "agenda_appointmentkind": register_table(desk="SELECT, INSERT, UPDATE"),
    "agenda_appointmentkindquestion": register_table(),
    "agenda_weekblock": register_table(),
    "agenda_weekblock_kinds": members_table("agenda_weekblock", "weekblock_id"),
    "agenda_agendaclosing": register_table(),
    "agenda_agendasettings": register_table(desk="SELECT, INSERT, UPDATE"),
    # Found by the digest of its secret before anybody is known; what it opens is asked as its employee.
    "agenda_agendafeed": Table(
        desk="SELECT, INSERT, UPDATE (name, read_at, revoked_at)",
        desk_rows="true",
        desk_writes=f"{_HERE} AND {EMPLOYED}",
        patient_data=False,
    ),
    "agenda_claim": Table(
        portal="SELECT, INSERT, UPDATE (expires_at), DELETE",
        desk="SELECT, INSERT, UPDATE (expires_at), DELETE",
        worker="SELECT, DELETE",
        portal_rows="true",
        # The portal takes time for some minutes only; what is firm is firm through its own appointment.
        portal_check=f"{_FOR_MINUTES} OR {_OWN}",
        portal_changes=f"(expires_at < now() OR {_OWN})",
        desk_rows=f"{_HERE}",
        desk_writes=f"{_HERE} AND {EMPLOYED}",
        # What is firm the worker sees too: an earlier time is offered where it is free.
        worker_rows="true",
        worker_removes="expires_at < now()",
        patient_data=False,
    ),
    "agenda_appointment": Table(
        portal="SELECT, INSERT, UPDATE (agenda_id, claim_id, starts_at, ends_at, state, reason, booked_at,"
        " cancelled_at, cancelled_by, revision, reminded_for)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, UPDATE (state, cancelled_at, cancelled_by, revision, reminded_for)",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND state IN ('held', 'booked', 'cancelled')",
        portal_changes="state IN ('held', 'booked')",
        # What a patient is choosing is not yet of the practice: there the time is taken, and no more.
        desk_rows=f"(({_DESK}) OR ({_LISTED})) AND booked_at IS NOT NULL",
        desk_writes=f"{_DESK} AND state <> 'held'",
        # The worker finds what is to be reminded of, who waits for an earlier time, and what lapsed, whoever it is of.
        worker_rows=(
            "patient_id = wall_subject() OR state = 'held' OR (state = 'booked' AND (starts_at > now() -"
            " interval '1 day' AND starts_at < now() + interval '3 days' OR EXISTS (SELECT 1 FROM agenda_earlierwish w"
            " WHERE w.appointment_id = agenda_appointment.id AND w.state = 'waiting')))"
        ),
        worker_changes="patient_id = wall_subject() AND state IN ('held', 'booked')",
    ),
    "agenda_appointmentanswer": Table(
        portal="SELECT, INSERT, UPDATE (answer, is_unknown, is_answered), DELETE",
        desk="SELECT",
        # What was typed for a time that lapsed is removed; the worker reads none of it.
        worker="SELECT (id, practice_id, patient_id, appointment_id), DELETE",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_of_own('agenda_appointmentanswer')}",
        desk_rows=f"{_DESK} AND {_of_own('agenda_appointmentanswer')}",
        worker_rows=f"patient_id = wall_subject() AND {_of_held('agenda_appointmentanswer')}",
    ),
    "agenda_appointmentchange": Table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_of_own('agenda_appointmentchange')}",
        desk_rows=f"({_DESK}) OR ({_LISTED})",
        desk_writes=_DESK,
    ),
    "agenda_earlierwish": Table(
        portal="SELECT, INSERT, UPDATE (state, only_same_agenda, part_of_day, from_date, ended_at)",
        desk="SELECT, UPDATE (state, ended_at)",
        worker="SELECT, UPDATE (state, ended_at)",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND {_ENROLLED} AND {_of_own('agenda_earlierwish')}",
        desk_rows=f"({_DESK}) OR ({_LISTED})",
        desk_writes=_DESK,
        worker_rows="state = 'waiting' OR patient_id = wall_subject()",
    ),
    "agenda_earlieroffer": Table(
        portal="SELECT, UPDATE (state)",
        desk="SELECT",
        worker="SELECT, INSERT, UPDATE (state), DELETE",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND {_ENROLLED}",
        desk_rows=_DESK,
        # Nobody is offered one time twice: of times to come the worker sees all offers. Old ones it removes.
        worker_rows=(
            "patient_id = wall_subject() OR state = 'open' OR starts_at > now()"
            " OR starts_at < now() - interval '30 days'"
        ),
        worker_changes="patient_id = wall_subject() AND state = 'open'",
        worker_removes="state <> 'open' AND starts_at < now() - interval '30 days'",
    ),
    # R10: no column could name a patient, and the portal has no privilege at all.
    "agenda_occupation": Table(
        desk="SELECT, INSERT, UPDATE, DELETE",
        desk_rows=_HERE,
        desk_writes=f"{_HERE} AND {EMPLOYED}",
        patient_data=False,
    ),
}
