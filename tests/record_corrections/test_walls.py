"""What the database alone refuses about requests, were the code above it wrong (security rows 3, 5, 10)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.factories import corrections, world
from zorgbalie.record.models import CorrectionRequest

pytestmark = pytest.mark.django_db
_ASK = (
    "INSERT INTO record_correctionrequest (practice_id, patient_id, asked_by_id, token, item_kind, item_id, wish, text,"
    " state, revision, due_on, extension_reason, answer) VALUES (%s, %s, %s, 'a', '', 0, 'verbeteren', 'x', '{state}',"
    " 0, now(), '', '{answer}')"
)
_EVENT = (
    "INSERT INTO record_correctionevent (practice_id, patient_id, request_id, step, text)"
    " VALUES (%s, %s, %s, '{step}', '')"
)
_STATEMENT = (
    "INSERT INTO record_patientstatement (practice_id, patient_id, request_id, kind, item_kind, item_id, text,"
    " added_on) VALUES (%s, %s, %s, 'statement', '', 0, 'x', now())"
)


@pytest.fixture
def file():
    patient, practice = world.make_patient_with_open_record()
    return patient, practice, corrections.make_correction(patient, practice)


def test_row_3_the_portal_asks_and_takes_back_and_answers_nothing(file):
    patient, practice, request = file
    viewer = world.viewer_of_patient(patient)
    place = [practice.pk, patient.pk, patient.pk]
    assert not refused(viewer, _ASK.format(state="sent", answer=""), place)
    assert refused(viewer, _ASK.format(state="granted", answer=""), place)
    assert refused(viewer, _ASK.format(state="sent", answer="Ja"), place)
    assert refused(viewer, _ASK.format(state="sent", answer=""), [world.make_practice().pk, *place[1:]])
    assert refused(viewer, "UPDATE record_correctionrequest SET state = 'granted'")
    assert refused(viewer, "UPDATE record_correctionrequest SET answer = 'Ja'")
    assert refused(viewer, "UPDATE record_correctionrequest SET due_on = now()")
    assert refused(viewer, _STATEMENT, [practice.pk, patient.pk, request.pk])
    for step, may in (("asked", True), ("withdrawn", True), ("decided", False), ("note", False)):
        assert refused(viewer, _EVENT.format(step=step), [practice.pk, patient.pk, request.pk]) is not may
    CorrectionRequest.objects.filter(pk=request.pk).update(state="refused", answer="Nee")
    query = "UPDATE record_correctionrequest SET state = 'withdrawn' WHERE id = %s"
    assert changed(viewer, query, [request.pk]) == 0


def test_row_10_the_desk_changes_neither_the_words_of_a_patient_nor_the_history(file):
    patient, practice, request = file
    corrections.make_statement(patient, practice)
    viewer = world.viewer_of_employee(world.make_employee(practice)).about(patient.pk)
    assert not refused(viewer, _EVENT.format(step="note"), [practice.pk, patient.pk, request.pk])
    for statement in (
        "UPDATE record_correctionrequest SET text = 'anders'",
        "UPDATE record_correctionevent SET text = 'anders'",
        "DELETE FROM record_correctionevent",
        "DELETE FROM record_correctionrequest",
        "UPDATE record_patientstatement SET text = 'anders'",
        "DELETE FROM record_patientstatement",
    ):
        assert refused(viewer, statement), statement


def test_row_5_another_practice_and_emergency_access_reach_no_request(file):
    patient, _, request = file
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, patient)
    viewer = world.viewer_of_employee(stranger).about(patient.pk)
    query = "UPDATE record_correctionrequest SET state = 'refused', answer = 'Nee' WHERE id = %s"
    assert changed(viewer, query, [request.pk]) == 0
    assert changed(viewer, "SELECT id FROM record_correctionrequest") == 0
