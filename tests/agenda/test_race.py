"""Two hundred at once on one place: one has it, the others get alternatives (security rows 46, 59)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.agenda.steps import Scene
from tests.factories import world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import desk, patient
from zorgbalie.agenda.models import Appointment, Claim
from zorgbalie.agenda.types import PlaceTaken
from zorgbalie.kernel.clock import current_moment

_CLIENTS, _AT_ONCE = 200, 20


def _all(acts):
    """Run all, twenty at a time on connections of their own; returns what came of each."""
    start = Barrier(_AT_ONCE)

    def run(act):
        start.wait()
        try:
            return act()
        except PlaceTaken as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_row46_two_hundred_clients_one_place_exactly_one_gets_it():
    scene = Scene(current_moment())
    place = scene.place()
    people = [scene.patient() for _ in range(_CLIENTS)]

    def booking(person):
        viewer = world.viewer_of_patient(person)

        def act():
            with unit_of_work(viewer):
                card = patient.hold(viewer=viewer, kind_id=scene.kind.pk, place=place, token=uuid4(), now=scene.now)
            with unit_of_work(viewer):
                return patient.book(viewer=viewer, appointment_id=card.appointment_id, reason="", now=scene.now)

        return act

    outcomes = _all([booking(person) for person in people])
    refused = [one for one in outcomes if isinstance(one, PlaceTaken)]
    assert len(refused) == _CLIENTS - 1
    assert all(one.alternatives for one in refused), "no dead end"
    assert Appointment.objects.filter(state="booked").count() == Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row47_staff_and_patients_at_once_on_overlapping_places_never_overlap():
    scene = Scene(current_moment())
    employee = world.viewer_of_employee(scene.employee)
    people = [scene.patient() for _ in range(_AT_ONCE)]
    places = [scene.place(8 * 60 + 10 * (number % 6)) for number in range(_AT_ONCE)]

    def act(number):
        person, place = people[number], places[number]
        viewer = employee if number % 2 else world.viewer_of_patient(person)

        def book():
            with unit_of_work(viewer):
                if number % 2:
                    return desk.book_for(
                        viewer=viewer, patient_id=person.pk, kind_id=scene.kind.pk, place=place, reason="",
                        token=uuid4(), now=scene.now,
                    )  # fmt: skip
                return patient.hold(viewer=viewer, kind_id=scene.kind.pk, place=place, token=uuid4(), now=scene.now)

        return book

    outcomes = _all([act(number) for number in range(_AT_ONCE)])
    taken = [one for one in outcomes if not isinstance(one, PlaceTaken)]
    assert len(taken) == Claim.objects.count() == 6
    assert len({one.starts_at for one in taken}) == 6
