"""The agenda of the demo can be loaded on any day: weekends, holidays, both changes of the clock (REQ 36)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.factories import world
from zorgbalie.agenda.models import Appointment, EarlierOffer, Occupation
from zorgbalie.config.seeding.demo_world import DemoWorld

pytestmark = pytest.mark.django_db

MOMENTS = [datetime(2026, 11, 23, 8, 30, tzinfo=UTC) + timedelta(days=number, hours=number) for number in range(7)] + [
    datetime(2026, 12, 24, 16, 0, tzinfo=UTC),
    datetime(2027, 3, 26, 9, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 22, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_demo_agenda_loads_on_any_day(now, django_db_setup):
    with transaction.atomic():
        connection.ensure_connection()
        link = connection.connection
        assert link is not None
        world.make_agreement_text()
        DemoWorld(link, now=now).fill()

        coming = Appointment.objects.filter(state="booked", starts_at__gt=now)
        assert coming.count() > 10
        assert not Appointment.objects.filter(state="booked", ends_at__lte=now).exists()
        assert Occupation.objects.exists()
        assert EarlierOffer.objects.filter(starts_at__gt=now).count() == 1
        transaction.set_rollback(True)
