"""The whole record for staff: who may, what it holds, and what the patient sees of it (REQ 57, 60; R3, R13)."""

import pytest

from tests.conftest import acting
from tests.factories import world
from tests.record_release.choices import change, make_dossier
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import SharedNote
from zorgbalie.record.queries.desk import Listing, get_desk_record
from zorgbalie.record.types.desk import RecordPart

pytestmark = pytest.mark.django_db


def _read(viewer, patient, now, part=RecordPart.CONTACTS, **listing):
    with acting(viewer):
        return get_desk_record(viewer=viewer, patient_id=patient.pk, part=part, listing=Listing(**listing), now=now)


def test_staff_read_all_four_kinds_of_lines_in_order(now):
    dossier = make_dossier()
    record = _read(dossier.viewer, dossier.patient, now)
    first, second = record.contacts.items
    assert [line.soep for line in first.lines] == ["S", "O", "E", "P"]
    assert [line.visibility.is_shown for line in first.lines] == [False, False, True, True]
    assert second.lines[0].text == "Kanarie-S-een"
    assert record.counts == {
        RecordPart.CONTACTS: 2, RecordPart.EPISODES: 2, RecordPart.FLAGS: 0, RecordPart.VALUES: 1,
        RecordPart.ALLERGIES: 1, RecordPart.MEDICINES: 1, RecordPart.NOTES: 0,
    }  # fmt: skip


@pytest.mark.parametrize("part", list(RecordPart))
def test_r13_every_part_reads_with_one_line_in_the_log(now, part):
    dossier = make_dossier()
    record = _read(dossier.viewer, dossier.patient, now, part)
    assert (record.contacts is None) == (part is not RecordPart.CONTACTS)
    line = AuditEvent.objects.get(patient_id=dossier.patient.pk)
    assert (line.event, line.object_type, line.kind, line.outcome) == ("record.read", part, "full_record", "0")


def test_req57_rows_tell_whether_the_patient_sees_them_and_why_not(now):
    dossier = make_dossier()
    change(dossier, now, dossier.choice("one"), reason="gevoelig")
    rows = {
        row.title: row.visibility for row in _read(dossier.viewer, dossier.patient, now, RecordPart.EPISODES).rows.items
    }
    hidden = rows["Kanarie-hoofdpijn"]
    assert (hidden.is_shown, hidden.ticked, hidden.reason, hidden.hidden_by) == (
        False, False, "gevoelig", dossier.employee.name,
    )  # fmt: skip
    assert rows["Gewone knie"].is_shown
    lines = [line for one in _read(dossier.viewer, dossier.patient, now).contacts.items for line in one.lines]
    assert {line.text: line.visibility.is_shown for line in lines if line.soep in "EP"} == {
        "Kanarie-E-een": False, "Kanarie-P-een": False, "Gewoon-E-twee": True, "Gewoon-P-twee": True,
    }  # fmt: skip


def test_words_find_contacts_and_the_order_turns(now):
    dossier = make_dossier()
    found = _read(dossier.viewer, dossier.patient, now, words="gewoon-e").contacts
    assert [one.day.month for one in found.items] == [7]
    turned = _read(dossier.viewer, dossier.patient, now, oldest_first=True).contacts
    assert [one.day.month for one in turned.items] == [6, 7]
    assert _read(dossier.viewer, dossier.patient, now, RecordPart.VALUES, words="geen zulke").rows.total == 0


def test_security6_without_the_right_or_as_manager_403(now):
    dossier = make_dossier()
    rights = [right for right in StaffRight if right is not StaffRight.READ_RECORD]
    for employee in (
        world.make_employee(dossier.practice, rights=rights),
        world.make_employee(dossier.practice, role=StaffRole.MANAGER),
    ):
        with pytest.raises(NotAllowed):
            _read(world.viewer_of_employee(employee), dossier.patient, now)


def test_security12_other_practice_404_and_with_emergency_access_it_reads_and_stands_out(now):
    dossier = make_dossier()
    stranger = world.make_employee(world.make_practice())
    viewer = world.viewer_of_employee(stranger)
    with pytest.raises(NotVisible):
        _read(viewer, dossier.patient, now)
    world.start_emergency(stranger, dossier.patient)
    record = _read(viewer, dossier.patient, now)
    assert (record.is_emergency, record.practice_name, record.contacts.total) == (True, dossier.practice.name, 2)
    lines = AuditEvent.objects.filter(event="record.read").order_by("pk")
    assert [(line.outcome, line.emergency, line.practice_id) for line in lines] == [
        ("4", False, stranger.practice_id), ("0", True, dossier.practice.pk),
    ]  # fmt: skip


def test_req79_pharmacy_reads_its_medicines_and_allergies_alone(now):
    dossier = make_dossier()
    pharmacy = world.make_practice(kind="pharmacy")
    world.enrol(dossier.patient, pharmacy, world.make_account(pharmacy))
    world.make_medication(dossier.patient, pharmacy, title="Uit de apotheek")
    viewer = world.viewer_of_employee(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    record = _read(viewer, dossier.patient, now, RecordPart.MEDICINES)
    assert [row.title for row in record.rows.items] == ["Uit de apotheek"]
    assert set(record.counts) == {RecordPart.MEDICINES, RecordPart.ALLERGIES}
    for part in (RecordPart.CONTACTS, RecordPart.NOTES, RecordPart.VALUES):
        with pytest.raises(NotAllowed):
            _read(viewer, dossier.patient, now, part)


def test_shared_notes_name_with_whom(now):
    dossier = make_dossier()
    colleague = world.make_employee(dossier.practice)
    note = SharedNote.objects.create(
        patient=dossier.patient, practice=dossier.practice, text="Let op", shared_on=now.date(), author_name="Dokter"
    )
    note.shared_with.add(colleague)
    (row,) = _read(dossier.viewer, dossier.patient, now, RecordPart.NOTES).rows.items
    assert (row.title, row.detail, row.visibility) == ("Let op", colleague.name, None)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_fixed_number_of_queries(now, rows, django_assert_max_num_queries):
    dossier = make_dossier()
    for _ in range(rows):
        encounter = world.make_encounter(dossier.patient, dossier.practice)
        world.make_entry(encounter, dossier.rows["one"])
        world.make_observation(dossier.patient, dossier.practice)
    for part in (RecordPart.CONTACTS, RecordPart.VALUES):
        with django_assert_max_num_queries(40):
            _read(dossier.viewer, dossier.patient, now, part)
