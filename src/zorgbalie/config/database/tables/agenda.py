"""Walls of agendas and appointments. That a time is taken is known to all; by whom is known as everywhere."""

from zorgbalie.config.database.tables.shapes import DESK_RELATION, PORTAL_RELATION, Table, members_table, register_table

_PORTAL = f"patient_id = wall_subject() AND {PORTAL_RELATION}"
_HERE = "practice_id = (SELECT wall_practice())"
_DESK = f"patient_id = wall_subject() AND {_HERE} AND {DESK_RELATION}"
# The appointments that this question sees are the viewer's own: their wall holds in it.
_OWN = "EXISTS (SELECT 1 FROM agenda_appointment a WHERE a.claim_id = agenda_claim.id)"
_FOR_MINUTES = "(expires_at IS NOT NULL AND expires_at <= now() + interval '10 minutes')"

AGENDA: dict[str, Table] = {
    "agenda_agenda": register_table(desk="SELECT, INSERT, UPDATE"),
    "agenda_appointmentkind": register_table(desk="SELECT, INSERT, UPDATE"),
    "agenda_weekblock": register_table(),
    "agenda_weekblock_kinds": members_table("agenda_weekblock", "weekblock_id"),
    "agenda_agendaclosing": register_table(),
    "agenda_claim": Table(
        portal="SELECT, INSERT, UPDATE (expires_at), DELETE",
        desk="SELECT, INSERT, UPDATE (expires_at), DELETE",
        worker="SELECT, DELETE",
        portal_rows="true",
        # The portal takes time for some minutes only; what is firm is firm through its own appointment.
        portal_check=f"{_FOR_MINUTES} OR {_OWN}",
        portal_changes=f"(expires_at < now() OR {_OWN})",
        desk_rows=f"{_HERE}",
        desk_writes=f"{_HERE}",
        worker_rows="expires_at < now()",
        patient_data=False,
    ),
    "agenda_appointment": Table(
        portal="SELECT, INSERT, UPDATE (agenda_id, claim_id, starts_at, ends_at, state, reason, booked_at,"
        " cancelled_at, cancelled_by, revision)",
        desk="SELECT, INSERT, UPDATE",
        portal_rows=_PORTAL,
        portal_check=f"{_PORTAL} AND wall_portal_enrolled(practice_id) AND state IN ('held', 'booked', 'cancelled')",
        portal_changes="state IN ('held', 'booked')",
        desk_rows=_DESK,
        desk_writes=_DESK,
    ),
    # R10: no column could name a patient, and the portal has no privilege at all.
    "agenda_occupation": Table(
        desk="SELECT, INSERT, UPDATE, DELETE", desk_rows=_HERE, desk_writes=_HERE, patient_data=False
    ),
}
