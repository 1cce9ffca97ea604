"""Each condition of the gate by itself, without the second wall to catch what it lets through (row 11; R7, R14).

The tests run as the owner of the tables, so only the gate's own facts and queries decide.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import world
from zorgbalie.access import facts as facts_of
from zorgbalie.access.actions import agreements
from zorgbalie.access.models import Agreement
from zorgbalie.access.policy import TABLE, Facts, Need, audience_of
from zorgbalie.access.queries import agreements as agreement_queries
from zorgbalie.access.queries import emergency as emergency_queries
from zorgbalie.access.types import AgreementChanged, Audience, DataKind, Use
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.models import Enrolment
from zorgbalie.practice.types import PracticeKind

pytestmark = pytest.mark.django_db

_ALWAYS = {
    Audience.PATIENT: {Need.LEVEL},
    Audience.CHILD_12_TO_15: {Need.LEVEL},
    Audience.PARENT_UNDER_12: {Need.LEVEL, Need.NOT_CLOSED},
    Audience.PARENT_12_TO_15: {Need.LEVEL, Need.NOT_CLOSED, Need.CHILD_CONSENT},
    Audience.HELPER: {Need.LEVEL, Need.NOT_CLOSED},
    Audience.OTHER_PRACTICE: {Need.EMERGENCY, Need.RIGHT_EMERGENCY},
}
_OWN_STAFF = (
    Audience.OWN_GP, Audience.LOCUM, Audience.NURSE, Audience.ASSISTANT, Audience.PHARMACY, Audience.MANAGER,
)  # fmt: skip
_STAFF_RIGHT = {
    (DataKind.FULL_RECORD, Use.READ): Need.RIGHT_READ,
    (DataKind.FULL_RECORD, Use.CHANGE): Need.RIGHT_READ,
    (DataKind.MEDICATION, Use.READ): Need.RIGHT_READ,
    (DataKind.ALLERGIES, Use.READ): Need.RIGHT_READ,
    (DataKind.RESULT_WISHES, Use.READ): Need.RIGHT_PUBLISH,
    (DataKind.RELEASE, Use.READ): Need.RIGHT_RELEASE,
    (DataKind.RELEASE, Use.CHANGE): Need.RIGHT_RELEASE,
    (DataKind.DOCUMENTS, Use.READ): Need.RIGHT_READ,
    (DataKind.DOCUMENTS, Use.CHANGE): Need.RIGHT_PUBLISH,
    (DataKind.RECORD_COPY, Use.READ): Need.RIGHT_COPY,
    (DataKind.WORK_NOTES, Use.READ): Need.RIGHT_NOTES,
    (DataKind.WORK_NOTES, Use.CHANGE): Need.RIGHT_NOTES,
    (DataKind.CONSULTS, Use.READ): Need.RIGHT_CONSULTS,
    (DataKind.CONSULTS, Use.CHANGE): Need.RIGHT_CONSULTS,
    (DataKind.JOURNAL, Use.CHANGE): Need.RIGHT_JOURNAL,
    (DataKind.CONTACT_TIME, Use.READ): Need.RIGHT_CONSULTS,
    (DataKind.CONTACT_TIME, Use.CHANGE): Need.RIGHT_CONSULTS,
    (DataKind.DECLARATIONS, Use.READ): Need.RIGHT_BILL,
    (DataKind.DECLARATIONS, Use.CHANGE): Need.RIGHT_BILL,
    (DataKind.APPOINTMENTS, Use.READ): Need.RIGHT_BOOK,
    (DataKind.APPOINTMENTS, Use.CHANGE): Need.RIGHT_BOOK,
    (DataKind.CORRECTIONS, Use.READ): Need.RIGHT_READ,
    (DataKind.CORRECTIONS, Use.CHANGE): Need.RIGHT_RELEASE,
    (DataKind.ACTION_NOTES, Use.READ): Need.RIGHT_READ,
    (DataKind.ACTION_NOTES, Use.CHANGE): Need.RIGHT_READ,
    (DataKind.PROFILE, Use.CHANGE): Need.RIGHT_INVITE,
    (DataKind.INVITATION, Use.CHANGE): Need.RIGHT_INVITE,
    (DataKind.AGREEMENT, Use.CHANGE): Need.RIGHT_SIGN,
    (DataKind.ACCESS_LOG, Use.READ): Need.RIGHT_LOG,
}
_CHANGED_WHEN_ENROLLED = (DataKind.AGREEMENT, DataKind.RELEASE, DataKind.CORRECTIONS)


@pytest.mark.parametrize("cell", TABLE)
def test_rows_6_14_each_cell_keeps_the_conditions_of_its_column(cell):
    """Written apart from the table, so that a row cannot lose one unnoticed."""
    kind, use, audience = cell
    wanted = set(_ALWAYS.get(audience, set()))
    if audience in _OWN_STAFF:
        wanted |= {Need.ENROLLED, _STAFF_RIGHT.get((kind, use), Need.ENROLLED)}
    if Need.LEVEL in wanted and use is Use.CHANGE and kind in _CHANGED_WHEN_ENROLLED:
        wanted.add(Need.ENROLLED)
    if Need.LEVEL in wanted and (kind, use) == (DataKind.RELEASE, Use.CHANGE):
        wanted.add(Need.AGREEMENT)
    if Need.LEVEL in wanted and kind is DataKind.RESULT_WISHES:
        wanted |= {Need.ENROLLED, Need.GP_PRACTICE}
    assert wanted <= set(TABLE[cell].needs)


def test_row_12_staff_of_the_own_practice_count_as_strangers_once_the_enrolment_ended():
    employee = world.viewer_of_employee(world.make_employee(world.make_practice()))
    facts = Facts(today=date(2026, 11, 24), at_own_practice=True, enrolled=False, emergency=True)
    assert audience_of(viewer=employee, facts=facts) is Audience.OTHER_PRACTICE


@pytest.fixture
def patient():
    return world.make_patient_with_open_record()


def collect(viewer, person, practice, now):
    with unit_of_work(viewer):
        return facts_of.collect(viewer=viewer, patient_id=person.pk, practice_id=practice.pk, now=now)


def own_facts(person, practice, now):
    return collect(world.viewer_of_patient(person), person, practice, now)


def test_with_everything_in_order_all_facts_are_open(patient, now):
    facts = own_facts(*patient, now)
    assert (facts.enrolled, facts.agreement_signed, facts.released) == (True, True, True)


@pytest.mark.parametrize("missing", ["patient_signed_at", "practice_signed_at"])
def test_r7_one_signature_is_no_agreement(patient, now, missing):
    Agreement.objects.update(**{missing: None})
    assert not own_facts(*patient, now).agreement_signed


def test_r7_agreement_and_release_hold_for_one_practice_alone(patient, now):
    person, _ = patient
    pharmacy = world.make_practice(PracticeKind.PHARMACY)
    world.enrol(person, pharmacy, world.make_account(pharmacy))
    facts = own_facts(person, pharmacy, now)
    assert (facts.enrolled, facts.agreement_signed, facts.released) == (True, False, False)


def test_row_13_an_ended_enrolment_is_none(patient, now):
    Enrolment.objects.update(ended_at=now - timedelta(minutes=1))
    facts = own_facts(*patient, now)
    assert (facts.enrolled, facts.facilities, facts.online_access) == (False, frozenset(), "")


def test_row_12_emergency_access_is_of_one_employee_for_one_patient(patient, now):
    person, practice = patient
    elsewhere = world.make_practice()
    employee, colleague = world.make_employee(elsewhere), world.make_employee(elsewhere)
    world.start_emergency(employee, person)
    other, _ = world.make_patient_with_open_record(practice)
    assert collect(world.viewer_of_employee(employee), person, practice, now).emergency
    assert not collect(world.viewer_of_employee(colleague), person, practice, now).emergency
    assert not collect(world.viewer_of_employee(employee), other, practice, now).emergency


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ({}, True),
        ({"ends_on": date(2026, 11, 24)}, True),
        ({"ends_on": date(2026, 11, 23)}, False),
        ({"starts_on": date(2026, 11, 25)}, False),
    ],
)
def test_row_14_representation_runs_from_its_first_to_its_last_day(values, runs):
    helper, person = world.make_person(), world.make_person()
    world.represent(helper, person, "helper", **values)
    today = date(2026, 11, 24)
    one = people.find_representation(representative_id=helper.pk, patient_id=person.pk, today=today)
    all_of_them = people.list_represented(representative_id=helper.pk, today=today)
    assert (one is not None, person.pk in all_of_them) == (runs, runs)


@pytest.mark.parametrize(
    "values", [{"ends_on": date(2026, 11, 23)}, {"starts_on": date(2026, 11, 25)}, {"user__is_active": False}]
)
def test_row_13_who_left_is_not_there_yet_or_is_switched_off_works_nowhere(values):
    is_active = values.pop("user__is_active", True)
    employee = world.make_employee(world.make_practice(), user=world.make_user(is_active=is_active), **values)
    assert practices.list_employments(user_id=employee.user_id, today=date(2026, 11, 24)) == []


def test_row_5_rows_of_another_practice_are_not_found_by_their_number(patient):
    person, practice = patient
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with pytest.raises(NotVisible):
        agreement_queries.find_row(viewer=stranger, agreement_id=Agreement.objects.get(person=person).pk)
    access = world.start_emergency(world.make_employee(practice, rights=[StaffRight.EMERGENCY_ACCESS]), person)
    with pytest.raises(NotVisible):
        emergency_queries.find_practice_row(viewer=stranger, emergency_id=access.pk)
    with pytest.raises(NotVisible):
        emergency_queries.find_own_row(viewer=stranger, emergency_id=access.pk)


def test_r7_the_signature_of_the_practice_is_not_taken_over_to_another_text(patient, now, monkeypatch):
    """The practice signs between the reading and the signing of the patient: who is second reads again."""
    person, practice = patient
    text, newer = world.make_agreement_text(), world.make_agreement_text()
    Agreement.objects.update(text=text, patient_signed_at=None, patient_signer=None, practice_signed_at=None)
    world.invite(person, practice, world.make_employee(practice), accepted_at=now)

    def practice_signs_meanwhile(row):
        Agreement.objects.filter(pk=row.pk).update(text=text, practice_signed_at=datetime(2026, 11, 24, tzinfo=UTC))
        return newer

    monkeypatch.setattr(agreements, "offered_text", practice_signs_meanwhile)
    viewer = world.viewer_of_patient(person)
    with pytest.raises(AgreementChanged), unit_of_work(viewer):
        agreements.sign_for_patient(viewer=viewer, practice_id=practice.pk, text_id=newer.pk, now=now)
    assert Agreement.objects.get(person=person).patient_signed_at is None
