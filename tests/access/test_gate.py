"""The gate and its two walls: who may read, who is refused, and the line that each leaves (R7, R13, R14)."""

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.record.models import Episode

pytestmark = pytest.mark.django_db


def _open(viewer, patient, practice, now, kind=DataKind.EPISODES):
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient.pk,
        practice_id=practice.pk,
        kind=kind,
        use=Use.READ,
        event="record.read",
        now=now,
    )


def test_r13_patient_with_open_record_gets_a_grant_and_a_line(now):
    patient, practice = world.make_patient_with_open_record()
    world.make_episode(patient, practice)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        grant = _open(viewer, patient, practice, now)
        assert Episode.objects.count() == 1
    assert grant.patient_id == patient.pk
    line = AuditEvent.objects.get(patient_id=patient.pk)
    assert (line.event, line.outcome, line.user_id) == ("record.read", "0", f"person:{patient.pk}")


def test_r13_refusal_leaves_a_line_although_the_work_is_rolled_back(now):
    patient, practice = world.make_patient_with_open_record()
    stranger = world.make_person()
    viewer = world.viewer_of_patient(stranger)
    with pytest.raises(NotVisible), acting(viewer):
        _open(viewer, patient, practice, now)
    line = AuditEvent.objects.get(patient_id=patient.pk)
    assert (line.outcome, line.user_id) == ("4", f"person:{stranger.pk}")


def test_wall_shows_no_rows_to_a_stranger_who_names_another_subject():
    patient, practice = world.make_patient_with_open_record()
    world.make_episode(patient, practice)
    stranger = world.viewer_of_patient(world.make_person(), subject=patient)
    with acting(stranger):
        assert Episode.objects.count() == 0


def test_wall_shows_no_rows_of_other_practice_to_staff(now):
    patient, practice = world.make_patient_with_open_record()
    world.make_episode(patient, practice)
    other = world.viewer_of_employee(world.make_employee(world.make_practice()))
    own = world.viewer_of_employee(world.make_employee(practice))
    with pytest.raises(NotVisible), acting(other):
        _open(other, patient, practice, now, DataKind.FULL_RECORD)
    with acting(other.about(patient.pk)):
        assert Episode.objects.count() == 0
    with acting(own):
        _open(own, patient, practice, now, DataKind.FULL_RECORD)
        assert Episode.objects.count() == 1
