"""The second wall in the database: complete, closed without a viewer, and not to be walked around (security.md 5)."""

import pytest
from django.db import connection

from tests.conftest import acting, as_role
from tests.factories.world import enrol, make_employee, make_person, make_practice, start_emergency, viewer_of_employee
from zorgbalie.config.database.startup import UnsafeDatabaseRole, check_database_role
from zorgbalie.config.database.walls import DESK, PORTAL, ROLES, TABLES
from zorgbalie.messaging.models import NoticePreference

pytestmark = pytest.mark.django_db


def _rows(query, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def test_every_table_is_declared():
    found = {name for (name,) in _rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert found - set(TABLES) == set()
    assert set(TABLES) - found == set()


def test_every_table_with_a_column_of_a_person_has_row_level_security():
    with_person = {
        name
        for (name,) in _rows(
            "SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            " AND column_name IN ('patient_id', 'person_id', 'bsn')"
        )
    }
    walled = {name for (name,) in _rows("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert with_person - walled == {"people_patient_session"}  # the session store: keyed by a secret, no care data


@pytest.mark.parametrize("role", ROLES)
def test_roles_own_nothing_and_cannot_bypass(role):
    (row,) = _rows("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [role])
    assert row == (False, False, False, False)
    owned = _rows("SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s", [role])
    assert owned == []


@pytest.mark.parametrize("role", [PORTAL, DESK])
@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if table.patient_data])
def test_no_viewer_means_no_rows(role, table):
    allowed = TABLES[table].portal if role == PORTAL else TABLES[table].desk
    if not allowed:
        return  # not even the privilege: see the next test
    with as_role(role):
        assert _rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize(
    ("role", "table"),
    [
        (PORTAL, "practice_staffuser"),
        (PORTAL, "practice_staff_session"),
        (PORTAL, "mfa_authenticator"),
        (PORTAL, "record_worknote"),
        (PORTAL, "audit_auditseal"),
        (PORTAL, "wall_enrolled_now"),
        (DESK, "people_patient_session"),
        (DESK, "audit_auditseal"),
    ],
)
def test_what_belongs_to_the_other_process_cannot_be_read(role, table):
    (row,) = _rows("SELECT has_table_privilege(%s, %s, 'SELECT')", [role, table])
    assert row == (False,)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("privilege", ["UPDATE", "DELETE", "TRUNCATE"])
@pytest.mark.parametrize("table", ["audit_auditevent", "audit_auditseal"])
def test_r13_no_role_can_change_the_log(role, privilege, table):
    assert _rows("SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege]) == [(False,)]


def test_starting_as_owner_is_refused():
    with pytest.raises(UnsafeDatabaseRole):
        check_database_role()


def test_the_view_of_enrolled_patients_is_about_the_viewers_practice():
    ours, theirs = make_practice(), make_practice()
    patient = make_person()
    enrol(patient, ours)
    enrol(make_person(), theirs)
    employee = make_employee(ours)
    with acting(viewer_of_employee(employee)):
        assert _rows("SELECT enrolled_id FROM wall_enrolled_now") == [(patient.pk,)]


def test_emergency_access_opens_the_notice_preferences_of_that_patient_alone():
    """Security row 12: emergency access is to one patient."""
    subject, other = make_person(), make_person()
    for person in (subject, other):
        enrol(person, make_practice())
        NoticePreference.objects.create(person=person, kind="record_released", channel="email", is_on=True)
    employee = make_employee(make_practice())
    start_emergency(employee, subject)
    with acting(viewer_of_employee(employee).about(subject.pk)):
        assert _rows("SELECT person_id FROM messaging_noticepreference") == [(subject.pk,)]
