"""What the pages of an appointment cost: the same for one agenda and kind and for many (ux 23, 56)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.faces.patient_booking.test_booking_pages import KINDS, START, Portal
from tests.factories import agenda as rows

pytestmark = pytest.mark.django_db
MOST = 40


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_each_page_costs_the_same_with_one_and_with_many(portal):
    portal.ask("short")
    here = portal.held()
    portal.fill(here, **{"answer-1": "Arm"})
    pages = (START, KINDS, f"{portal.times}?dag={portal.day}", f"{here}gegevens/", f"{here}controleer/")
    costs = []
    for number in (0, 9):
        for _ in range(number):
            agenda, kind = rows.make_agenda(portal.practice), rows.make_kind(portal.practice)
            rows.every_day(agenda, portal.kind, kind, ends=9 * 60)
            rows.make_appointment(portal.patient(), agenda, kind, portal.place(agenda=agenda).starts_at)
        portal.text("/")
        cost = []
        for path in pages:
            with portal.client.stay(), CaptureQueriesContext(connection) as captured:
                assert portal.client.get(path).status_code == 200, path
            cost.append(len(captured))
        costs.append(cost)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST
