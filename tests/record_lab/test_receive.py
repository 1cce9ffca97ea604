"""Reports that come in: kept, recognised, one clear history, and in the right inbox (REQ 62; R1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import world
from tests.record_lab.reports import REPORTED, new_report, new_result, receive
from zorgbalie.record.models import LabReport, LabResult, Observation
from zorgbalie.record.types.lab import ReportStatus
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient_and_practice():
    return world.make_patient_with_open_record()


def test_req62_a_report_is_kept_as_it_came_and_shared_with_nobody_r1(patient_and_practice, now):
    patient, practice = patient_and_practice
    received = receive(patient, practice, now)
    report = LabReport.objects.get(pk=received.report_id)
    assert (report.state, report.patient_id, report.practice_id) == ("new", patient.pk, practice.pk)
    assert list(LabResult.objects.order_by("position").values_list("title", "shared")) == [
        ("Kalium", False),
        ("Kreatinine", False),
    ]
    assert not Observation.objects.exists()


def test_req62_it_stands_in_the_inbox_of_the_doctor_who_asked_by_agb_and_by_name(patient_and_practice, now):
    patient, practice = patient_and_practice
    account = world.make_account(practice, name="dr. J. de Wit", agb="01012345")
    for values in ({"requested_by_agb": "01012345"}, {"requested_by_name": "Dr J de Wit"}):
        received = receive(patient, practice, now, **values)
        item = WorkItem.objects.get(kind="lab_report", about_id=received.report_id)
        assert (item.account_id, item.person_id, item.for_right, item.is_urgent) == (
            account.pk, patient.pk, "publish_results", False,
        )  # fmt: skip


def test_req62_a_report_of_nobody_known_is_for_all_and_a_critical_value_is_urgent(patient_and_practice, now):
    patient, practice = patient_and_practice
    received = receive(patient, practice, now, requested_by_agb="09999999", results=(new_result(flag="HH"),))
    item = WorkItem.objects.get(about_id=received.report_id)
    assert (item.account_id, item.is_urgent) == (None, True)


def test_the_same_message_twice_is_recognised_and_written_once(patient_and_practice, now):
    patient, practice = patient_and_practice
    report = new_report()
    first = receive(patient, practice, now, report)
    again = receive(patient, practice, now, report)
    assert (first.was_known, again.was_known, first.report_id) == (False, True, again.report_id)
    assert (LabReport.objects.count(), WorkItem.objects.count()) == (1, 1)


def test_preliminary_final_corrected_is_one_history_with_one_open_item(patient_and_practice, now):
    patient, practice = patient_and_practice
    base = new_report(status=ReportStatus.PRELIMINARY)
    made = [receive(patient, practice, now, base)]
    for step, status in enumerate((ReportStatus.FINAL, ReportStatus.CORRECTED), start=1):
        later = REPORTED + timedelta(hours=step)
        digest = str(step) * 64
        made.append(receive(patient, practice, now, replace(base, status=status, reported_at=later, digest=digest)))
    rows = {row.pk: row for row in LabReport.objects.all()}
    states = [rows[one.report_id].state for one in made]
    assert states == ["replaced", "replaced", "new"]
    assert rows[made[2].report_id].supersedes_id == made[1].report_id
    assert list(WorkItem.objects.filter(state="open").values_list("about_id", flat=True)) == [made[2].report_id]


def test_a_message_that_was_overtaken_joins_the_history_and_asks_nothing(patient_and_practice, now):
    patient, practice = patient_and_practice
    base = new_report(status=ReportStatus.FINAL)
    final = receive(patient, practice, now, base)
    earlier = replace(base, status=ReportStatus.PRELIMINARY, reported_at=REPORTED - timedelta(hours=2), digest="0" * 64)
    late = receive(patient, practice, now, earlier)
    assert LabReport.objects.get(pk=late.report_id).state == "replaced"
    assert LabReport.objects.get(pk=final.report_id).state == "new"
    assert WorkItem.objects.filter(state="open").count() == 1
