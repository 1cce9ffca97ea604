"""Refuses to start a process whose database role could walk around the second wall."""

from django.db import connection

from zorgbalie.kernel.errors import ZorgbalieError

_ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"
_OWNS = """SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(session_user, c.relowner, 'MEMBER')"""


class UnsafeDatabaseRole(ZorgbalieError):
    """The process would run as owner or superuser of the database."""


def check_database_role() -> None:
    """Raises UnsafeDatabaseRole for a superuser, a role with BYPASSRLS, or one that owns a table (security.md 5)."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        (bypasses,) = cursor.fetchone()
        cursor.execute(_OWNS)
        (owned,) = cursor.fetchone()
    if bypasses or owned:
        raise UnsafeDatabaseRole(
            "DATABASE_URL names a superuser or owner of the tables. Use the role of this process: "
            "zorgbalie_portal, zorgbalie_desk or zorgbalie_worker (docs/operations.md)."
        )
