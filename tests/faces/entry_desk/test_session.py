"""For whom a passed second factor counts (security rows 16, 23)."""

import re

import pytest
from django.test import RequestFactory

from tests.faces.entry_desk.staff import code, give_password, make_staff
from tests.factories import world
from zorgbalie.faces.entry.staff_middleware import prepare
from zorgbalie.faces.entry.staff_session import passed_second_factor, session_values
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import StaffSession

pytestmark = pytest.mark.django_db


def test_row23_a_second_factor_counts_for_the_user_who_passed_it(now):
    user, other = world.make_user(), world.make_user()
    session = session_values(user=user, employee_id=None, second_factor=True, now=now)
    assert passed_second_factor(session, user=user)
    assert not passed_second_factor(session, user=other)
    without = session_values(user=user, employee_id=None, second_factor=False, now=now)
    assert not passed_second_factor(without, user=user)


def test_row16_more_rights_come_with_a_new_session_key(desk_client):
    """A key that was planted before the second factor was set is worth nothing afterwards."""
    employee = make_staff(app=False)
    give_password(desk_client, employee)
    key = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", desk_client.get("/beveiliging/app/").content.decode())[0]
    before = desk_client.cookies["zorgbalie-desk"].value
    answer = desk_client.post("/beveiliging/app/", {"code": code(secret=key.replace(" ", ""))})
    assert answer.status_code == 302
    assert desk_client.cookies["zorgbalie-desk"].value != before
    assert not StaffSession.objects.filter(session_key=before).exists()


def test_row7_an_account_in_the_session_counts_while_it_is_ones_own(desk_client):
    employee = make_staff()
    own, other = world.make_account(employee.practice), world.make_account(employee.practice)
    own.members.add(employee)
    for account, seen in ((own, own.pk), (other, None)):
        request = RequestFactory().get("/")
        request.user = employee.user
        request.session = session_values(
            user=employee.user, employee_id=employee.pk, second_factor=True, now=current_moment()
        )
        request.session["account_id"] = account.pk
        prepare(request)
        assert request.viewer.account_id == seen
