"""Many presses and two workers at the same moment (REQ 33, 34; security rows 48, 50)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.consult.outgoing import MESSAGE, Outgoing
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions import starting
from zorgbalie.consult.models import Consult, ConsultMessage, Mailing
from zorgbalie.consult.tasks import outgoing as tasks

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
