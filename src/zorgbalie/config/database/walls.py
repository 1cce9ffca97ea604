"""The second wall: which database role may do what with which table, and for whom (security.md 5).

Every table of the database stands in `tables`, or a test fails. `statements` gives idempotent SQL that `zorgbalie
migrate` runs after each migration; before that, the roles hold no privilege at all, so a new table is closed until it
is declared. Three roles own nothing and cannot bypass row-level security: portal, desk and worker. Who looks is told by
`access.wall` in settings of the transaction; an unset one means no rows.
"""

from collections.abc import Iterator

from zorgbalie.config.database.agenda_functions import AGENDA_FUNCTIONS
from zorgbalie.config.database.consult_functions import CONSULT_FUNCTIONS
from zorgbalie.config.database.tables import TABLES
from zorgbalie.config.database.tables.shapes import Table
from zorgbalie.config.database.wall_functions import FUNCTIONS

PORTAL, DESK, WORKER = "zorgbalie_portal", "zorgbalie_desk", "zorgbalie_worker"
ROLES = (PORTAL, DESK, WORKER)

# What the log's tables refuse to everybody, the owner included.
_APPEND_ONLY = ("audit_auditevent", "audit_auditseal")

_COMING = "wall_coming_appointments(bigint, bigint, timestamptz)"
_SELECT = "wall_select_patients(date, date, date, text, bigint, text[], text, text, date, date, boolean)"


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
    yield CONSULT_FUNCTIONS
    yield AGENDA_FUNCTIONS
    for role in ROLES:
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT SELECT ON wall_enrolled_now TO {DESK}, {WORKER}"
    yield "REVOKE EXECUTE ON FUNCTION wall_person_for_bsn(text) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_person_for_bsn(text) TO {PORTAL}, {DESK}, {WORKER}"
    yield "REVOKE EXECUTE ON FUNCTION wall_consults_waiting(bigint, boolean) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_consults_waiting(bigint, boolean) TO {PORTAL}, {DESK}, {WORKER}"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented_on(bigint, date) FROM PUBLIC"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented(bigint) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_represented(bigint) TO {PORTAL}"
    yield "REVOKE EXECUTE ON FUNCTION wall_represented_places() FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION wall_represented_places() TO {PORTAL}"
    yield f"GRANT SELECT ON consult_inbox TO {DESK}"
    for function in ("wall_found_consults(text[], date, integer)", "wall_consult_marks(bigint[])"):
        yield f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {DESK}"
    yield f"REVOKE EXECUTE ON FUNCTION {_COMING} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {_COMING} TO {DESK}"
    yield f"REVOKE EXECUTE ON FUNCTION {_SELECT} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {_SELECT} TO {WORKER}"
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
        yield from _of_worker(name, table) if role == WORKER else ()
        if condition:
            check = checks.get(role, "")
            changes = {PORTAL: table.portal_changes, DESK: table.desk_changes}.get(role, "")
            changeable = condition if role == PORTAL else check
            yield from _policies(
                name, role, condition, check, f"({changeable}) AND ({changes})" if changes else changeable
            )


def _of_worker(name: str, table: Table) -> Iterator[str]:
    """The worker sees more than it changes where a table says so; what it writes stays within what it sees."""
    for command, condition in (("update", table.worker_changes), ("delete", table.worker_removes)):
        yield f"DROP POLICY IF EXISTS {WORKER}_only_{command} ON {name}"
        if condition:
            also = " WITH CHECK (true)" if command == "update" else ""
            yield (
                f"CREATE POLICY {WORKER}_only_{command} ON {name} AS RESTRICTIVE FOR {command.upper()} TO {WORKER}"
                f" USING ({condition}){also}"
            )


def _policies(name: str, role: str, condition: str, check: str, changeable: str) -> Iterator[str]:
    if not check:
        yield f"CREATE POLICY {role}_all ON {name} TO {role} USING ({condition}) WITH CHECK ({condition})"
        return
    yield f"CREATE POLICY {role}_select ON {name} FOR SELECT TO {role} USING ({condition})"
    yield f"CREATE POLICY {role}_insert ON {name} FOR INSERT TO {role} WITH CHECK ({check})"
    yield f"CREATE POLICY {role}_update ON {name} FOR UPDATE TO {role} USING ({changeable}) WITH CHECK ({check})"
    yield f"CREATE POLICY {role}_delete ON {name} FOR DELETE TO {role} USING ({changeable})"
