"""What finding times costs: the same for one agenda and for twenty over twelve weeks (REQ 37; ux 23, 42)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from zorgbalie.agenda.models import Agenda, AppointmentKind
from zorgbalie.agenda.queries import booking, patient
from zorgbalie.agenda.types import PartOfDay
from zorgbalie.kernel.clock import current_moment

pytestmark = pytest.mark.django_db
MOST = 17


def cost(scene):
    viewer = scene.viewer()
    found = []
    for read in (
        lambda: patient.find_places(viewer=viewer, kind_id=scene.kind.pk, day=scene.day, now=scene.now),
        lambda: booking.get_offer(viewer=viewer, now=scene.now),
    ):
        with acting(viewer), CaptureQueriesContext(connection) as captured:
            read()
        found.append(len(captured))
    return found


def test_twenty_agendas_twelve_weeks_and_many_appointments_cost_as_many_queries_as_one():
    scene = Scene(current_moment(), days_ahead=84)
    AppointmentKind.objects.update(days_ahead=84)
    one = cost(scene)
    assert max(one) <= MOST
    for _ in range(19):
        agenda = rows.make_agenda(scene.practice, days_ahead=84)
        rows.every_day(agenda, scene.kind, ends=10 * 60)
        rows.make_kind(scene.practice)
    for week in range(12):
        starts_at = scene.place().starts_at + timedelta(weeks=week)
        for agenda in Agenda.objects.all()[:5]:
            rows.make_appointment(scene.patient(), agenda, scene.kind, starts_at)
    assert cost(scene) == one
    assert len(dict(scene.found().days)) > 70


def test_ux42_parts_of_the_day_and_one_agenda():
    scene = Scene(current_moment())
    late = rows.make_agenda(scene.practice)
    rows.every_day(late, scene.kind, starts=13 * 60, ends=14 * 60)
    viewer = scene.viewer()

    def found(**values):
        with acting(viewer):
            return patient.find_places(
                viewer=viewer, kind_id=scene.kind.pk, day=scene.day, now=scene.now, **values
            ).on_day

    assert len(found()) == 18
    assert {one.agenda_id for one in found(part=PartOfDay.AFTERNOON)} == {late.pk}
    assert {one.agenda_id for one in found(part=PartOfDay.MORNING)} == {scene.agenda.pk}
    assert found(part=PartOfDay.MORNING, agenda_id=late.pk) == ()
