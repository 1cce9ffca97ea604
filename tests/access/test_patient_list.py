"""The list of patients at the size of a large practice: the same queries, by indexes (ux 47; security row 5)."""

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.queries import patients
from zorgbalie.practice import enrolments

pytestmark = pytest.mark.django_db


@pytest.fixture
def large_practice():
    """Ten thousand patients, and as many of another practice."""
    practice, other = world.make_practice(), world.make_practice()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO people_person (initials, given_name, name_prefix, family_name, birth_date, sex,"
            " email, phone, street, house_number, postcode, city, language) SELECT '', 'Voornaam' || n, '',"
            " chr(65 + n %% 26) || 'naam' || n, date '1930-01-01' + n, 'unknown', '', '', '', '', '', '', 'nl'"
            " FROM generate_series(1, 20000) n RETURNING id, birth_date)"
            " INSERT INTO practice_enrolment (practice_id, practice_kind, person_id, starts_on, online_access)"
            " SELECT CASE WHEN row_number() OVER () %% 2 = 0 THEN %s ELSE %s END, 'gp', id, '2020-01-01', 'allowed'"
            " FROM made",
            [practice.pk, other.pk],
        )
        cursor.execute("ANALYZE people_person, practice_enrolment")
    return practice


@pytest.mark.parametrize(("search", "found"), [("", 10_000), ("cnaam", 770), ("cnaam2 voornaam2", 45), ("1-1-1900", 0)])
def test_ten_thousand_patients_cost_the_same_queries(large_practice, now, search, found, django_assert_max_num_queries):
    viewer = world.viewer_of_employee(world.make_employee(large_practice))
    with acting(viewer), django_assert_max_num_queries(6):
        listing = patients.list_patients(viewer=viewer, search=search, sort="name", page=3, now=now)
    assert listing.total == found


def test_search_reads_by_index_and_scans_no_table(large_practice):
    viewer = world.viewer_of_employee(world.make_employee(large_practice))
    with acting(viewer):
        plan = enrolments._matching(large_practice.pk, ("cnaam",), None).explain()
    assert "Index Scan" in plan
    assert "Seq Scan" not in plan
