"""What a unit of work remembers, and when it must not (house rule: a fact is asked once, and is never stale)."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access import facts
from zorgbalie.access.wall import set_subject, set_viewer, watched_memory
from zorgbalie.kernel import memory
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

pytestmark = pytest.mark.django_db


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('zorgbalie.subject', true)")
        return cursor.fetchone()[0]


@pytest.fixture
def patient():
    return world.make_patient_with_open_record()


@pytest.fixture
def in_unit():
    with watched_memory(), transaction.atomic():
        set_viewer(system_viewer(task="test"))
        yield


def test_nothing_is_remembered_outside_a_unit_of_work():
    read = iter(range(9))
    assert [memory.remembered(key=("x",), read=lambda: next(read)) for _ in range(2)] == [0, 1]
    assert memory.remembered_many(kind="x", ids=[1], read=lambda ids: {1: next(read)}) == {1: 2}


def test_a_fact_is_read_once(in_unit, patient, django_assert_num_queries):
    person, practice = patient
    with django_assert_num_queries(2):
        for _ in range(3):
            assert practices.find_relation(person_id=person.pk, practice_id=practice.pk).enrolled
            assert facts.has_agreement(patient_id=person.pk, practice_id=practice.pk)
            assert people.list_names(person_ids=[person.pk])


def test_any_change_is_seen_at_once_without_a_word_from_who_made_it(in_unit, patient):
    person, practice = patient
    assert facts.has_agreement(patient_id=person.pk, practice_id=practice.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_agreement SET ended_at = now() WHERE person_id = %s", [person.pk])
    assert not facts.has_agreement(patient_id=person.pk, practice_id=practice.pk)


def test_a_change_that_is_taken_back_is_seen_too(in_unit, patient):
    person, practice = patient
    with suppress(ZeroDivisionError), transaction.atomic():
        practice.enrolments.update(ended_at=world.MOMENT)
        assert not practices.find_relation(person_id=person.pk, practice_id=practice.pk).enrolled
        raise ZeroDivisionError
    assert practices.find_relation(person_id=person.pk, practice_id=practice.pk).enrolled


def test_a_lock_reads_anew_what_may_have_changed_while_waiting(in_unit, patient):
    person, practice = patient
    practices.find_relation(person_id=person.pk, practice_id=practice.pk)
    list(practice.enrolments.select_for_update())
    read = []
    memory.remembered(key=("enrolments", person.pk), read=lambda: read.append(1))
    assert read == [1]


def test_row10_the_same_patient_is_named_once(in_unit, django_assert_num_queries):
    with django_assert_num_queries(2):
        for number in (7, 7, 7, 8, 8):
            set_subject(number)
    assert told() == "8"


def test_row10_after_a_rollback_the_patient_is_named_again(in_unit):
    set_subject(7)
    with suppress(ZeroDivisionError), transaction.atomic():
        set_subject(8)
        raise ZeroDivisionError
    assert told() == "7"
    set_subject(8)
    assert told() == "8"


def test_row10_after_a_unit_within_a_unit_the_patient_is_named_again(in_unit, patient):
    person, practice = patient
    set_subject(person.pk)
    with acting(world.viewer_of_employee(world.make_employee(practice))):
        set_subject(1)
    set_subject(person.pk)
    assert told() == str(person.pk)


def test_row10_what_the_wall_hid_for_one_patient_is_asked_again_for_another(patient):
    person, _ = patient
    other, _ = world.make_patient_with_open_record()
    viewer = system_viewer(task="test")
    with acting(viewer):
        set_subject(other.pk)
        assert people.find_birth_date(person_id=person.pk) is None
        set_subject(person.pk)
        assert people.find_birth_date(person_id=person.pk) == person.birth_date
