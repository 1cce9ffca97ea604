"""The second wall around photos and files of questions (security rows 3, 8, 10, 15)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.factories import consult, world
from tests.factories.attachments import add_attachment
from zorgbalie.config.database.tables.consult import CONSULT
from zorgbalie.consult.models import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.types import UNSENT_DAYS
from zorgbalie.kernel.viewer import system_viewer

pytestmark = pytest.mark.django_db
_FILE = (
    "INSERT INTO consult_consultattachment (consult_id, message_id, practice_id, patient_id, author_person_id,"
    " author_employee_id, file_name, media_type, size, sha256, virus_state)"
    " VALUES (%s, %s, %s, %s, %s, %s, 'a.jpg', 'image/jpeg', 1, md5(random()::text), 'clean')"
)
_CONTENT = (
    "INSERT INTO consult_consultattachmentcontent (attachment_id, practice_id, patient_id, content)"
    " VALUES (%s, %s, %s, 'x')"
)


class Wall:
    def __init__(self):
        self.person, self.practice = world.make_patient_with_open_record()
        self.portal = world.viewer_of_patient(self.person)
        self.employee = world.make_employee(self.practice)
        self.desk = world.viewer_of_employee(self.employee).about(self.person.pk)
        self.row = consult.make_consult(self.person, self.practice)
        self.asked = self.row.messages.get()
        self.answer = consult.add_text(self.row, "Ja", self.employee)
        self.place = (self.practice.pk, self.person.pk)


@pytest.fixture
def wall():
    return Wall()


def test_row3_nobody_puts_a_file_in_the_name_of_another_or_with_anothers_text(wall):
    other, _ = world.make_patient_with_open_record(wall.practice)
    foreign = consult.make_consult(other, wall.practice)
    own = [*wall.place, wall.person.pk, None]
    assert not refused(wall.portal, _FILE, [wall.row.pk, None, *own])
    assert not refused(wall.portal, _FILE, [wall.row.pk, wall.asked.pk, *own])
    assert refused(wall.portal, _FILE, [wall.row.pk, wall.answer.pk, *own])
    assert refused(wall.portal, _FILE, [foreign.pk, None, *own])
    assert refused(wall.portal, _FILE, [wall.row.pk, None, *wall.place, other.pk, None])
    assert refused(wall.portal, _FILE, [wall.row.pk, None, *wall.place, None, wall.employee.pk])
    at_desk = [*wall.place, None, wall.employee.pk]
    assert not refused(wall.desk, _FILE, [wall.row.pk, None, *at_desk])
    assert refused(wall.desk, _FILE, [wall.row.pk, wall.asked.pk, *at_desk])
    assert refused(wall.desk, _FILE, [foreign.pk, None, *at_desk])
    assert refused(wall.desk, _FILE, [wall.row.pk, None, *wall.place, wall.person.pk, None])
    wall.row.state = "closed"
    wall.row.save()
    assert refused(wall.portal, _FILE, [wall.row.pk, None, *own])


def test_what_was_sent_is_never_changed_nor_removed_by_any_role(wall):
    add_attachment(wall.row, wall.asked)
    add_attachment(wall.row, wall.answer, wall.employee)
    for viewer in (wall.portal, wall.desk):
        assert changed(viewer, "UPDATE consult_consultattachment SET message_id = NULL") == 0
        assert changed(viewer, "DELETE FROM consult_consultattachmentcontent") == 0
        assert changed(viewer, "DELETE FROM consult_consultattachment") == 0
        assert refused(viewer, "UPDATE consult_consultattachmentcontent SET content = 'x'")
        assert refused(viewer, "UPDATE consult_consultattachment SET file_name = 'x'")


def test_row27_the_worker_says_what_was_found_of_what_waits_and_changes_nothing_else(wall):
    waits = add_attachment(wall.row, wall.asked, virus_state="waiting")
    worker = system_viewer(task="test", practice_id=wall.practice.pk, subject_id=wall.person.pk)
    add_attachment(wall.row, wall.answer, wall.employee)
    assert changed(worker, "DELETE FROM consult_consultattachmentcontent") == 0
    assert changed(worker, "DELETE FROM consult_consultattachment") == 0
    assert refused(worker, "UPDATE consult_consultattachment SET message_id = NULL")
    assert refused(worker, "UPDATE consult_consultattachmentcontent SET content = 'x'")
    with acting(system_viewer(task="test")):
        assert list(ConsultAttachment.objects.values_list("pk", flat=True)) == [waits.pk]
    assert changed(worker, "UPDATE consult_consultattachment SET virus_state = 'clean'") == 1
    for viewer in (wall.portal, wall.desk):
        assert refused(viewer, "UPDATE consult_consultattachment SET virus_state = 'clean'")


def test_what_was_not_sent_is_removed_and_filled_by_its_writer_alone(wall):
    of_patient, of_staff = add_attachment(wall.row), add_attachment(wall.row, employee=wall.employee)
    colleague = world.viewer_of_employee(world.make_employee(wall.practice)).about(wall.person.pk)
    assert changed(colleague, "DELETE FROM consult_consultattachmentcontent") == 0
    assert refused(wall.portal, _CONTENT, [of_staff.pk, *wall.place])
    assert refused(wall.desk, _CONTENT, [of_patient.pk, *wall.place])
    for viewer in (wall.portal, wall.desk):
        assert changed(viewer, "DELETE FROM consult_consultattachmentcontent") == 1
        assert changed(viewer, "DELETE FROM consult_consultattachment") == 1


def test_row15_the_wall_shows_what_is_unsent_to_its_writer_alone(wall):
    helper = world.make_person()
    world.represent(helper, wall.person, "helper")
    add_attachment(wall.row)
    seen = {}
    for name, viewer in (
        ("writer", wall.portal),
        ("helper", world.viewer_of_patient(helper, subject=wall.person)),
        ("desk", wall.desk),
    ):
        with acting(viewer):
            seen[name] = (ConsultAttachment.objects.count(), ConsultAttachmentContent.objects.count())
    assert seen == {"writer": (1, 1), "helper": (0, 0), "desk": (0, 0)}


def test_the_wall_and_the_task_agree_on_how_long_an_unsent_file_is_kept():
    assert f"interval '{UNSENT_DAYS} days'" in CONSULT["consult_consultattachment"].worker_rows
