"""Many presses and two workers at the same moment (REQ 33, 34; security rows 48, 50)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.conftest import acting
from tests.consult.outgoing import MESSAGE, Outgoing
from tests.consult.two_at_once import HeldUp, while_held_up
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions import desk, follow_ups, patient, starting
from zorgbalie.consult.models import Consult, ConsultMessage, Mailing, PlannedFollowUp
from zorgbalie.consult.tasks import outgoing as tasks
from zorgbalie.consult.types import ConsultChanged

pytestmark = pytest.mark.django_db(transaction=True)
_AT_ONCE = 4


def _together(act):
    """Run it many times at the same moment, each on a connection of its own."""
    start = Barrier(_AT_ONCE)

    def run(_number):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(run, range(_AT_ONCE)))


def test_row48_one_form_pressed_by_many_at_once_is_one_thread(now):
    scene = Outgoing(now)
    token, viewer = uuid4(), scene.staff(scene.doctor)

    def press():
        with unit_of_work(viewer):
            return starting.begin(viewer=viewer, patient_id=scene.person.pk, message=MESSAGE, token=token, now=now)

    assert len(set(_together(press))) == 1
    assert (Consult.objects.count(), ConsultMessage.objects.count()) == (1, 1)


def test_row50_workers_at_the_same_mailing_send_each_patient_one(now, monkeypatch):
    scene = Outgoing(now)
    for _ in range(8):
        scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    monkeypatch.setattr(tasks, "current_moment", lambda: now)
    _together(lambda: tasks.send_mailing(mailing_id=mailing_id, practice_id=scene.practice.pk))
    assert (Consult.objects.count(), ConsultMessage.objects.count()) == (8, 8)
    tasks.send_mailing(mailing_id=mailing_id, practice_id=scene.practice.pk)
    assert Mailing.objects.get().state == "done"


def test_row50_workers_at_the_same_follow_up_ask_it_once(now, monkeypatch):
    scene = Outgoing(now)
    consult_id = scene.begin()
    scene.plan(consult_id, now.date().replace(month=12, day=8))
    scene.later(14)
    monkeypatch.setattr(tasks, "current_moment", lambda: scene.now)
    _together(lambda: tasks.ask_follow_ups(timestamp=0))
    assert ConsultMessage.objects.filter(text="Hoe gaat het?").count() == 1


def _planned(now):
    scene = Outgoing(now)
    consult_id = scene.begin()
    scene.plan(consult_id, now.date().replace(month=12, day=8))
    scene.later(14)
    return scene, consult_id, Consult.objects.get().revision


def _hold_the_worker(monkeypatch):
    """It stops after it looked at what is due, before it asks."""
    held_up, real = HeldUp(), follow_ups.reachable_now

    def slow(**values):
        held_up()
        return real(**values)

    monkeypatch.setattr(follow_ups, "reachable_now", slow)
    return held_up


def test_row59_who_closes_while_the_worker_asks_waits_and_is_told(now, monkeypatch):
    scene, consult_id, revision = _planned(now)
    viewer = scene.staff(scene.doctor)

    def close():
        with acting(viewer):
            desk.close(
                viewer=viewer, patient_id=scene.person.pk, consult_id=consult_id, revision=revision, now=scene.now
            )

    worked, closed = while_held_up(_hold_the_worker(monkeypatch), scene.work, close)
    assert (worked, type(closed)) == (1, ConsultChanged)
    assert Consult.objects.get().state == "answered"
    assert PlannedFollowUp.objects.get().state == "asked"


def test_row59_what_the_patient_sends_while_the_worker_asks_is_taken(now, monkeypatch):
    scene, consult_id, _revision = _planned(now)
    viewer = scene.viewer()

    def write():
        with acting(viewer):
            patient.follow_up(viewer=viewer, consult_id=consult_id, text="Beter", token=uuid4(), now=scene.now)

    assert while_held_up(_hold_the_worker(monkeypatch), scene.work, write) == (1, None)
    assert PlannedFollowUp.objects.get().state == "answered"
    assert Consult.objects.get().state == "sent"
