"""Choosing notices and changing the address, page by page (R15; ux 39; security row 63)."""

import pytest
from django.urls import reverse

from tests.factories import world
from tests.messaging.notices import work_off
from zorgbalie.messaging import codes
from zorgbalie.messaging.models import AddressCheck, Notice, NoticePreference
from zorgbalie.people.models import Person

pytestmark = pytest.mark.django_db
PAGE, ADDRESS, CODE = "/meldingen/", "/meldingen/adres/", "/meldingen/adres/code/"


@pytest.fixture
def patient(portal_client):
    patient, _ = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    return patient


def test_r15_nothing_is_ticked_at_the_first_visit_and_a_choice_is_kept(portal_client, patient):
    first = portal_client.get(PAGE).content.decode()
    assert first.count("checked") == 1, "the language that is written in now; no kind of notice"
    assert "tot u hier kiest" in first
    answer = portal_client.post(PAGE, {"kinds": ["agreement"]})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert portal_client.get(PAGE).content.decode().count("checked") == 2
    assert NoticePreference.objects.get(person=patient, is_on=True, channel="email").kind == "agreement"


def test_language_of_mails_is_the_patients_choice_and_stays_when_not_sent(portal_client, patient):
    portal_client.post(PAGE, {"kinds": ["agreement"], "language": "en"})
    assert Person.objects.get(pk=patient.pk).language == "en"
    portal_client.post(PAGE, {"kinds": ["agreement"]})
    assert Person.objects.get(pk=patient.pk).language == "en"
    assert portal_client.post(PAGE, {"kinds": [], "language": "xx"}).status_code == 422


def test_row_7_kinds_that_need_no_consent_cannot_be_posted(portal_client, patient):
    assert portal_client.post(PAGE, {"kinds": ["invitation"]}).status_code == 422
    assert NoticePreference.objects.count() == 0


def test_row_63_address_is_changed_after_the_code_that_arrives_in_the_demo_mailbox(
    portal_client, patient, settings, tmp_path
):
    settings.MAIL_BACKEND, settings.MAIL_FOLDER = "folder", str(tmp_path)
    assert portal_client.post(ADDRESS, {"email": "nieuw@post.example"})["Location"] == CODE
    work_off(Notice.objects.get())
    code = codes.code_of(AddressCheck.objects.get())
    mailbox = portal_client.get(reverse("entry_demo_mail")).content.decode()
    assert code in mailbox
    assert "Dit is een demonstratie" in mailbox
    wrong = portal_client.post(CODE, {"code": "000000" if code != "000000" else "111111"})
    assert (wrong.status_code, AddressCheck.objects.get().attempts) == (422, 1)
    assert "nieuw@post.example" in wrong.content.decode()
    assert portal_client.post(CODE, {"code": code})["Location"] == PAGE
    assert Person.objects.get(pk=patient.pk).email == "nieuw@post.example"
    assert "nieuw@post.example" in portal_client.get(PAGE).content.decode()


def test_code_page_without_a_code_asked_leads_to_the_address(portal_client, patient):
    assert portal_client.get(CODE)["Location"] == ADDRESS


@pytest.mark.parametrize("email", ["", "geen adres", "a@b\r\nBcc: c@d.example", "a" * 300 + "@post.example"])
def test_row_32_bad_address_is_explained(portal_client, patient, email):
    assert portal_client.post(ADDRESS, {"email": email}).status_code in (200, 422)
    assert (AddressCheck.objects.count(), Notice.objects.count()) == (0, 0)


def test_too_many_codes_are_explained(portal_client, patient):
    for _ in range(5):
        portal_client.post(ADDRESS, {"email": "nieuw@post.example"})
    answer = portal_client.post(ADDRESS, {"email": "nieuw@post.example"})
    assert "te vaak een code" in answer.content.decode()
    assert AddressCheck.objects.count() == 5


def test_patient_without_address_is_asked_for_one(portal_client):
    patient, _ = world.make_patient_with_open_record(email="", email_verified_at=None)
    portal_client.sign_in(patient)
    assert "Geef uw e-mailadres" in portal_client.get(PAGE).content.decode()


def test_anonymous_is_sent_to_sign_in(portal_client):
    for page in (PAGE, ADDRESS, CODE):
        assert portal_client.get(page).status_code == 302
        assert portal_client.post(page).status_code == 302


@pytest.mark.parametrize(
    ("email", "words"), [("", "Vul uw e-mailadres in."), ("jan", "Het moet er zo uitzien: naam@voorbeeld.nl.")]
)
def test_ux19_a_wrong_address_is_explained_with_an_example(portal_client, patient, email, words):
    answer = portal_client.post(ADDRESS, {"email": email})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_row_33_a_body_that_is_too_large_is_413(portal_client, patient, settings):
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert portal_client.post(ADDRESS, {"email": "x" * (size + 1)}).status_code == 413
    kind = "application/x-www-form-urlencoded"
    assert portal_client.post(ADDRESS, "email=" + "x" * size, content_type=kind).status_code == 413
