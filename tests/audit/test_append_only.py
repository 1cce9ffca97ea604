"""The log can only grow, in the database itself (R13; security row 41)."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.audit.lines import write_lines
from tests.conftest import as_role
from zorgbalie.audit import sealing

pytestmark = pytest.mark.django_db
TABLES = ("audit_auditevent", "audit_auditseal")


def _refused(statement: str) -> str:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(caught.value)


@pytest.fixture
def _sealed_line():
    write_lines(1)
    sealing.seal_waiting()


@pytest.mark.usefixtures("_sealed_line")
@pytest.mark.parametrize("table", TABLES)
def test_owner_cannot_change_remove_or_empty(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
    column = "event" if table == "audit_auditevent" else "digest"
    assert "append-only" in _refused(f"UPDATE {table} SET {column} = {column}")
    assert "append-only" in _refused(f"DELETE FROM {table}")
    assert "append-only" in _refused(f"TRUNCATE {table}")


@pytest.mark.usefixtures("_sealed_line")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["zorgbalie_portal", "zorgbalie_desk", "zorgbalie_worker"])
def test_roles_of_the_application_have_no_privilege_to_change_or_remove(table, role):
    column = "event" if table == "audit_auditevent" else "digest"
    with as_role(role):
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            assert "permission denied" in _refused(statement)


@pytest.mark.parametrize("role", ["zorgbalie_portal", "zorgbalie_desk"])
def test_web_processes_cannot_seal(role):
    with as_role(role):
        assert "permission denied" in _refused(
            "INSERT INTO audit_auditseal (number, event_id, digest, form) VALUES (1, 1, 'x', 1)"
        )
