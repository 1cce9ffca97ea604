"""Emergency access, page by page, from the reason to the review (security row 12)."""

import re

import pytest

from tests.factories import world
from zorgbalie.access.models import EmergencyAccess
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
PAGE, REVIEWS = "/toegangslog/noodtoegang/", "/toegangslog/noodtoegang/beoordelen/"
REASON = "Bewusteloos binnengebracht"


@pytest.fixture
def patient():
    patient, practice = world.make_patient_with_open_record()
    world.make_episode(patient, practice, title="Canarieziekte")
    return patient


@pytest.fixture
def elsewhere():
    return world.make_practice()


@pytest.fixture
def doctor(desk_client, elsewhere):
    doctor = world.make_employee(elsewhere, name="Dokter Haast")
    desk_client.sign_in(doctor)
    return doctor


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _start(client, patient):
    return client.post(PAGE, {"bsn": patient.bsn, "reason": REASON})


def test_row_12_record_opens_after_a_reason_and_closes_when_stopped(desk_client, patient, doctor):
    record = f"/dossier/{patient.pk}/"
    assert desk_client.get(record).status_code == 404
    started = _start(desk_client, patient)
    assert started.status_code == 302
    assert patient.bsn not in started["Location"]
    running = desk_client.get(started["Location"])
    assert patient.family_name in _text(running)
    assert record in running.content.decode()
    assert "Canarieziekte" in _text(desk_client.get(record, {"deel": "episodes"}))
    assert AuditEvent.objects.filter(event="record.read", emergency=True, patient_id=patient.pk).exists()
    desk_client.post(f"{started['Location']}stoppen/")
    assert desk_client.get(record).status_code == 404
    assert "voorbij" in _text(desk_client.get(started["Location"]))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"reason": "te kort"}, "ten minste 10 tekens"),
        ({"bsn": "123456789"}, "geen geldig BSN"),
        ({"bsn": ""}, "BSN van de patiënt"),
        ({"bsn": "999\x00"}, "BSN van de patiënt"),
    ],
)
def test_mistakes_are_explained_and_open_nothing(desk_client, patient, doctor, values, message):
    answer = desk_client.post(PAGE, {"bsn": patient.bsn, "reason": REASON, **values})
    assert answer.status_code == 422
    assert message in _text(answer)
    assert EmergencyAccess.objects.count() == 0


def test_unknown_bsn_is_told_and_logged(desk_client, doctor):
    answer = desk_client.post(PAGE, {"bsn": world.make_bsn(), "reason": REASON})
    assert "vinden wij niemand" in _text(answer)
    assert AuditEvent.objects.filter(event="emergency.searched").count() == 1


def test_right_is_required_and_get_starts_nothing(desk_client, patient, doctor, elsewhere):
    desk_client.get(PAGE, {"bsn": patient.bsn, "reason": REASON})
    assert EmergencyAccess.objects.count() == 0
    desk_client.sign_in(world.make_employee(elsewhere, rights=[StaffRight.READ_RECORD]))
    assert desk_client.get(PAGE).status_code == 403
    assert _start(desk_client, patient).status_code == 403


def test_pages_of_one_access_are_for_its_employee_and_the_managers_of_that_practice(
    desk_client, patient, doctor, elsewhere
):
    running = _start(desk_client, patient)["Location"]
    number = EmergencyAccess.objects.get().pk
    desk_client.sign_in(world.make_employee(elsewhere, rights=[StaffRight.EMERGENCY_ACCESS]))
    assert desk_client.get(running).status_code == 404
    assert desk_client.post(f"{running}stoppen/").status_code == 404
    assert desk_client.get(REVIEWS).status_code == 403
    assert desk_client.get(f"{REVIEWS}{number}/").status_code == 403
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert desk_client.get(f"{REVIEWS}{number}/").status_code == 404
    assert patient.family_name not in _text(desk_client.get(REVIEWS))


def test_row_12_manager_reviews_what_was_looked_at(desk_client, patient, doctor, elsewhere):
    running = _start(desk_client, patient)["Location"]
    desk_client.get(f"/dossier/{patient.pk}/")
    desk_client.post(f"{running}stoppen/")
    number = EmergencyAccess.objects.get().pk
    page = f"{REVIEWS}{number}/"
    assert "eigen noodtoegang" in _text(desk_client.get(page))
    desk_client.sign_in(world.make_employee(elsewhere, name="Manager Mol", rights=[StaffRight.MANAGE_PRACTICE]))
    listed = _text(desk_client.get(REVIEWS))
    assert patient.family_name in listed
    assert "te beoordelen" in listed
    shown = _text(desk_client.get(page))
    assert "record.read" in shown
    assert REASON in shown
    assert desk_client.post(page, {"note": ""}).status_code == 422
    assert desk_client.post(page, {"note": "Terecht, besproken."}).status_code == 302
    again = desk_client.post(page, {"note": "Nog een keer."})
    assert "al beoordeeld" in _text(again)
    assert EmergencyAccess.objects.get().review_note == "Terecht, besproken."
    assert "Manager Mol" in _text(desk_client.get(page))


def test_number_of_queries_of_the_list_is_the_same_for_1_and_30_rows(desk_client, doctor, elsewhere):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries_with(how_many: int) -> int:
        for _ in range(how_many):
            world.start_emergency(doctor, world.make_person(), started_at=current_moment())
        with CaptureQueriesContext(connection) as counted:
            desk_client.get(REVIEWS)
        return len(counted)

    desk_client.get(REVIEWS)
    assert queries_with(1) == queries_with(29) <= 20
