"""Notices are stored with the change, only with a yes, once per event (R15; REQ 9)."""

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from tests.messaging.notices import report, say_yes
from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging import actions
from zorgbalie.messaging.models import Notice
from zorgbalie.messaging.types import NoticeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient_and_practice():
    return world.make_patient_with_open_record()


def _viewers(patient, practice):
    employee = world.make_employee(practice)
    return {
        "patient": world.viewer_of_patient(patient),
        "staff": world.viewer_of_employee(employee),
        "system": system_viewer(task="test", practice_id=practice.pk, subject_id=patient.pk),
    }


def _jobs() -> list[dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'messaging.send_notice' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("side", ["patient", "staff", "system"])
def test_r15_with_a_yes_each_side_can_queue_one_notice_per_event(patient_and_practice, side):
    patient, practice = patient_and_practice
    viewer = _viewers(patient, practice)[side]
    say_yes(patient)
    with acting(viewer):
        assert report(viewer, patient, practice) is True
        assert report(viewer, patient, practice) is False
    notice = Notice.objects.get()
    assert (notice.address, notice.state, notice.attempts) == (patient.email, "waiting", 0)
    assert len(_jobs()) == 1
    assert patient.email not in _jobs()[0]


@pytest.mark.parametrize("side", ["patient", "staff", "system"])
def test_r15_without_a_yes_nothing_is_queued(patient_and_practice, side):
    patient, practice = patient_and_practice
    viewer = _viewers(patient, practice)[side]
    say_yes(patient, NoticeKind.AGREEMENT)
    with acting(viewer):
        assert report(viewer, patient, practice) is False
    assert (Notice.objects.count(), _jobs()) == (0, [])


def test_row_63_no_notice_to_an_address_that_was_not_verified():
    patient, practice = world.make_patient_with_open_record(email_verified_at=None)
    say_yes(patient)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        assert report(viewer, patient, practice) is False


def test_notice_disappears_with_the_change_that_caused_it(patient_and_practice):
    patient, practice = patient_and_practice
    say_yes(patient)
    viewer = world.viewer_of_patient(patient)
    with pytest.raises(ZorgbalieError), acting(viewer):
        report(viewer, patient, practice)
        raise ZorgbalieError
    assert (Notice.objects.count(), _jobs()) == (0, [])


def test_invitation_needs_no_consent_but_a_verified_address(patient_and_practice):
    patient, practice = patient_and_practice
    viewer = world.viewer_of_employee(world.make_employee(practice))

    def invite(person, number):
        return actions.send_invitation(
            viewer=viewer, person_id=person.pk, practice_id=practice.pk, invitation_id=number, now=world.MOMENT
        )

    unverified = world.make_person(email_verified_at=None)
    world.enrol(unverified, practice)
    with acting(viewer):
        assert invite(patient, 7) is True
        assert invite(patient, 7) is False
        assert invite(unverified, 8) is False
    assert Notice.objects.get().kind == NoticeKind.INVITATION
