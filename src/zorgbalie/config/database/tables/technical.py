"""Walls of the log, and of the tables of Django and of libraries."""

from zorgbalie.config.database.tables.shapes import (
    EMPLOYED,
    EVERYTHING,
    PORTAL_RELATION,
    Table,
    plain_table,
)

_JOBS = plain_table(portal="SELECT, INSERT, UPDATE", desk="SELECT, INSERT, UPDATE", worker=EVERYTHING)

TECHNICAL: dict[str, Table] = {
    # audit: each adds lines in the own name, about whomever; read by whom it concerns
    "audit_auditevent": Table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT",
        portal_rows=f"patient_id = wall_subject() AND {PORTAL_RELATION}",
        desk_rows=f"(practice_id = wall_practice() OR organisation_id = wall_practice()) AND {EMPLOYED}",
        worker_rows="true",
        portal_check=(
            "(user_kind = 'patient' AND user_id = 'person:' || wall_person())"
            " OR (user_kind = 'system' AND user_id = 'task:sign-in')"
        ),
        # Before somebody is at work the name is not known to the database; at work it is one of the own names.
        desk_writes=(
            "(user_kind = 'system' AND user_id = 'task:staff.sign_in') OR (user_kind = 'staff' AND"
            " (wall_employee() IS NULL OR user_id IN (SELECT 'employee:' || e.id FROM practice_employee e"
            " WHERE e.user_id = (SELECT m.user_id FROM practice_employee m WHERE m.id = wall_employee()))))"
        ),
    ),
    "audit_auditseal": plain_table(worker="SELECT, INSERT"),
    # Django and libraries
    "shared_cache": plain_table(portal=EVERYTHING, desk=EVERYTHING, worker=EVERYTHING),
    "django_content_type": plain_table(portal="SELECT", desk="SELECT", worker="SELECT"),
    "django_migrations": plain_table(portal="SELECT", desk="SELECT", worker="SELECT"),
    "auth_group": plain_table(),
    "auth_group_permissions": plain_table(),
    "auth_permission": plain_table(),
    "account_emailaddress": plain_table(desk=EVERYTHING),
    "account_emailconfirmation": plain_table(desk=EVERYTHING),
    "mfa_authenticator": plain_table(desk=EVERYTHING),
    "axes_accessattempt": plain_table(desk=EVERYTHING),
    "axes_accessfailurelog": plain_table(desk=EVERYTHING),
    "axes_accesslog": plain_table(desk=EVERYTHING),
    "axes_accessattemptexpiration": plain_table(desk=EVERYTHING),
    "procrastinate_jobs": _JOBS,
    "procrastinate_events": _JOBS,
    "procrastinate_periodic_defers": _JOBS,
    "procrastinate_workers": plain_table(portal="SELECT", desk="SELECT", worker=EVERYTHING),
}
