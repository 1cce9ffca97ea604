"""Two people at one thread with files, billing and moving around it (REQ 44, 48, 50; R12; security row 48)."""

from uuid import uuid4

import pytest

from tests.consult.reporting import Desk
from tests.consult.steps import Scene
from tests.consult.test_race import _together
from tests.consult_files.steps import colour
from tests.factories import billing
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.billing.models import Declaration, TimeEntry
from zorgbalie.consult.actions import billing as time
from zorgbalie.consult.actions import desk, patient
from zorgbalie.consult.actions.attachments import add_file
from zorgbalie.consult.actions.moving import move_question
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultMessage, ConsultMove
from zorgbalie.consult.types import NewFile, Place
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)


def _as(viewer, act):
    """One unit of work of this viewer, to be run together with others."""

    def run():
        with unit_of_work(viewer):
            return act(viewer)

    return run


@pytest.mark.parametrize("number", range(3))
def test_row48_texts_sent_while_the_thread_is_moved_and_counted_are_there_once_and_all_moves_along(now, number):
    scene = Desk(now)
    billing.switch_on(scene.practice)
    consult_id = scene.ask()
    shown = Consult.objects.get().revision
    here = {"patient_id": scene.person.pk, "consult_id": consult_id, "now": now}

    def answer(viewer):
        return desk.answer(viewer=viewer, **here, revision=shown, text="Ja.", token=uuid4())

    def move(viewer):
        return move_question(viewer=viewer, **here, to_patient_id=scene.child.pk, revision=shown)

    def write(viewer):
        patient.follow_up(viewer=viewer, consult_id=consult_id, text="Nog iets", token=uuid4(), now=now)
        return "written"

    def count(viewer):
        time.add_time(viewer=viewer, **here, seconds=60, token=uuid4())
        return "counted"

    answered, moved, written, counted = _together(
        [_as(scene.staff(), answer), _as(scene.staff(), move), _as(scene.viewer(), write), _as(scene.staff(), count)]
    )
    assert (written, counted) == ("written", "counted")
    staff = ConsultMessage.objects.filter(author_kind="staff").count()
    assert staff == (answered is True)
    assert ConsultMove.objects.count() == (moved is True)
    assert ConsultMessage.objects.filter(text="Nog iets").count() == 1
    row = Consult.objects.get()
    assert WorkItem.objects.filter(about_id=row.pk, kind="consult", state="open").count() == (row.state == "sent")
    concerned = scene.child.pk if moved is True else scene.person.pk
    assert [one.patient_id for one in TimeEntry.objects.all()] == [concerned], "the time moved with the question"
    assert set(Declaration.objects.values_list("patient_id", flat=True)) <= {concerned}


@pytest.mark.parametrize("number", range(3))
def test_row48_a_file_that_arrives_while_the_question_is_sent_is_not_lost_and_never_sent_unseen(now, number):
    scene = Scene(now)
    consult_id = scene.write()
    shown = Consult.objects.get().revision

    def add(viewer):
        file = NewFile(name="foto.jpg", content=colour("red"))
        return add_file(viewer=viewer, place=Place(consult_id=consult_id), file=file, token=None, now=now).attachment_id

    def send(viewer):
        return patient.send(viewer=viewer, consult_id=consult_id, revision=shown, now=now)

    added, sent = _together([_as(scene.viewer(), add), _as(scene.viewer(), send)])
    file = ConsultAttachment.objects.get()
    assert file.pk == added
    assert file.message_id is None, "who sent it had not seen the file on the page"
    row = Consult.objects.get()
    assert row.state == ("draft" if sent == "changed" else "sent")
    assert ConsultMessage.objects.count() == (row.state == "sent")


def test_row48_a_draft_that_two_devices_save_at_once_is_one_draft_with_one_whole_text(now):
    scene = Scene(now)
    consult_id = scene.write()
    before = Consult.objects.get().revision
    texts = [f"Tekst van apparaat {number}. " * 90 for number in range(4)]

    def saving(text):
        def save(viewer):
            patient.save_text(viewer=viewer, consult_id=consult_id, text=text, now=now)

        return _as(scene.viewer(), save)

    _together([saving(text) for text in texts])
    row = Consult.objects.get()
    assert row.draft_text in [text.strip() for text in texts]
    assert row.revision == before + len(texts), "who sends an older page is told that the text changed"
