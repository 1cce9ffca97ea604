"""A result that the desk types in: the way of every report, once per form, with the right alone (REQ 62; R1)."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.actions.lab_entry import enter_report
from zorgbalie.record.models import LabReport, LabResult, Observation
from zorgbalie.record.types.lab_entry import EntryNotUsable, TypedReport, TypedResult
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
SUGAR = TypedResult(title="Glucose", number=Decimal("7.4"), unit="mmol/L", low=Decimal(4), high=Decimal(6))
DAY = date(2026, 11, 23)


@pytest.fixture
def place():
    patient, practice = world.make_patient_with_open_record()
    return patient, practice, world.make_employee(practice)


def typed(**values):
    return TypedReport(**{"token": "a" * 32, "day": DAY, "results": (SUGAR,), **values})


def enter(doctor, patient, now, **values):
    viewer = world.viewer_of_employee(doctor)
    with acting(viewer):
        return enter_report(viewer=viewer, patient_id=patient.pk, typed=typed(**values), now=now)


def test_req62_r1_it_lies_unshared_in_the_inbox_of_the_chosen_doctor(place, now):
    patient, practice, doctor = place
    account = world.make_account(practice, name="dr. J. de Wit")
    report_id = enter(doctor, patient, now, for_account="dr. J. de Wit").report_id
    row, result = LabReport.objects.get(), LabResult.objects.get()
    assert (row.pk, row.state, row.laboratory, row.sampled_at.date()) == (report_id, "new", practice.name, DAY)
    assert (result.value_number, result.flag, result.shared) == (Decimal("7.4"), "H", False)
    item = WorkItem.objects.get()
    assert (item.kind, item.about_id, item.account_id) == ("lab_report", report_id, account.pk)
    assert not Observation.objects.exists()
    assert {"lab.receive", "lab.enter"} <= set(AuditEvent.objects.values_list("event", flat=True))


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"number": Decimal(3)}, "L"),
        ({"number": Decimal(4)}, ""),
        ({"number": Decimal(6)}, ""),
        ({"number": Decimal(5), "comparator": "<"}, ""),
        ({"number": None, "text": "positief"}, ""),
        ({"low": None, "high": None}, ""),
    ],
)
def test_the_flag_follows_from_the_bounds(place, now, values, flag):
    patient, _, doctor = place
    base = {"title": "Glucose", "number": Decimal("7.4"), "low": Decimal(4), "high": Decimal(6)}
    enter(doctor, patient, now, results=(TypedResult(**{**base, **values}),))
    assert LabResult.objects.get().flag == flag


def test_row48_the_same_form_twice_is_one_report_and_other_values_are_refused(place, now):
    patient, _, doctor = place
    first, again = enter(doctor, patient, now), enter(doctor, patient, now + timedelta(minutes=1))
    assert (again.was_known, first.report_id) == (True, again.report_id)
    other = (TypedResult(title="Glucose", number=Decimal(9)),)
    with pytest.raises(EntryNotUsable):
        enter(doctor, patient, now, results=other)
    assert (LabReport.objects.count(), WorkItem.objects.count()) == (1, 1)
    enter(doctor, patient, now, token="b" * 32)
    assert LabReport.objects.count() == 2


@pytest.mark.parametrize("values", [{"results": ()}, {"day": date(2026, 11, 25)}, {"day": date(1969, 1, 1)}])
def test_what_cannot_be_is_refused_and_nothing_is_kept(place, now, values):
    patient, _, doctor = place
    with pytest.raises(EntryNotUsable):
        enter(doctor, patient, now, **values)
    assert not LabReport.objects.exists()


def test_rows5_6_without_the_right_or_at_another_practice_nothing_is_kept(place, now):
    patient, practice, _ = place
    for missing in (StaffRight.PUBLISH_RESULTS, StaffRight.READ_RECORD):
        rights = [right for right in StaffRight if right is not missing]
        with pytest.raises(NotAllowed):
            enter(world.make_employee(practice, rights=rights), patient, now)
    with pytest.raises(NotAllowed):
        enter(world.make_employee(practice, role=StaffRole.MANAGER), patient, now)
    with pytest.raises(NotVisible):
        enter(world.make_employee(world.make_practice()), patient, now)
    assert not LabReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_row48_ten_presses_at_once_are_one_report(now):
    patient, practice = world.make_patient_with_open_record()
    doctor = world.make_employee(practice)
    start, found = threading.Barrier(10), []

    def press():
        try:
            start.wait()
            found.append(enter(doctor, patient, now).report_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), LabReport.objects.count(), LabResult.objects.count()) == (10, 1, 1, 1)
