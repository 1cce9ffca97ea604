"""The same button pressed twice at the same moment has one effect, and neither press is told of a fault (row 48)."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import corrections, world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.actions.exports import ask_for_export
from zorgbalie.exchange.export_types import ExportKind
from zorgbalie.exchange.models import RecordExport
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.record.actions import language, letters
from zorgbalie.record.actions.correction_decisions import add_note
from zorgbalie.record.models import CorrectionEvent, PlainWord, ReplyTemplate
from zorgbalie.record.types.writing import LetterTexts
from zorgbalie.worklist.actions import add_action
from zorgbalie.worklist.models import ActionNote, WorkItem
from zorgbalie.worklist.types import ItemPlan

_TEXTS = LetterTexts(title="Alles goed", conclusion="Alles is goed.")
_PRESSES = 4


class Scene:
    """What can be pressed, and how many rows came of it."""

    def __init__(self) -> None:
        self.now = current_moment()
        self.patient, self.practice = world.make_patient_with_open_record()
        self.correction = corrections.make_correction(self.patient, self.practice)
        self.desk = world.viewer_of_employee(world.make_employee(self.practice))
        self.portal = world.viewer_of_patient(self.patient)

    def letter(self):
        return self.desk, lambda: letters.create_letter(viewer=self.desk, texts=_TEXTS, is_personal=False)

    def word(self):
        return self.desk, lambda: language.add_word(viewer=self.desk, word="nierfalen", plain="zieke nieren")

    def note(self):
        about = {"patient_id": self.patient.pk, "correction_id": self.correction.pk}
        return self.desk, lambda: add_note(viewer=self.desk, text="Gebeld.", now=self.now, **about)

    def action(self):
        plan = ItemPlan(
            employee_id=self.desk.employee_id, account_id=None, due_on=local_date(self.now), is_urgent=False
        )
        about = {"patient_id": self.patient.pk, "text": "Bel terug", "token": "a" * 32}
        return self.desk, lambda: add_action(viewer=self.desk, plan=plan, now=self.now, **about)

    def export(self):
        asked = {"kind": ExportKind.PDF, "language": "nl", "now": self.now}
        return self.portal, lambda: ask_for_export(viewer=self.portal, **asked)


_COUNTED = {
    "letter": ReplyTemplate.objects, "word": PlainWord.objects, "export": RecordExport.objects,
    "note": CorrectionEvent.objects.filter(step="note"), "action": ActionNote.objects,
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_row48_pressed_many_times_at_once_is_one_of_each():
    """One scene for all buttons: emptying the tables after each would cost more than the presses."""
    scene = Scene()
    for name, rows in _COUNTED.items():
        viewer, press = getattr(scene, name)()
        assert _together(viewer, press) == [], name
        assert rows.count() == 1, name
    assert WorkItem.objects.filter(kind="action_note").count() == 1


def _together(viewer, press) -> list[str]:
    """What the presses were told that went wrong."""
    start, trouble = Barrier(_PRESSES), []

    def run():
        start.wait()
        try:
            with unit_of_work(viewer):
                press()
        except Exception as error:  # the press was told of a fault
            trouble.append(repr(error))
        finally:
            connection.close()

    windows = [Thread(target=run) for _ in range(_PRESSES)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    return trouble


@pytest.mark.django_db
def test_row48_the_same_note_hours_later_is_a_note():
    """Calling twice without an answer is two calls."""
    scene = Scene()
    about = {"patient_id": scene.patient.pk, "correction_id": scene.correction.pk, "text": "Geen gehoor."}
    CorrectionEvent.objects.create(
        patient=scene.patient, practice=scene.practice, request=scene.correction, step="note", text="Geen gehoor.",
        by_employee_id=scene.desk.employee_id, happened_at=world.MOMENT,
    )  # fmt: skip
    with acting(scene.desk):
        add_note(viewer=scene.desk, now=scene.now, **about)
    assert CorrectionEvent.objects.filter(step="note").count() == 2
    assert AuditEvent.objects.filter(event="correction.note").count() == 1
