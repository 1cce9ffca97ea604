"""Pages of text messages and signs (REQ 31; R15; security rows 31, 63)."""

import pytest

from tests.factories import world
from tests.integrations.push.keys import ADDRESS, PEM
from tests.messaging.notices import work_off
from zorgbalie.messaging import codes
from zorgbalie.messaging.models import AddressCheck, Notice, NoticePreference, PushSubscription
from zorgbalie.people.models import Person

pytestmark = pytest.mark.django_db
PAGE, MOBILE, CODE, BROWSER = "/meldingen/", "/meldingen/mobiel/", "/meldingen/mobiel/code/", "/meldingen/apparaat/"


@pytest.fixture
def patient(portal_client, settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FOLDER = "folder", str(tmp_path)
    patient, _ = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    return patient


def test_row63_a_number_is_given_proved_chosen_and_taken_away(portal_client, patient):
    assert "Hoe wilt u het horen?" not in portal_client.get(PAGE).content.decode(), "with mail alone nothing to choose"
    assert portal_client.post(MOBILE, {"mobile": "06-12345678"})["Location"] == CODE
    work_off(Notice.objects.get())
    assert "06 12345678" in portal_client.get(CODE).content.decode()
    assert portal_client.post(CODE, {"code": "1"}).status_code == 422
    assert portal_client.post(CODE, {"code": codes.code_of(AddressCheck.objects.get())})["Location"] == PAGE
    page = portal_client.get(PAGE).content.decode()
    assert "Met een sms" in page
    assert "06 12345678" in page
    assert portal_client.post(PAGE, {"kinds": ["agreement"], "channels": ["sms"]}).status_code == 302
    assert set(NoticePreference.objects.filter(is_on=True).values_list("channel", flat=True)) == {"sms", "push"}
    assert portal_client.post("/meldingen/mobiel/weg/").status_code == 302
    assert Person.objects.get(pk=patient.pk).mobile == ""
    assert "Met een sms" not in portal_client.get(PAGE).content.decode()


def test_r15_kinds_without_a_way_come_back_with_the_problem_at_the_field(portal_client, patient):
    Person.objects.filter(pk=patient.pk).update(mobile="+31612345678")
    answer = portal_client.post(PAGE, {"kinds": ["agreement"]})
    assert answer.status_code == 422
    assert "Kies ook hoe wij u een bericht sturen." in answer.content.decode()
    assert portal_client.post(PAGE, {"kinds": ["agreement"], "channels": ["push"]}).status_code == 422
    assert portal_client.post(PAGE, {"kinds": ["agreement"], "channels": ["duif"]}).status_code == 422
    assert NoticePreference.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "020 624 1111", "abc", "06\x0012345678", "0" * 500])
def test_row32_a_wrong_number_is_explained_and_kept(portal_client, patient, typed):
    answer = portal_client.post(MOBILE, {"mobile": typed})
    assert answer.status_code in (200, 422)
    assert (AddressCheck.objects.count(), Notice.objects.count()) == (0, 0)


def test_r14_without_a_provider_there_is_no_page(portal_client, patient, settings):
    settings.SMS_BACKEND = "none"
    assert portal_client.get(MOBILE).status_code == 404
    assert portal_client.post(MOBILE, {"mobile": "0612345678"}).status_code == 404
    assert "mobiele nummer" not in portal_client.get(PAGE).content.decode()


def test_a_browser_is_switched_on_by_its_script_and_off_by_a_button(portal_client, patient, settings):
    assert "data-push=" not in portal_client.get(PAGE).content.decode(), "no key, no offer"
    settings.PUSH_PRIVATE_KEY = PEM
    page = portal_client.get(PAGE).content.decode()
    assert "data-push=" in page
    assert "push-worker.js" in page
    assert portal_client.post(BROWSER, {"address": ADDRESS, "device": "Firefox"}).status_code == 200
    assert "Firefox" in portal_client.get(PAGE).content.decode()
    device = PushSubscription.objects.get()
    assert portal_client.post(f"{BROWSER}{device.pk}/weg/").status_code == 302
    assert PushSubscription.objects.count() == 0


@pytest.mark.parametrize(
    "body", [{}, {"address": "https://127.0.0.1/"}, {"address": ADDRESS}, {"address": "x" * 5000, "device": "x"}]
)
def test_row31_what_is_no_push_service_is_refused(portal_client, patient, settings, body):
    settings.PUSH_PRIVATE_KEY = PEM
    answer = portal_client.post(BROWSER, body)
    assert answer.status_code == 422
    assert answer.json()["said"]
    assert PushSubscription.objects.count() == 0


def test_anonymous_is_sent_to_sign_in(portal_client, settings):
    for path in (MOBILE, CODE):
        assert portal_client.get(path).status_code == 302
    for path in (BROWSER, f"{BROWSER}1/weg/", "/meldingen/mobiel/weg/"):
        assert portal_client.post(path).status_code == 302
