"""The second wall: which database role may do what with which table, and for whom (security.md 5).

Every table of the database stands here, or a test fails. `statements` gives idempotent SQL that `zorgbalie migrate`
runs after each migration; before that, the roles hold no privilege at all, so a new table is closed until it is
declared. Three roles own nothing and cannot bypass row-level security: portal, desk and worker. Who looks is told by
`access.wall` in settings of the transaction; an unset one means no rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from zorgbalie.config.database.wall_functions import FUNCTIONS

PORTAL, DESK, WORKER = "zorgbalie_portal", "zorgbalie_desk", "zorgbalie_worker"
ROLES = (PORTAL, DESK, WORKER)

_PORTAL_RELATION = "(SELECT wall_portal_relation())"
_DESK_RELATION = "(SELECT wall_desk_relation())"
_DESK_EMERGENCY = "(SELECT wall_desk_emergency())"
_EMPLOYED = "(SELECT wall_desk_employed())"


def _enrolled_here(column: str) -> str:
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
    patient_data: bool = field(default=True)


def _record(worker: str = "SELECT, INSERT, UPDATE") -> Table:
    """Care data: one patient at a time, so the relation is looked up once per query and rows compare numbers."""
    return Table(
        portal="SELECT",
        desk="SELECT, INSERT, UPDATE",
        worker=worker,
        portal_rows=f"patient_id = wall_subject() AND {_PORTAL_RELATION}",
        desk_rows=(
            f"patient_id = wall_subject() AND ((practice_id = (SELECT wall_practice()) AND {_DESK_RELATION})"
            f" OR {_DESK_EMERGENCY})"
        ),
        desk_writes=f"patient_id = wall_subject() AND practice_id = wall_practice() AND {_DESK_RELATION}",
        worker_rows="patient_id = wall_subject()",
    )


def _administration(
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
    portal_writes = f"{person} = wall_subject() AND {_PORTAL_RELATION} AND wall_portal_enrolled(practice_id)"
    return Table(
        portal=portal,
        desk=desk,
        worker=worker,
        portal_rows=f"{person} = wall_subject() AND {_PORTAL_RELATION}",
        desk_rows=(
            f"(practice_id = wall_practice() AND {_EMPLOYED}) OR ({person} = wall_subject() AND {_DESK_EMERGENCY})"
        ),
        desk_writes=f"practice_id = wall_practice() AND {_EMPLOYED}",
        worker_rows=f"practice_id = wall_practice() OR {person} = wall_subject()",
        portal_check=f"{portal_writes} AND ({portal_check})" if portal_check else portal_writes,
        portal_changes=portal_changes,
    )


def _register(*, practice: str = "practice_id", desk: str = "SELECT, INSERT, UPDATE, DELETE") -> Table:
    """Registers without patient data: all may read, the desk writes rows of its own practice only."""
    return Table(
        portal="SELECT",
        desk=desk,
        worker="SELECT",
        portal_rows="true",
        desk_rows="true",
        worker_rows="true",
        desk_writes=f"{practice} = wall_practice() AND {_EMPLOYED}",
        patient_data=False,
    )


def _members(parent: str, column: str) -> Table:
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
            f" AND {_EMPLOYED}"
        ),
        patient_data=False,
    )


def _plain(*, portal: str = "", desk: str = "", worker: str = "") -> Table:
    """Technical tables without patient data: privileges only."""
    return Table(portal=portal, desk=desk, worker=worker, patient_data=False)


_ALL = "SELECT, INSERT, UPDATE, DELETE"
_JOBS = _plain(portal="SELECT, INSERT, UPDATE", desk="SELECT, INSERT, UPDATE", worker=_ALL)

TABLES: dict[str, Table] = {
    # people
    "people_person": Table(
        portal="SELECT, UPDATE (email, email_verified_at, phone, language)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, UPDATE",
        portal_rows=(
            f"(id = wall_subject() AND {_PORTAL_RELATION}) OR id = wall_person()"
            " OR id IN (SELECT wall_represented(wall_person()))"
        ),
        desk_rows=(
            f"({_EMPLOYED} AND ({_enrolled_here('id')}"
            " OR (registered_by_practice_id = wall_practice() AND wall_never_enrolled(id))))"
            f" OR (id = wall_subject() AND {_DESK_EMERGENCY})"
        ),
        desk_writes=(
            f"{_EMPLOYED} AND ({_enrolled_here('id')}"
            " OR (registered_by_practice_id = wall_practice() AND wall_never_enrolled(id)))"
        ),
        worker_rows=f"id = wall_subject() OR {_enrolled_here('id')}",
        portal_check=f"id = wall_subject() AND {_PORTAL_RELATION}",
        portal_changes="id = wall_subject()",
    ),
    "people_representation": Table(
        portal="SELECT",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_rows="representative_id = wall_person() OR patient_id = wall_person()",
        desk_rows=f"{_enrolled_here('patient_id')} AND {_EMPLOYED}",
        worker_rows="patient_id = wall_subject()",
    ),
    "people_signinreplay": _plain(portal=_ALL, worker="SELECT, DELETE"),
    "people_patient_session": _plain(portal=_ALL, worker="SELECT, DELETE"),
    # practice
    "practice_practice": _register(practice="id", desk="SELECT, UPDATE"),
    "practice_account": _register(),
    "practice_account_members": _members("practice_account", "account_id"),
    "practice_employee": _register(),
    "practice_employeegroup": _register(),
    "practice_employeegroup_members": _members("practice_employeegroup", "employeegroup_id"),
    "practice_enrolment": _administration(
        portal="SELECT", desk="SELECT, INSERT, UPDATE", worker="SELECT", portal_check="false"
    ),
    "practice_staffuser": _plain(desk="SELECT, INSERT, UPDATE"),
    "practice_staff_session": _plain(desk=_ALL, worker="SELECT, DELETE"),
    # access
    "access_agreementtext": _register(desk="SELECT, INSERT"),
    "access_agreement": _administration(
        # The desk makes the row when it invites: the portal cannot make one that bears the practice's signature (R7).
        portal="SELECT, UPDATE (text_id, patient_signed_at, patient_signer_id, patient_signer_level, ended_at,"
        " ended_by_patient)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_changes="ended_at IS NULL",
    ),
    "access_invitation": _administration(
        portal="SELECT, UPDATE (accepted_at, failed_attempts)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT",
        portal_changes="accepted_at IS NULL AND revoked_at IS NULL",
    ),
    "access_accessrequest": _administration(
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
    "access_emergencyaccess": _administration(portal="SELECT", desk="SELECT, INSERT, UPDATE", worker="SELECT"),
    # messaging and work list
    "messaging_noticepreference": Table(
        portal=_ALL,
        desk="SELECT",
        worker="SELECT",
        portal_rows=f"person_id = wall_person() OR (person_id = wall_subject() AND {_PORTAL_RELATION})",
        desk_rows=(
            f"({_EMPLOYED} AND {_enrolled_here('person_id')}) OR (person_id = wall_subject() AND {_DESK_EMERGENCY})"
        ),
        worker_rows=f"person_id = wall_subject() OR {_enrolled_here('person_id')}",
    ),
    "messaging_addresscheck": Table(
        portal="SELECT, INSERT, UPDATE (attempts, used_at)",
        worker="SELECT, DELETE",
        portal_rows=f"person_id = wall_subject() AND {_PORTAL_RELATION}",
        worker_rows="person_id = wall_subject() OR expires_at <= now()",
    ),
    "messaging_notice": _administration(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT, UPDATE",
        portal_check="kind <> 'invitation'",
    ),
    "worklist_workitem": _administration(
        portal="SELECT, INSERT, UPDATE (state, done_at)",
        desk="SELECT, INSERT, UPDATE",
        worker="SELECT, INSERT, UPDATE (state, done_at)",
    ),
    # record
    "record_sourceresource": _record(),
    "record_episode": _record(),
    "record_flag": _record(),
    "record_encounter": _record(),
    "record_journalentry": _record(),
    "record_observation": _record(),
    "record_allergy": _record(),
    "record_medication": _record(),
    "record_sharednote": _record(),
    "record_sharednote_shared_with": Table(
        desk="SELECT, INSERT",
        desk_rows="EXISTS (SELECT 1 FROM record_sharednote n WHERE n.id = sharednote_id)",
    ),
    "record_worknote": Table(
        desk=_ALL,
        worker="SELECT, DELETE",
        # The author alone, also for colleagues with every right (REQ 59); the worker only clears what has expired.
        desk_rows=(
            "author_id = wall_employee() AND practice_id = wall_practice() AND patient_id = wall_subject()"
            f" AND {_DESK_RELATION} AND expires_at > now()"
        ),
        worker_rows="expires_at <= now()",
    ),
    "record_labreport": replace(
        _record(),
        # Before publication no row exists for the portal (R1). The worker finds what is due, whoever it is of.
        portal_rows=f"patient_id = wall_subject() AND state = 'published' AND {_PORTAL_RELATION}",
        worker_rows="patient_id = wall_subject() OR state = 'scheduled'",
    ),
    "record_labresult": replace(_record(), portal="", portal_rows=""),
    "record_labinvitation": replace(_record(), portal="SELECT, UPDATE (done_at)"),
    "record_replytemplate": Table(
        desk=_ALL, desk_rows=f"practice_id = wall_practice() AND {_EMPLOYED}", patient_data=False
    ),
    "record_glossaryterm": _plain(portal="SELECT", desk="SELECT", worker="SELECT"),
    # exchange
    "exchange_receivedmessage": Table(
        # The desk solves what waits; of what went into a record at once it reads the report instead.
        desk="SELECT, UPDATE (state, patient_id, decided_at, decided_by_id, note)",
        worker="SELECT, INSERT, UPDATE (state, patient_id, decided_at)",
        desk_rows=f"practice_id = wall_practice() AND state <> 'stored' AND {_EMPLOYED}",
        worker_rows="practice_id = wall_practice()",
    ),
    # audit: each adds lines in the own name, about whomever; read by whom it concerns
    "audit_auditevent": Table(
        portal="SELECT, INSERT",
        desk="SELECT, INSERT",
        worker="SELECT, INSERT",
        portal_rows=f"patient_id = wall_subject() AND {_PORTAL_RELATION}",
        desk_rows=f"(practice_id = wall_practice() OR organisation_id = wall_practice()) AND {_EMPLOYED}",
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
    "audit_auditseal": _plain(worker="SELECT, INSERT"),
    # Django and libraries
    "shared_cache": _plain(portal=_ALL, desk=_ALL, worker=_ALL),
    "django_content_type": _plain(portal="SELECT", desk="SELECT", worker="SELECT"),
    "django_migrations": _plain(portal="SELECT", desk="SELECT", worker="SELECT"),
    "auth_group": _plain(),
    "auth_group_permissions": _plain(),
    "auth_permission": _plain(),
    "account_emailaddress": _plain(desk=_ALL),
    "account_emailconfirmation": _plain(desk=_ALL),
    "mfa_authenticator": _plain(desk=_ALL),
    "axes_accessattempt": _plain(desk=_ALL),
    "axes_accessfailurelog": _plain(desk=_ALL),
    "axes_accesslog": _plain(desk=_ALL),
    "axes_accessattemptexpiration": _plain(desk=_ALL),
    "procrastinate_jobs": _JOBS,
    "procrastinate_events": _JOBS,
    "procrastinate_periodic_defers": _JOBS,
    "procrastinate_workers": _plain(portal="SELECT", desk="SELECT", worker=_ALL),
}

# What the log's tables refuse to everybody, the owner included.
_APPEND_ONLY = ("audit_auditevent", "audit_auditseal")


def create_roles() -> Iterator[str]:
    """SQL that makes the three roles where they are missing; needs CREATEROLE (production: the DBA does it)."""
    for role in ROLES:
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN "
            f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS; END IF; END $$"
        )


def statements() -> Iterator[str]:
    """Idempotent SQL: functions, privileges, policies, append-only triggers. Run as the owner of the tables."""
    yield FUNCTIONS
    for role in ROLES:
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT SELECT ON wall_enrolled_now TO {DESK}, {WORKER}"
    yield "REVOKE EXECUTE ON FUNCTION wall_person_for_bsn(text) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_person_for_bsn(text) TO {PORTAL}, {DESK}, {WORKER}"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented_on(bigint, date) FROM PUBLIC"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented(bigint) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_represented(bigint) TO {PORTAL}"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented_places() FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_represented_places() TO {PORTAL}"
    for name, table in TABLES.items():
        yield from _table_statements(name, table)
    for name in _APPEND_ONLY:
        yield (
            f"CREATE OR REPLACE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION wall_append_only()"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wall_append_only()"
        )


def _table_statements(name: str, table: Table) -> Iterator[str]:
    for role, privileges in ((PORTAL, table.portal), (DESK, table.desk), (WORKER, table.worker)):
        if privileges:
            yield f"GRANT {privileges} ON {name} TO {role}"
    rows = {PORTAL: table.portal_rows, DESK: table.desk_rows, WORKER: table.worker_rows}
    if not any(rows.values()):
        return
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    checks = {PORTAL: table.portal_check, DESK: table.desk_writes}
    for role, condition in rows.items():
        yield f"DROP POLICY IF EXISTS {role}_all ON {name}"
        for command in ("select", "insert", "update", "delete"):
            yield f"DROP POLICY IF EXISTS {role}_{command} ON {name}"
        if condition:
            more = f" AND {table.portal_changes}" if role == PORTAL and table.portal_changes else ""
            changeable = f"({condition}){more}"
            yield from _policies(name, role, condition, checks.get(role, ""), changeable)


def _policies(name: str, role: str, condition: str, check: str, changeable: str) -> Iterator[str]:
    if not check:
        yield f"CREATE POLICY {role}_all ON {name} TO {role} USING ({condition}) WITH CHECK ({condition})"
        return
    changeable = changeable if role == PORTAL else check
    yield f"CREATE POLICY {role}_select ON {name} FOR SELECT TO {role} USING ({condition})"
    yield f"CREATE POLICY {role}_insert ON {name} FOR INSERT TO {role} WITH CHECK ({check})"
    yield f"CREATE POLICY {role}_update ON {name} FOR UPDATE TO {role} USING ({changeable}) WITH CHECK ({check})"
    yield f"CREATE POLICY {role}_delete ON {name} FOR DELETE TO {role} USING ({changeable})"
