"""Files that arrive at the same moment (security row 48)."""

from datetime import timedelta

import pytest

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.consult.test_race import _together
from tests.consult.two_at_once import HeldUp, while_held_up
from tests.consult_files.steps import colour
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions import patient
from zorgbalie.consult.actions.attachments import add_file, clear_unsent, drop_file
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.types import MOST_FILES, FileNotTaken, NewFile, Place
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import system_viewer


@pytest.mark.django_db(transaction=True)
def test_row48_the_same_file_at_once_is_one_and_the_last_place_is_taken_once(now):
    scene = Scene(now)
    consult_id = scene.write()

    def adding(content):
        def add():
            viewer = scene.viewer()
            file = NewFile(name="a.jpg", content=content)
            with unit_of_work(viewer):
                try:
                    return add_file(
                        viewer=viewer, place=Place(consult_id=consult_id), file=file, token=None, now=now
                    ).attachment_id
                except FileNotTaken:
                    return "full"

        return add

    assert len(set(_together([adding(colour("red"))] * 4))) == 1
    for number in range(MOST_FILES - 2):
        adding(colour((0, number * 20, 0)))()
    outcomes = _together([adding(colour((0, 0, 50 + number * 40))) for number in range(4)])
    assert outcomes.count("full") == 3
    assert ConsultAttachment.objects.count() == MOST_FILES


def _held_up_while_sending(scene, consult_id):
    held_up, viewer, revision = HeldUp(), scene.viewer(), Consult.objects.get().revision

    def send():
        with acting(viewer):
            patient.send(viewer=viewer, consult_id=consult_id, revision=revision, now=scene.now)
            held_up()

    return held_up, send


@pytest.fixture
def chosen(now):
    """A draft with a file; the scene, the place and the file."""
    scene = Scene(now)
    place, viewer = Place(consult_id=scene.write()), scene.viewer()
    file = NewFile(name="a.jpg", content=colour("red"))
    with acting(viewer):
        made = add_file(viewer=viewer, place=place, file=file, token=None, now=now)
    return scene, place, made.attachment_id


@pytest.mark.django_db(transaction=True)
def test_row48_a_file_that_is_dropped_while_it_is_sent_stays_with_its_content(chosen):
    scene, place, attachment_id = chosen
    viewer = scene.viewer()

    def drop():
        with acting(viewer):
            drop_file(viewer=viewer, place=place, attachment_id=attachment_id, now=scene.now)

    held_up, send = _held_up_while_sending(scene, place.consult_id)
    sent, dropped = while_held_up(held_up, send, drop)
    assert (sent, type(dropped)) == (None, NotVisible)
    assert ConsultAttachment.objects.get().message_id is not None
    assert ConsultAttachmentContent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row49_what_is_sent_while_the_worker_clears_stays_with_its_content(chosen):
    scene, place, _attachment_id = chosen
    ConsultAttachment.objects.update(added_at=scene.now - timedelta(days=99))
    worker = system_viewer(task="test")

    def clear():
        with acting(worker):
            return clear_unsent(viewer=worker, now=scene.now)

    held_up, send = _held_up_while_sending(scene, place.consult_id)
    assert while_held_up(held_up, send, clear) == (None, 0)
    assert ConsultAttachmentContent.objects.count() == 1
