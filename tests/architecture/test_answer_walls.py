"""What the database itself lets be written of answers on a form (REQ 30, 32; security rows 3, 10)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.factories import consult, world
from tests.factories.reasons import make_answer, make_reason
from zorgbalie.consult.models import ConsultAnswer

pytestmark = pytest.mark.django_db
_ANSWER = (
    "INSERT INTO consult_consultanswer (consult_id, practice_id, patient_id, place, label, kind, help_text, choices,"
    " unit, is_optional, may_be_unknown, answer, is_unknown, is_answered)"
    " VALUES (%s, %s, %s, %s, 'Vraag', 'short', '', '{}', '', false, true, 'x', false, true)"
)
_CHANGE = "UPDATE consult_consultanswer SET answer = 'anders'"


@pytest.fixture
def patient():
    person, practice = world.make_patient_with_open_record()
    return person, practice, world.viewer_of_patient(person)


def test_answers_are_written_in_an_own_draft_alone(patient):
    person, practice, viewer = patient
    other, _ = world.make_patient_with_open_record(practice)
    place = (practice.pk, person.pk)
    draft, sent = consult.make_draft(person, practice), consult.make_consult(person, practice)
    foreign = consult.make_draft(other, practice)
    assert not refused(viewer, _ANSWER, [draft.pk, *place, 1])
    assert refused(viewer, _ANSWER, [sent.pk, *place, 1])
    assert refused(viewer, _ANSWER, [foreign.pk, *place, 1])
    assert refused(viewer, _ANSWER, [foreign.pk, practice.pk, other.pk, 1])


def test_answers_of_a_sent_question_stay_and_the_desk_writes_none(patient):
    person, practice, viewer = patient
    make_answer(consult.make_consult(person, practice))
    at_desk = world.viewer_of_employee(world.make_employee(practice)).about(person.pk)
    assert changed(viewer, _CHANGE) == 0
    assert changed(viewer, "DELETE FROM consult_consultanswer") == 0
    assert refused(viewer, "UPDATE consult_consultanswer SET label = 'x'")
    assert refused(at_desk, _CHANGE)
    assert refused(at_desk, "DELETE FROM consult_consultanswer")
    assert ConsultAnswer.objects.get().answer == "Op mijn arm"


def test_a_draft_with_its_answers_is_of_its_writer_alone(patient):
    person, practice, viewer = patient
    helper = world.make_person()
    world.represent(helper, person, "helper")
    make_answer(consult.make_draft(person, practice))
    assert changed(viewer, _CHANGE) == 1
    assert changed(world.viewer_of_patient(helper, subject=person), _CHANGE) == 0


def test_a_practice_changes_its_own_reasons_alone(patient):
    _person, practice, viewer = patient
    reason = make_reason(practice)
    own = world.viewer_of_employee(world.make_employee(practice, role="manager"))
    other = world.viewer_of_employee(world.make_employee(world.make_practice(), role="manager"))
    change = f"UPDATE consult_consultreason SET name = 'Anders' WHERE id = {reason.pk}"
    assert changed(own, change) == 1
    assert changed(other, change) == 0
    assert refused(viewer, change)
    assert refused(viewer, "UPDATE consult_consultaskrules SET parents_under_12 = true")
