"""For whom a passed second factor counts (security rows 16, 23)."""

import pytest

from tests.factories import world
from zorgbalie.faces.entry.staff_session import passed_second_factor, session_values

pytestmark = pytest.mark.django_db


def test_row23_a_second_factor_counts_for_the_user_who_passed_it(now):
    user, other = world.make_user(), world.make_user()
    session = session_values(user=user, employee_id=None, second_factor=True, now=now)
    assert passed_second_factor(session, user=user)
    assert not passed_second_factor(session, user=other)
    without = session_values(user=user, employee_id=None, second_factor=False, now=now)
    assert not passed_second_factor(without, user=user)
