"""One form many times at once on the way of a patient, and a time that two want (security rows 46, 48; ux 12)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.agenda.steps import Scene
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import booking
from zorgbalie.agenda.models import Appointment, Claim
from zorgbalie.agenda.types import AppointmentChanged, PlaceTaken
from zorgbalie.kernel.clock import current_moment

_AT_ONCE = 20


def _at_once(act):
    """The same twenty times at once, each on a connection of its own."""
    start = Barrier(_AT_ONCE)

    def run(_number):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(run, range(_AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_row48_one_form_pressed_twenty_times_at_once_is_one_appointment():
    scene = Scene(current_moment())
    viewer, token, place = scene.viewer(), uuid4(), scene.place()

    def choose():
        with unit_of_work(viewer):
            return booking.choose(viewer=viewer, kind_id=scene.kind.pk, place=place, token=token, now=scene.now)

    held = _at_once(choose)
    assert len({one.appointment_id for one in held}) == 1
    assert (Appointment.objects.count(), Claim.objects.count()) == (1, 1)

    def book():
        with unit_of_work(viewer):
            return booking.book_held(
                viewer=viewer, appointment_id=held[0].appointment_id, revision=held[0].revision, now=scene.now
            )

    assert {one.state for one in _at_once(book)} == {"booked"}
    assert (Appointment.objects.count(), Claim.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_row46_twenty_who_want_the_lapsed_time_of_another_and_its_holder_too():
    scene = Scene(current_moment())
    mine = scene.hold()
    Claim.objects.update(expires_at=scene.now - timedelta(minutes=1))
    people = iter([scene.patient() for _ in range(_AT_ONCE)])

    def want():
        viewer = scene.viewer(next(people))
        try:
            with unit_of_work(viewer):
                return booking.choose(
                    viewer=viewer, kind_id=scene.kind.pk, place=scene.place(), token=uuid4(), now=scene.now
                )
        except PlaceTaken as refused:
            return refused

    outcomes = _at_once(want)
    assert sum(isinstance(one, PlaceTaken) for one in outcomes) == _AT_ONCE - 1
    with pytest.raises(PlaceTaken) as refused:
        scene.as_patient(booking.keep, None, appointment_id=mine.appointment_id, place=None, now=scene.now)
    assert refused.value.alternatives
    other = scene.as_patient(
        booking.keep, None, appointment_id=mine.appointment_id, place=refused.value.alternatives[0], now=scene.now
    )
    assert (other.state, other.until) == ("held", scene.now + timedelta(minutes=5))
    assert Claim.objects.count() == 2


@pytest.mark.django_db
def test_what_is_over_is_not_held_or_filled_again():
    """A cancelled hold never comes back, and what is booked is not changed by an old page."""
    scene = Scene(current_moment())
    stopped = scene.hold()
    scene.cancel(stopped)
    booked = scene.booked(scene.place(9 * 60))
    for card in (stopped, booked):
        values = {"appointment_id": card.appointment_id, "now": scene.now}
        for act, more in (
            (booking.keep, {"place": None}),
            (booking.release, {}),
            (booking.save_details, {"reason": "x", "answers": {}, "is_draft": False}),
        ):
            with pytest.raises(AppointmentChanged):
                scene.as_patient(act, None, **values, **more)
    assert Claim.objects.count() == 1
    assert sorted(Appointment.objects.values_list("state", "reason")) == [("booked", "Keelpijn"), ("cancelled", "")]


@pytest.mark.django_db
def test_holding_longer_starts_the_five_minutes_anew_and_giving_back_frees_the_time():
    scene = Scene(current_moment())
    card = scene.hold()
    later = scene.now + timedelta(minutes=4)
    kept = scene.as_patient(booking.keep, None, appointment_id=card.appointment_id, place=None, now=later)
    assert (kept.until, Claim.objects.count()) == (later + timedelta(minutes=5), 1)
    scene.as_patient(booking.release, None, appointment_id=card.appointment_id, now=later)
    assert not Claim.objects.exists()
    scene.hold(person=scene.patient())
    with pytest.raises(PlaceTaken):
        scene.as_patient(booking.keep, None, appointment_id=card.appointment_id, place=None, now=later)
