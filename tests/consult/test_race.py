"""Many presses and two people at the same moment (security row 48)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.consult.steps import Scene
from tests.factories import world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions import desk, patient
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.types import ConsultChanged
from zorgbalie.worklist.models import WorkItem

_AT_ONCE = 6


def _together(acts):
    """Run all at the same moment, each on a connection of its own; returns what came of each."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except ConsultChanged:
            return "changed"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_row48_one_form_pressed_by_many_at_once_is_one_question(now):
    scene = Scene(now)
    consult_id = scene.write()
    revision = Consult.objects.get().revision

    def send():
        viewer = scene.viewer()
        with unit_of_work(viewer):
            return patient.send(viewer=viewer, consult_id=consult_id, revision=revision, now=now)

    assert len(set(_together([send] * _AT_ONCE))) == 1
    assert ConsultMessage.objects.count() == WorkItem.objects.filter(kind="consult").count() == 1


@pytest.mark.django_db(transaction=True)
def test_row48_a_follow_up_and_a_start_pressed_by_many_at_once_are_one(now):
    scene = Scene(now)
    consult_id, token = scene.ask(), uuid4()

    def write():
        viewer = scene.viewer()
        with unit_of_work(viewer):
            patient.follow_up(viewer=viewer, consult_id=consult_id, text="Nog iets", token=token, now=now)
            return patient.start_draft(viewer=viewer, about=None, now=now)

    assert len(set(_together([write] * _AT_ONCE))) == 1
    assert ConsultMessage.objects.count() == 2
    assert Consult.objects.filter(state="draft").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_answers_and_the_other_is_told(now):
    scene = Scene(now)
    consult_id = scene.ask()
    revision = Consult.objects.get().revision

    def answering(employee):
        def answer():
            viewer = world.viewer_of_employee(employee)
            with unit_of_work(viewer):
                return desk.answer(
                    viewer=viewer, patient_id=scene.person.pk, consult_id=consult_id, revision=revision,
                    text=employee.name, token=uuid4(), now=now,
                )  # fmt: skip

        return answer

    outcomes = _together([answering(world.make_employee(scene.practice)) for _ in range(2)])
    assert sorted(map(str, outcomes)) == ["True", "changed"]
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1
