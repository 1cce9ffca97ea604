"""Who at a practice reads and answers questions (REQ 41, 42; security rows 5, 6, 12)."""

import pytest

from tests.consult.steps import Scene
from tests.factories import world
from zorgbalie.consult.models import ConsultMessage
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    return Scene(now)


@pytest.mark.parametrize("role", [StaffRole.GP, StaffRole.LOCUM, StaffRole.NURSE, StaffRole.ASSISTANT])
def test_req42_every_care_role_with_the_right_answers_and_without_it_is_refused(scene, role):
    consult_id = scene.ask()
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    refused = world.make_employee(scene.practice, role=role, rights=without)
    for act in (scene.open, scene.answer, scene.close, scene.note):
        with pytest.raises(NotAllowed):
            act(consult_id, employee=refused)
    allowed = world.make_employee(scene.practice, role=role, rights=[StaffRight.ANSWER_CONSULTS])
    assert scene.answer(consult_id, employee=allowed)


def test_row6_a_manager_with_every_right_reads_no_question(scene):
    consult_id = scene.ask()
    with pytest.raises(NotAllowed):
        scene.open(consult_id, world.make_employee(scene.practice, role=StaffRole.MANAGER))


def test_row5_another_practice_finds_nothing_also_with_emergency_access(scene):
    consult_id = scene.ask()
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, scene.person)
    for act in (scene.open, scene.answer, scene.close, scene.note):
        with pytest.raises(NotVisible):
            act(consult_id, employee=stranger)
    assert ConsultMessage.objects.count() == 1


def test_row1_a_question_is_not_found_under_another_patient(scene):
    consult_id = scene.ask()
    other = world.make_person()
    world.enrol(other, scene.practice, scene.account)
    scene.person = other
    with pytest.raises(NotVisible):
        scene.open(consult_id)
    with pytest.raises(NotVisible):
        scene.read(consult_id)
