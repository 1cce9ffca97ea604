"""What the roles may write of copies and moves of questions, were the code above wrong (R12; security rows 3, 10)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.factories import consult, documents, reporting, world
from zorgbalie.consult.models import Consult, ConsultCopy, ConsultMove
from zorgbalie.record.models import Document, DocumentContent

pytestmark = pytest.mark.django_db
_COPY = (
    "INSERT INTO consult_consultcopy (consult_id, practice_id, patient_id, token, is_automatic, up_to, line_kinds,"
    " rows, documents, written_by_id, written_by_name)"
    " VALUES (%s, %s, %s, gen_random_uuid(), false, 0, '', '[]', '[]', %s, 'x')"
)
_MOVE = (
    "INSERT INTO consult_consultmove (consult_id, practice_id, patient_id, from_person_id, to_person_id, moved_by_id,"
    " moved_by_name) VALUES (%s, %s, %s, %s, %s, %s, 'x')"
)


@pytest.fixture
def place():
    person, practice = world.make_patient_with_open_record()
    other, _ = world.make_patient_with_open_record(practice)
    employee = world.make_employee(practice)
    return person, other, practice, employee, consult.make_consult(person, practice)


def test_r12_the_desk_adds_in_its_own_name_to_a_question_of_that_patient_and_changes_nothing(place):
    person, other, practice, employee, row = place
    at_desk = world.viewer_of_employee(employee).about(person.pk)
    colleague = world.make_employee(practice)
    foreign = consult.make_consult(other, practice)
    whose = [practice.pk, person.pk]
    assert not refused(at_desk, _COPY, [row.pk, *whose, employee.pk])
    assert refused(at_desk, _COPY, [row.pk, *whose, colleague.pk])
    assert refused(at_desk, _COPY, [foreign.pk, *whose, employee.pk])
    assert not refused(at_desk, _MOVE, [row.pk, *whose, person.pk, other.pk, employee.pk])
    assert refused(at_desk, _MOVE, [row.pk, *whose, person.pk, other.pk, colleague.pk])
    assert refused(at_desk, _MOVE, [foreign.pk, *whose, person.pk, other.pk, employee.pk])
    for table in ("consult_consultcopy", "consult_consultmove"):
        assert refused(at_desk, f"UPDATE {table} SET practice_id = practice_id")
        assert refused(at_desk, f"DELETE FROM {table}")


def test_r12_for_the_portal_there_are_no_copies_and_moves(place):
    person, other, _practice, employee, row = place
    reporting.add_copy(row, employee)
    reporting.add_move(row, employee, other)
    for viewer in (world.viewer_of_patient(person), world.viewer_of_patient(other)):
        assert refused(viewer, "SELECT id FROM consult_consultcopy")
        assert refused(viewer, "SELECT id FROM consult_consultmove")
        assert refused(viewer, "UPDATE consult_consult SET concerns_id = patient_id")


def test_r12_whom_a_question_concerns_has_a_row_of_it_at_the_desk_and_none_at_the_portal(place):
    person, other, _practice, employee, row = place
    Consult.objects.update(concerns=other)
    seen = {}
    for name, viewer in (
        ("desk of the sender", world.viewer_of_employee(employee).about(person.pk)),
        ("desk of the other", world.viewer_of_employee(employee).about(other.pk)),
        ("another practice", world.viewer_of_employee(world.make_employee(world.make_practice())).about(other.pk)),
        ("sender", world.viewer_of_patient(person)),
        ("other", world.viewer_of_patient(other)),
    ):
        with acting(viewer):
            seen[name] = (Consult.objects.count(), row.messages.count())
    assert seen == {
        "desk of the sender": (1, 1),
        "desk of the other": (1, 0),
        "another practice": (0, 0),
        "sender": (1, 1),
        "other": (0, 0),
    }
    at_other = world.viewer_of_employee(employee).about(other.pk)
    assert changed(at_other, "UPDATE consult_consult SET state = 'closed'") == 0


def test_r12_the_file_of_a_moved_document_is_gone_for_its_first_record(place):
    person, _other, practice, employee, _row = place
    documents.make_document(person, practice, text="Foto")
    at_desk = world.viewer_of_employee(employee).about(person.pk)
    with acting(at_desk):
        assert DocumentContent.objects.count() == 1
    Document.objects.update(moved_at=world.MOMENT)
    with acting(at_desk):
        assert (DocumentContent.objects.count(), Document.objects.count()) == (0, 1)
    assert not ConsultCopy.objects.exists()
    assert not ConsultMove.objects.exists()
