"""Nobody waits for one another for ever: each use case locks in the same order (security row 59)."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.agenda.pressing import at_once
from tests.agenda.steps import Scene
from tests.agenda.weeks_steps import Weeks
from tests.factories import earlier, world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import booking, claims, clearing, desk, patient, wishes
from zorgbalie.agenda.actions import managing_agendas as managing
from zorgbalie.agenda.actions import weeks as week_actions
from zorgbalie.agenda.models import Appointment, Claim, EarlierWish
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.viewer import system_viewer

pytestmark = pytest.mark.django_db(transaction=True)


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")
        return cursor.fetchone() is not None


def _as(viewer, act, **values):
    try:
        with unit_of_work(viewer):
            return act(viewer=viewer, **values)
    except Refused as refusal:
        return refusal
    finally:
        connection.close()


@pytest.mark.parametrize("what", ["stop", "other time", "choose another", "clear"])
def test_row59_who_leaves_a_time_that_lapsed_at_the_moment_that_another_takes_it(what, monkeypatch):
    """The row and the time of one patient are locked by two: both get an answer, and the time is of the other."""
    scene = Scene(current_moment())
    held = scene.hold()
    Claim.objects.update(expires_at=scene.now - timedelta(minutes=1))
    mine, other = scene.viewer(), scene.viewer(scene.patient())
    number = {"appointment_id": held.appointment_id, "now": scene.now}
    acts = {
        "stop": lambda: _as(mine, patient.cancel, **number),
        "other time": lambda: _as(mine, booking.release, **number),
        "choose another": lambda: _as(mine, booking.keep, place=scene.place(9 * 60), **number),
        "clear": lambda: _as(mine, patient.cancel, **number),
    }
    system = system_viewer(task="agenda.clear_lapsed")
    takes = {"clear": lambda: _as(system, clearing.clear_claims, now=scene.now)}
    values = {"kind_id": scene.kind.pk, "place": scene.place(), "token": uuid4(), "now": scene.now}
    take = takes.get(what, lambda: _as(other, booking.choose, **values))
    lapse = claims.let_lapse
    with ThreadPoolExecutor(1) as pool:
        running = []

        def once_the_other_waits(*, claim_id):
            if not running:
                running.append(pool.submit(take))
                while not _waits_for_a_lock() and not running[0].done():
                    pass
            lapse(claim_id=claim_id)

        monkeypatch.setattr(claims, "let_lapse", once_the_other_waits)
        left = acts[what]()
        assert not isinstance(left, Exception), left
        taken = running[0].result(timeout=60)
    assert not isinstance(taken, Exception)
    row = Appointment.objects.get(pk=held.appointment_id)
    assert row.state == ("cancelled" if what in ("stop", "clear") else "held")
    if what != "clear":
        assert Claim.objects.filter(pk=Appointment.objects.get(pk=taken.appointment_id).claim_id).exists()
    assert Claim.objects.count() == {"stop": 1, "other time": 1, "choose another": 2, "clear": 0}[what]


class _Crowd:
    """Patients, the desk and a manager who each do anything, at one agenda."""

    def __init__(self):
        self.scene = Weeks(current_moment())
        self.people = [self.scene.patient() for _ in range(6)]
        self.days = (self.scene.day, self.scene.day + timedelta(days=7))
        self.manager = world.viewer_of_employee(self.scene.manager)
        self.employee = world.viewer_of_employee(self.scene.employee)
        for number, person in enumerate(self.people):
            card = self.scene.booked(self.scene.place(480 + 10 * number, day=self.days[1]), person)
            earlier.make_wish(Appointment.objects.get(pk=card.appointment_id), self.scene.now)

    def any_place(self, chance):
        return self.scene.place(480 + 10 * chance.randrange(12), day=chance.choice(self.days))

    def patient(self, person, chance):
        viewer, place, now = self.scene.viewer(person), self.any_place(chance), current_moment()
        row = Appointment.objects.filter(patient=person, state="booked").first()
        if row is None:
            values = {"kind_id": self.scene.kind.pk, "place": place, "token": uuid4(), "now": now}
            card = _try(viewer, booking.choose, **values)
            failed = isinstance(card, Exception)
            return card if failed else _try(
                viewer, patient.book, appointment_id=card.appointment_id, reason="", now=now
            )  # fmt: skip
        wish = EarlierWish.objects.filter(appointment=row, state="waiting").first()
        if wish is not None and place.starts_at < row.starts_at and chance.random() < 0.3:
            offer = earlier.make_offer(wish, place, now)
            return _try(viewer, wishes.accept_offer, offer_id=offer.pk, revision=row.revision, now=now)
        if chance.random() < 0.2:
            return _try(viewer, patient.cancel, appointment_id=row.pk, now=now)
        return _try(viewer, patient.move, appointment_id=row.pk, place=place, revision=row.revision, now=now)

    def desk(self, chance):
        row, now = Appointment.objects.filter(state="booked").order_by("?").first(), current_moment()
        if row is None or chance.random() < 0.3:
            return _try(
                self.employee, desk.book_for, patient_id=chance.choice(self.people).pk, kind_id=self.scene.kind.pk,
                place=self.any_place(chance), reason="", token=uuid4(), now=now,
            )  # fmt: skip
        named = {"patient_id": row.patient_id, "appointment_id": row.pk, "revision": row.revision, "now": now}
        if chance.random() < 0.2:
            return _try(self.employee, desk.cancel_for, text="", **named)
        return _try(self.employee, desk.move_for, place=self.any_place(chance), **named)

    def manage(self, chance):
        number = self.scene.agenda.pk
        if chance.random() < 0.3:
            return _try(self.manager, managing.move_agenda, agenda_id=number, up=True)
        wanted = self.scene.wanted(day=chance.choice(self.days), starts=13 * 60, ends=14 * 60, until=None)
        values = {"agenda_id": number, "wanted": wanted, "seen": "", "now": current_moment()}
        return _try(self.manager, week_actions.add_block, **values)

    def work(self, number):
        chance = random.Random(number)  # noqa: S311  (no secret)
        if number < len(self.people):
            return [self.patient(self.people[number], chance) for _turn in range(12)]
        return [(self.desk if number % 2 else self.manage)(chance) for _turn in range(12)]


def test_row59_moves_bookings_offers_and_a_changed_week_at_once_are_done_or_refused_in_words():
    """Everything that locks, by everybody, at once: no fault, no overlap, no appointment without its time."""
    crowd = _Crowd()
    outcomes = [one for some in at_once([lambda n=n: crowd.work(n) for n in range(10)]) for one in some]
    assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)] == []
    live = Appointment.objects.filter(state="booked").order_by("starts_at")
    assert all(one.ends_at <= two.starts_at for one, two in zip(live, list(live)[1:], strict=False))
    assert set(live.values_list("claim_id", flat=True)) <= set(Claim.objects.values_list("pk", flat=True))
    assert any(not isinstance(one, Exception) for one in outcomes)


def _try(viewer, act, **values):
    """What came of it; a fault too, to count it."""
    try:
        with unit_of_work(viewer):
            return act(viewer=viewer, **values)
    except Exception as error:
        return error
