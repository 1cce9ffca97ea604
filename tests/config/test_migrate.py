"""`zorgbalie migrate` leaves alone what stands already, and never what does not (security.md 5, row 10)."""

import pytest
from django.db import connection

from zorgbalie.config.commands import migrate
from zorgbalie.config.database import apply
from zorgbalie.config.database.apply import apply_walls

pytestmark = pytest.mark.django_db


def run(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def built() -> None:
    """Walls as a migration leaves them."""
    apply_walls()


def test_walls_that_stand_are_not_built_again(built):
    assert not apply_walls()


@pytest.mark.parametrize(
    "harm",
    [
        "GRANT SELECT ON record_worknote TO zorgbalie_portal",
        "GRANT UPDATE (bsn) ON people_person TO zorgbalie_portal",
        "REVOKE SELECT ON people_person FROM zorgbalie_desk",
        "GRANT UPDATE ON audit_auditevent TO zorgbalie_worker",
        "ALTER TABLE record_episode DISABLE ROW LEVEL SECURITY",
        "DROP POLICY zorgbalie_portal_all ON record_episode",
        "ALTER POLICY zorgbalie_portal_all ON record_episode USING (true)",
        "CREATE OR REPLACE FUNCTION wall_portal_relation() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true'",
        "CREATE OR REPLACE VIEW wall_enrolled_now AS SELECT id AS enrolled_id FROM people_person",
        "GRANT EXECUTE ON FUNCTION wall_person_for_bsn(text) TO PUBLIC",
        "DROP TRIGGER audit_auditevent_append_only ON audit_auditevent",
        "COMMENT ON FUNCTION wall_today() IS 'walls of another version'",
        "COMMENT ON FUNCTION wall_today() IS NULL",
    ],
)
def test_row10_walls_that_were_harmed_are_built_again(built, harm):
    before = apply._standing()
    run(harm)
    assert apply_walls()
    assert apply._standing() == before
    assert not apply_walls()


def test_a_table_that_is_new_gets_its_walls(built):
    run("CREATE TABLE newcomer (id bigint)")
    assert apply_walls()


def test_walls_that_a_new_version_declares_are_built(built, monkeypatch):
    declared = list(apply.statements())
    monkeypatch.setattr(apply, "statements", lambda: [*declared, "GRANT SELECT ON auth_group TO zorgbalie_desk"])
    assert apply_walls()
    assert run("SELECT has_table_privilege('zorgbalie_desk', 'auth_group', 'SELECT')") == [(True,)]


def test_walls_that_could_not_be_built_are_not_noted_as_standing(built, monkeypatch):
    declared = list(apply.statements())
    monkeypatch.setattr(apply, "statements", lambda: [*declared, "SELECT 1 / 0"])
    with pytest.raises(Exception, match="division by zero"):
        apply_walls()
    monkeypatch.undo()
    assert not apply_walls()


def test_a_migration_that_has_yet_to_run_is_noticed():
    assert not migrate._is_behind()
    run("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'record')")
    assert migrate._is_behind()
