"""Rows of another practice, asked for by number without the second wall (row 11; security rows 5, 7).

The tests run as the owner of the tables, so only our own conditions decide.
"""

import pytest

from tests.factories import world
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.practice.actions import accounts, employees, enrolments, groups
from zorgbalie.practice.models import Account, EmployeeGroup
from zorgbalie.practice.types import UnknownAccount

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices():
    return world.make_practice(), world.make_practice()


def test_row_5_accounts_groups_and_employees_are_those_of_the_practice(practices):
    ours, theirs = practices
    account, employee = world.make_account(theirs), world.make_employee(theirs)
    group = world.make_group(theirs, employee)
    calls = [
        lambda: accounts.lock_account(practice_id=ours.pk, account_id=account.pk),
        lambda: accounts.set_active(practice_id=ours.pk, account_id=account.pk, active=False),
        lambda: groups.lock_group(practice_id=ours.pk, group_id=group.pk),
        lambda: employees.lock_employee(practice_id=ours.pk, employee_id=employee.pk),
    ]
    for call in calls:
        with pytest.raises(NotVisible):
            call()
    assert Account.objects.get(pk=account.pk).is_active


def test_row_7_nobody_of_another_practice_becomes_a_member(practices):
    ours, theirs = practices
    own, foreign = world.make_employee(ours), world.make_employee(theirs)
    values = {"name": "Assistente", "description": "", "is_visible_to_patients": True}
    pk = groups.save_group(practice_id=ours.pk, group_id=None, member_ids=[own.pk, foreign.pk], **values)
    assert list(EmployeeGroup.objects.get(pk=pk).members.all()) == [own]


@pytest.mark.parametrize("account", ["of another practice", "out of use"])
def test_row_7_a_patient_is_enrolled_with_an_account_in_use_of_the_own_practice(practices, account):
    ours, theirs = practices
    person = world.make_person()
    world.enrol(person, ours)
    chosen = (
        world.make_account(theirs) if account == "of another practice" else world.make_account(ours, is_active=False)
    )
    with pytest.raises(UnknownAccount):
        enrolments.change_enrolment(
            person_id=person.pk, practice_id=ours.pk, account_id=chosen.pk, online_access="allowed"
        )
