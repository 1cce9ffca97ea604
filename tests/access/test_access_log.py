"""Who looked in my record: complete, bounded, per day (REQ 10, 61; R13; security row 43)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.audit.lines import write_lines
from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.log_types import LogTooLong
from zorgbalie.access.queries import access_log
from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome, LogFilter
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole, system_viewer

pytestmark = pytest.mark.django_db
NOW = current_moment()
TODAY = local_date(NOW)
ALL = LogFilter()


@pytest.fixture
def patient_and_practice():
    return world.make_patient_with_open_record()


def _own(viewer, wanted=ALL, others_only=False, page=1):
    with acting(viewer):
        return access_log.list_own_log(viewer=viewer, wanted=wanted, others_only=others_only, page=page, now=NOW)


def test_row_43_every_line_about_the_patient_is_counted_on_some_page(patient_and_practice):
    patient, practice = patient_and_practice
    viewer = world.viewer_of_patient(patient)
    for number in range(30):
        employee = world.make_employee(practice, name=f"Arts {number}")
        write_lines(number % 4 + 1, world.viewer_of_employee(employee), patient_id=patient.pk, kind="full_record")
    write_lines(3, system_viewer(task="import"), patient_id=patient.pk)
    write_lines(2, viewer, patient_id=patient.pk, kind="episodes")
    stranger = world.viewer_of_patient(world.make_person(), subject=patient)
    write_lines(1, stranger, patient_id=patient.pk, outcome=AuditOutcome.REFUSED)
    write_lines(5, system_viewer(task="import"), patient_id=world.make_person().pk)
    first = _own(viewer)
    seen = AuditEvent.objects.filter(patient_id=patient.pk).exclude(event="access_log.read").count()
    pages = [_own(viewer, page=number) for number in range(1, -(-first.total // first.size) + 1)]
    rows = [day.looks for page in pages for day in page.rows]
    counted = sum(part.count for row in rows for part in row.parts if part.event != "access_log.read")
    assert counted == seen
    assert all(row.count == sum(part.count for part in row.parts) for row in rows)
    assert all(part.count == sum(n for _, n in part.minutes) for row in rows for part in row.parts)
    latest = [row.latest_at for row in rows[1:]]  # the first is the reading itself, which goes on
    assert latest == sorted(latest, reverse=True)


def test_repeats_on_one_day_by_the_same_person_are_one_row_with_a_count(patient_and_practice):
    patient, practice = patient_and_practice
    doctor = world.viewer_of_employee(world.make_employee(practice))
    for _ in range(3):
        write_lines(2, replace(doctor, request_id=""), patient_id=patient.pk, kind="full_record")
    (row,) = _own(world.viewer_of_patient(patient), others_only=True).rows
    assert (row.looks.count, row.looks.user_name, len(row.looks.parts)) == (6, doctor.name, 1)


def test_filters_by_period_and_only_others(patient_and_practice):
    patient, practice = patient_and_practice
    viewer = world.viewer_of_patient(patient)
    write_lines(1, world.viewer_of_employee(world.make_employee(practice)), patient_id=patient.pk)
    write_lines(1, viewer, patient_id=patient.pk)
    assert [row.looks.user_kind for row in _own(viewer, others_only=True).rows] == ["staff"]
    assert {row.looks.user_kind for row in _own(viewer).rows} == {"staff", "patient"}
    yesterday = TODAY - timedelta(days=1)
    assert _own(viewer, LogFilter(last_day=yesterday)).total == 0
    assert _own(viewer, LogFilter(first_day=TODAY, last_day=TODAY)).total == 2


def test_refused_try_of_staff_shows_the_name_and_that_of_another_patient_does_not(patient_and_practice):
    patient, _ = patient_and_practice
    colleague = world.viewer_of_employee(world.make_employee(world.make_practice(), name="Nieuwsgierige Collega"))
    stranger = replace(world.viewer_of_patient(world.make_person()), name="Buurvrouw Canarie")
    for viewer in (colleague, stranger):
        write_lines(1, viewer, patient_id=patient.pk, outcome=AuditOutcome.REFUSED)
    rows = _own(world.viewer_of_patient(patient), others_only=True).rows
    assert {(row.looks.user_name, row.looks.refused) for row in rows} == {("Nieuwsgierige Collega", True), ("", True)}


def test_emergency_access_carries_the_reason_that_was_given(patient_and_practice):
    patient, _practice = patient_and_practice
    employee = world.make_employee(world.make_practice())
    world.start_emergency(employee, patient, reason="Bewusteloos op straat", started_at=NOW)
    write_lines(1, world.viewer_of_employee(employee), patient_id=patient.pk, emergency=True)
    (row,) = _own(world.viewer_of_patient(patient), others_only=True).rows
    assert (row.looks.emergency, row.looks.purpose, row.reasons) == (True, "ETREAT", ("Bewusteloos op straat",))


def test_stranger_and_former_parent_see_no_log(patient_and_practice):
    patient, _ = patient_and_practice
    write_lines(1, system_viewer(task="import"), patient_id=patient.pk)
    parent = world.make_person()
    world.represent(parent, patient)
    for other in (world.make_person(), parent):
        with pytest.raises(NotVisible):
            _own(world.viewer_of_patient(other, subject=patient))


def test_ten_thousand_lines_take_the_same_number_of_queries(patient_and_practice, django_assert_max_num_queries):
    patient, _practice = patient_and_practice
    viewer = world.viewer_of_patient(patient)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            request_id=str(number), event="record.read", action="R", outcome="0", user_kind="staff",
            user_id=f"employee:{number % 3}", user_name=f"Arts {number % 3}", purpose="TREAT", source_id="t",
            patient_id=patient.pk, kind="full_record", recorded_at=NOW - timedelta(hours=number),
        )
        for number in range(10_000)
    )  # fmt: skip
    with django_assert_max_num_queries(22):
        page = _own(viewer, page=3)
    assert (len(page.rows), page.number) == (25, 3)
    with acting(viewer):
        rows = access_log.export_own_log(viewer=viewer, wanted=ALL, others_only=True, now=NOW)
    assert sum(row.looks.count for row in rows) == 10_000
    assert AuditEvent.objects.filter(event="access_log.downloaded", patient_id=patient.pk).count() == 1


def test_export_that_is_too_long_is_refused(patient_and_practice, monkeypatch):
    patient, practice = patient_and_practice
    monkeypatch.setattr(access_log, "MOST_IN_PDF", 1)
    for _ in range(2):
        write_lines(1, world.viewer_of_employee(world.make_employee(practice)), patient_id=patient.pk)
    viewer = world.viewer_of_patient(patient)
    with pytest.raises(LogTooLong), acting(viewer):
        access_log.export_own_log(viewer=viewer, wanted=ALL, others_only=True, now=NOW)


def _desk(viewer, patient, wanted=ALL):
    with acting(viewer):
        return access_log.list_desk_log(viewer=viewer, patient_id=patient.pk, wanted=wanted, page=1, now=NOW)


def test_req_61_desk_reads_lines_of_its_own_practice_and_not_of_another(patient_and_practice):
    patient, practice = patient_and_practice
    pharmacy = world.make_practice(kind="pharmacy")
    world.enrol(patient, pharmacy)
    here = world.viewer_of_employee(world.make_employee(practice))
    there = world.viewer_of_employee(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    write_lines(1, here, patient_id=patient.pk, practice_id=practice.pk)
    write_lines(1, there, patient_id=patient.pk, practice_id=pharmacy.pk)
    assert [line.user_name for line in _desk(here, patient).rows] == [here.name]
    assert _desk(here, patient, LogFilter(only_refused=True)).total == 0
    assert _desk(here, patient, LogFilter(user_words=here.name[-4:])).total >= 1


def test_req_61_right_and_relation_are_required(patient_and_practice):
    patient, practice = patient_and_practice
    without = world.viewer_of_employee(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    elsewhere = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with pytest.raises(NotAllowed):
        _desk(without, patient)
    with pytest.raises(NotVisible):
        _desk(elsewhere, patient)
