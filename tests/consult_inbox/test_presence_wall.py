"""The database alone: who sees who is at a question, and who can say so (ux 47; security rows 5, 6)."""

import pytest
from django.db import DatabaseError, transaction

from tests.conftest import acting
from tests.factories import world
from tests.factories.consult_inbox import be_there, make_waiting
from zorgbalie.consult.models import ConsultPresence
from zorgbalie.consult.queries.wall import find_consult_ids, list_marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return world.make_practice()


def test_row5_another_practice_sees_nobody_finds_nothing_and_gets_no_marks(practice, now):
    row = make_waiting(practice, now)
    be_there(row, world.make_employee(practice), now)
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with acting(stranger):
        assert not ConsultPresence.objects.exists()
        assert find_consult_ids(words=["sporten"], birth_date=None, most=10) == []
        assert list_marks(consult_ids=[row.pk]) == {}
    with acting(world.viewer_of_employee(world.make_employee(practice))):
        assert ConsultPresence.objects.count() == 1
        assert find_consult_ids(words=["sporten"], birth_date=None, most=10) == [row.pk]
        assert list(list_marks(consult_ids=[row.pk])) == [row.pk]


def test_row6_without_the_right_nobody_is_seen_and_nothing_found(practice, now):
    row = make_waiting(practice, now)
    be_there(row, world.make_employee(practice), now)
    for employee in (world.make_employee(practice, rights=[]), world.make_employee(practice, role="manager")):
        with acting(world.viewer_of_employee(employee)):
            assert not ConsultPresence.objects.exists()
            assert find_consult_ids(words=["sporten"], birth_date=None, most=10) == []
            assert list_marks(consult_ids=[row.pk]) == {}


def test_nobody_says_that_a_colleague_is_there_or_is_at_a_question_of_another_practice(practice, now):
    row, elsewhere = make_waiting(practice, now), make_waiting(world.make_practice(), now)
    own, colleague = world.make_employee(practice), world.make_employee(practice)
    for employee, consult in ((colleague, row), (own, elsewhere)):
        with acting(world.viewer_of_employee(own)), pytest.raises(DatabaseError), transaction.atomic():
            ConsultPresence.objects.create(consult=consult, practice=practice, employee=employee, seen_at=now)
    theirs = be_there(row, colleague, now)
    with acting(world.viewer_of_employee(own)):
        assert ConsultPresence.objects.filter(pk=theirs.pk).delete()[0] == 0
