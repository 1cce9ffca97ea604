"""Emergency access: a reason, an hour, a review, and no silent read (security row 12)."""

from datetime import timedelta

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access import gate
from zorgbalie.access.actions.emergency import end_emergency, review_emergency, start_emergency
from zorgbalie.access.log_types import IsOwnPatient, PersonUnknown, ReasonTooShort, ReviewRefused
from zorgbalie.access.models import EmergencyAccess
from zorgbalie.access.queries.emergency import get_own, get_review, list_own_running, list_reviews
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.record.models import Episode
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
NOW = current_moment()
REASON = "Bewusteloos binnengebracht"


@pytest.fixture
def patient_and_practice():
    patient, practice = world.make_patient_with_open_record()
    world.make_episode(patient, practice)
    return patient, practice


@pytest.fixture
def elsewhere():
    return world.make_practice()


@pytest.fixture
def doctor(elsewhere):
    return world.viewer_of_employee(world.make_employee(elsewhere))


def _start(viewer, patient, reason=REASON, now=NOW):
    with acting(viewer):
        return start_emergency(viewer=viewer, bsn=patient.bsn, reason=reason, now=now)


def _read(viewer, patient, practice, now=NOW) -> int:
    with acting(viewer):
        gate.open_patient(
            viewer=viewer, patient_id=patient.pk, practice_id=practice.pk, kind=DataKind.FULL_RECORD,
            use=Use.READ, event="record.read", now=now,
        )  # fmt: skip
        return Episode.objects.count()


def test_row_12_without_emergency_access_the_record_stays_closed(patient_and_practice, doctor):
    with pytest.raises(NotVisible):
        _read(doctor, *patient_and_practice)


def test_row_12_each_look_is_a_line_that_stands_out(patient_and_practice, doctor):
    patient, practice = patient_and_practice
    _start(doctor, patient)
    assert _read(doctor, patient, practice) == 1
    lines = AuditEvent.objects.filter(patient_id=patient.pk, emergency=True).order_by("pk")
    assert [(line.event, line.kind, line.purpose, line.practice_id) for line in lines] == [
        ("emergency.started", "profile", "ETREAT", practice.pk),
        ("record.read", "full_record", "ETREAT", practice.pk),
    ]


def test_row_32_a_name_as_long_as_the_register_allows_can_be_helped(doctor, elsewhere):
    patient, practice = world.make_patient_with_open_record(given_name="A" * 100, family_name="B" * 100)
    _start(doctor, patient)
    assert _read(doctor, patient, practice) == 0
    assert len(EmergencyAccess.objects.get().person_name) == 200


def test_row_12_access_ends_by_itself_after_an_hour_and_can_be_ended(patient_and_practice, doctor):
    patient, practice = patient_and_practice
    emergency_id = _start(doctor, patient)
    assert EmergencyAccess.objects.get().expires_at == NOW + timedelta(minutes=60)
    with pytest.raises(NotVisible):
        _read(doctor, patient, practice, NOW + timedelta(minutes=60))
    assert _read(doctor, patient, practice, NOW + timedelta(minutes=59)) == 1
    with acting(doctor):
        end_emergency(viewer=doctor, emergency_id=emergency_id, now=NOW)
        assert list_own_running(viewer=doctor, now=NOW) == ()
    with pytest.raises(NotVisible):
        _read(doctor, patient, practice)


def test_row_12_reason_of_ten_characters_is_required(patient_and_practice, doctor):
    patient, _ = patient_and_practice
    with pytest.raises(ReasonTooShort):
        _start(doctor, patient, reason="  spoed    ")
    assert EmergencyAccess.objects.count() == 0


def test_row_12_right_is_required_and_the_refusal_is_logged(patient_and_practice, elsewhere):
    patient, _ = patient_and_practice
    assistant = world.viewer_of_employee(world.make_employee(elsewhere, rights=[StaffRight.READ_RECORD]))
    with pytest.raises(NotAllowed):
        _start(assistant, patient)
    line = AuditEvent.objects.get(event="emergency.searched")
    assert (line.outcome, line.patient_id) == ("4", None)


def test_own_patient_is_no_emergency_and_search_for_nobody_leaves_a_line_without_the_bsn(patient_and_practice, doctor):
    patient, practice = patient_and_practice
    own_doctor = world.viewer_of_employee(world.make_employee(practice))
    with pytest.raises(IsOwnPatient):
        _start(own_doctor, patient)
    bsn = world.make_bsn()
    with pytest.raises(PersonUnknown), acting(doctor):
        start_emergency(viewer=doctor, bsn=bsn, reason=REASON, now=NOW)
    assert EmergencyAccess.objects.count() == 0
    assert [line.detail for line in AuditEvent.objects.filter(event="emergency.searched").order_by("pk")] == [
        {"found": True},
        {"found": False},
    ]
    assert bsn not in str(list(AuditEvent.objects.values("detail", "object_id", "event")))


def test_second_start_while_it_runs_is_the_same_access(patient_and_practice, doctor):
    patient, _ = patient_and_practice
    assert _start(doctor, patient) == _start(doctor, patient)
    assert (EmergencyAccess.objects.count(), WorkItem.objects.count()) == (1, 1)


def test_row_12_manager_gets_an_item_and_reviews_with_a_note(patient_and_practice, doctor, elsewhere):
    patient, practice = patient_and_practice
    emergency_id = _start(doctor, patient)
    _read(doctor, patient, practice)
    item = WorkItem.objects.get()
    assert (item.practice_id, item.kind, item.for_right, item.state) == (
        elsewhere.pk, "emergency_review", "manage_practice", "open",
    )  # fmt: skip
    manager = world.viewer_of_employee(world.make_employee(elsewhere, rights=[StaffRight.MANAGE_PRACTICE]))
    later = NOW + timedelta(minutes=61)
    with acting(manager):
        (card,) = list_reviews(viewer=manager, page=1, now=later).rows
        assert (card.person_name, card.is_running) == (f"Anna {patient.family_name}", False)
        review = get_review(viewer=manager, emergency_id=emergency_id, now=later)
        assert [line.event for line in review.lines] == ["emergency.started", "record.read"]
        review_emergency(viewer=manager, emergency_id=emergency_id, note="Terecht.", now=later)
    with pytest.raises(ReviewRefused), acting(manager):
        review_emergency(viewer=manager, emergency_id=emergency_id, note="Nog eens.", now=later)
    item.refresh_from_db()
    assert item.state == "done"
    assert EmergencyAccess.objects.get().review_note == "Terecht."


def test_nobody_reviews_the_own_access_nor_a_running_one_nor_that_of_another_practice(
    patient_and_practice, doctor, elsewhere
):
    patient, practice = patient_and_practice
    emergency_id = _start(doctor, patient)
    colleague = world.viewer_of_employee(world.make_employee(elsewhere))
    stranger = world.viewer_of_employee(world.make_employee(practice))
    without = world.viewer_of_employee(world.make_employee(elsewhere, rights=[StaffRight.EMERGENCY_ACCESS]))
    later = NOW + timedelta(minutes=61)
    for viewer, moment, refusal in (
        (doctor, later, ReviewRefused),
        (colleague, NOW, ReviewRefused),
        (stranger, later, NotVisible),
        (without, later, NotAllowed),
    ):
        with pytest.raises(refusal), acting(viewer):
            review_emergency(viewer=viewer, emergency_id=emergency_id, note="Goed.", now=moment)
    with pytest.raises(NotVisible), acting(colleague):
        get_own(viewer=colleague, emergency_id=emergency_id, now=NOW)
    assert EmergencyAccess.objects.get().reviewed_at is None


@pytest.mark.parametrize("said_yes", [True, False])
def test_r15_patient_is_told_by_mail_only_with_a_yes(patient_and_practice, doctor, said_yes):
    patient, _ = patient_and_practice
    NoticePreference.objects.create(person=patient, kind="emergency_access", channel="email", is_on=said_yes)
    _start(doctor, patient)
    assert Notice.objects.count() == int(said_yes)
