"""What the database itself lets each side do with rules and wishes (rows 3, 10)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.factories import world
from tests.factories.result_kinds import make_kind, make_wish
from zorgbalie.record.models import ResultWish

pytestmark = pytest.mark.django_db
_INSERT = "INSERT INTO record_resultwish (practice_id, patient_id, hear_by, changed_at) VALUES (%s, %s, 'call', now())"


@pytest.fixture
def patient():
    person, practice = world.make_patient_with_open_record()
    return person, practice, world.viewer_of_patient(person)


def test_the_portal_writes_a_wish_of_its_own_patient_at_a_practice_where_he_is_enrolled(patient):
    person, practice, viewer = patient
    other, _ = world.make_patient_with_open_record(practice)
    assert refused(viewer, _INSERT, [practice.pk, other.pk])
    assert refused(viewer, _INSERT, [world.make_practice().pk, person.pk])
    assert not refused(viewer, _INSERT, [practice.pk, person.pk])


def test_the_desk_reads_the_wish_of_the_patient_it_works_for_and_writes_none(patient):
    person, practice, _ = patient
    make_wish(person, practice, "call")
    ours = world.viewer_of_employee(world.make_employee(practice))
    theirs = world.viewer_of_employee(world.make_employee(world.make_practice()))
    for viewer, expected in ((ours.about(person.pk), 1), (ours, 0), (theirs.about(person.pk), 0)):
        with acting(viewer):
            assert ResultWish.objects.count() == expected
    assert refused(ours.about(person.pk), "UPDATE record_resultwish SET hear_by = ''")
    assert refused(ours.about(person.pk), _INSERT, [practice.pk, person.pk])


def test_the_desk_changes_rules_of_its_own_practice_alone_and_the_portal_none(patient):
    _, practice, viewer = patient
    make_kind(practice)
    make_kind(world.make_practice())
    employee = world.viewer_of_employee(world.make_employee(practice))
    assert changed(employee, "UPDATE record_resultkind SET wait_days = 5") == 1
    assert refused(viewer, "UPDATE record_resultkind SET wait_days = 5")
    assert refused(employee, "DELETE FROM record_resultkind")
