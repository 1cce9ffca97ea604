"""Work notes (REQ 59): the author alone, for a time; shared they become part of the record."""

from datetime import timedelta

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole, system_viewer
from zorgbalie.record.actions import notes as actions
from zorgbalie.record.models import SharedNote, WorkNote
from zorgbalie.record.queries import notes as queries
from zorgbalie.record.types.desk import NoteNotUsable

pytestmark = pytest.mark.django_db
CANARY = "kanarie-werknotitie-7f3a"


@pytest.fixture
def place(now):
    patient, practice = world.make_patient_with_open_record()
    author = world.make_employee(practice)
    return patient, practice, author, world.viewer_of_employee(author)


def _create(viewer, patient, now, **values):
    with acting(viewer):
        return actions.create_work_note(
            viewer=viewer, patient_id=patient.pk, now=now,
            **{"text": CANARY, "about": "Episode hoofdpijn", "keep_days": 30, **values},
        )  # fmt: skip


def _list(viewer, patient, now):
    with acting(viewer):
        return queries.list_work_notes(viewer=viewer, patient_id=patient.pk, now=now)


def test_req59_author_reads_own_note_and_it_expires_after_30_days(place, now):
    patient, _, _, viewer = place
    _create(viewer, patient, now)
    (note,) = _list(viewer, patient, now)
    assert (note.text, note.about, note.expires_at) == (CANARY, "Episode hoofdpijn", now + timedelta(days=30))
    assert _list(viewer, patient, now + timedelta(days=30)) == []


@pytest.mark.parametrize("role", [StaffRole.GP, StaffRole.ASSISTANT, StaffRole.LOCUM, StaffRole.NURSE])
def test_req59_colleague_with_every_right_sees_no_note_of_another(place, now, role):
    patient, practice, _, viewer = place
    note_id = _create(viewer, patient, now)
    colleague = world.viewer_of_employee(world.make_employee(practice, role=role))
    assert _list(colleague, patient, now) == []
    for act in (queries.get_work_note, actions.delete_work_note):
        with pytest.raises(NotVisible), acting(colleague):
            act(viewer=colleague, patient_id=patient.pk, note_id=note_id, now=now)
    with acting(colleague.about(patient.pk)):
        assert WorkNote.objects.count() == 0, "the second wall holds without the first"
    assert len(_list(viewer, patient, now)) == 1


def test_req59_manager_and_who_lacks_the_right_are_refused(place, now):
    patient, practice, _, _ = place
    without = [right for right in StaffRight if right is not StaffRight.WORK_NOTES]
    for employee in (
        world.make_employee(practice, role=StaffRole.MANAGER),
        world.make_employee(practice, rights=without),
    ):
        viewer = world.viewer_of_employee(employee)
        with pytest.raises(NotAllowed):
            _list(viewer, patient, now)
        with pytest.raises(NotAllowed):
            _create(viewer, patient, now)
    assert WorkNote.objects.count() == 0


def test_req59_other_practice_gets_not_visible_also_in_an_emergency(place, now):
    patient, _, _, viewer = place
    note_id = _create(viewer, patient, now)
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, patient)
    other = world.viewer_of_employee(stranger)
    with pytest.raises(NotVisible):
        _list(other, patient, now)
    with pytest.raises(NotVisible), acting(other):
        actions.delete_work_note(viewer=other, patient_id=patient.pk, note_id=note_id, now=now)
    with acting(other.about(patient.pk)):
        assert WorkNote.objects.count() == 0


def test_req59_patient_reaches_no_note_by_any_role_of_the_portal(place, now):
    patient, _, _, viewer = place
    _create(viewer, patient, now)
    reader = world.viewer_of_patient(patient)
    with pytest.raises(NotVisible), acting(reader):
        queries.list_work_notes(viewer=reader, patient_id=patient.pk, now=now)


def test_req59_author_changes_and_removes(place, now):
    patient, _, _, viewer = place
    note_id = _create(viewer, patient, now)
    with acting(viewer):
        actions.change_work_note(
            viewer=viewer, patient_id=patient.pk, note_id=note_id, text="Anders", about="", keep_days=365, now=now,
        )  # fmt: skip
    (note,) = _list(viewer, patient, now)
    assert (note.text, note.about, note.expires_at) == ("Anders", "", now + timedelta(days=365))
    with acting(viewer):
        actions.delete_work_note(viewer=viewer, patient_id=patient.pk, note_id=note_id, now=now)
    assert _list(viewer, patient, now) == []


def test_req59_note_of_one_patient_is_not_found_under_another(place, now):
    patient, practice, _, viewer = place
    note_id = _create(viewer, patient, now)
    other = world.make_person()
    world.enrol(other, practice)
    with pytest.raises(NotVisible), acting(viewer):
        queries.get_work_note(viewer=viewer, patient_id=other.pk, note_id=note_id, now=now)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"keep_days": 0}, "keep_days"),
        ({"keep_days": 366}, "keep_days"),
    ],
)
def test_req59_note_that_its_rules_refuse(place, now, values, field):
    patient, _, _, viewer = place
    with pytest.raises(NoteNotUsable) as refused:
        _create(viewer, patient, now, **values)
    assert refused.value.field == field
    assert WorkNote.objects.count() == 0


def test_req59_shared_note_becomes_part_of_the_record_and_the_work_note_is_gone(place, now):
    patient, practice, author, viewer = place
    colleague = world.make_employee(practice, role=StaffRole.ASSISTANT)
    note_id = _create(viewer, patient, now)
    with acting(viewer):
        actions.share_work_note(
            viewer=viewer, patient_id=patient.pk, note_id=note_id, employee_ids=[colleague.pk], now=now
        )
    shared = SharedNote.objects.get()
    assert (shared.text, shared.patient_id, shared.author_name) == (CANARY, patient.pk, author.name)
    assert [one.pk for one in shared.shared_with.all()] == [colleague.pk]
    assert WorkNote.objects.count() == 0
    with pytest.raises(NotVisible), acting(viewer):
        actions.share_work_note(
            viewer=viewer, patient_id=patient.pk, note_id=note_id, employee_ids=[colleague.pk], now=now
        )
    assert SharedNote.objects.count() == 1, "a double click shares once"


def test_req59_a_note_is_shared_with_colleagues_of_the_own_practice_alone(place, now):
    patient, practice, author, viewer = place
    unread = world.make_employee(practice, rights=[StaffRight.WORK_NOTES])
    elsewhere = world.make_employee(world.make_practice())
    note_id = _create(viewer, patient, now)
    for wrong in ([], [author.pk], [unread.pk], [elsewhere.pk]):
        with pytest.raises(NoteNotUsable), acting(viewer):
            actions.share_work_note(viewer=viewer, patient_id=patient.pk, note_id=note_id, employee_ids=wrong, now=now)
    assert (WorkNote.objects.count(), SharedNote.objects.count()) == (1, 0)
    with acting(viewer):
        listed = [one.employee_id for one in queries.list_receivers(viewer=viewer, now=now)]
    assert listed == []


def test_req59_task_clears_what_expired_and_nothing_else(place, now):
    patient, practice, author, viewer = place
    WorkNote.objects.create(
        practice=practice, patient=patient, author=author, text=CANARY, expires_at=now - timedelta(days=59)
    )
    kept = _create(viewer, patient, now)
    worker = system_viewer(task="clear-expired-notes")
    with acting(worker):
        assert actions.clear_expired_notes(viewer=worker, now=now) == 1
    assert [note.pk for note in WorkNote.objects.all()] == [kept]
    line = AuditEvent.objects.get(event="work_note.expire")
    assert (line.patient_id, line.user_id, line.detail) == (patient.pk, "task:clear-expired-notes", {})


def test_req59_no_log_line_carries_the_text(place, now):
    patient, practice, _, viewer = place
    colleague = world.make_employee(practice)
    note_id = _create(viewer, patient, now)
    _list(viewer, patient, now)
    with acting(viewer):
        actions.share_work_note(
            viewer=viewer, patient_id=patient.pk, note_id=note_id, employee_ids=[colleague.pk], now=now
        )
    lines = list(AuditEvent.objects.filter(patient_id=patient.pk).order_by("pk").values())
    assert [line["event"] for line in lines] == ["work_note.create", "work_note.read", "work_note.share"]
    assert CANARY not in str(lines)
