"""A text that was typed in a session that ended is given back, to who typed it and nobody else (REQ 32; ux 8)."""

import pytest

from tests.factories import world
from zorgbalie.messaging.models import NoticePreference

pytestmark = pytest.mark.django_db
TEXT = "Mijn knie doet sinds gisteren veel pijn."
BY_HAND = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
OURS = {"Origin": "http://testserver"}


@pytest.fixture(params=["portal", "desk"])
def client(request, portal_client, desk_client):
    return portal_client if request.param == "portal" else desk_client


def send(client, headers, **values):
    client.get("/")
    return client.post("/vragen/1/", {"text": TEXT, **values}, headers=headers)


@pytest.mark.parametrize("headers", [BY_HAND, OURS], ids=["names where it comes from", "older browser"])
def test_ux8_what_was_typed_in_a_session_that_ended_stands_on_the_page(client, headers):
    answer = send(client, headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f"{TEXT}</textarea>" in page
    assert "Log in op een nieuw tabblad" in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "headers",
    [
        {**BY_HAND, "Sec-Fetch-Site": "cross-site"},
        {**BY_HAND, "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {},
        {**BY_HAND, "Sec-Fetch-Mode": "cors"},
        {**BY_HAND, "HX-Request": "true"},
    ],
    ids=["another site", "a sister site", "another origin", "says nothing", "a script", "htmx"],
)
def test_row24_words_of_another_site_or_of_a_script_never_stand_on_our_page(client, headers):
    answer = send(client, headers)
    assert TEXT not in answer.content.decode()
    assert answer.status_code in (302, 401)


def test_a_password_or_a_code_is_never_given_back(client):
    page = send(client, BY_HAND, password="een heel lang geheim woord", recovery_code="een twee drie vier vijf")
    assert "geheim" not in page.content.decode()
    assert "vier vijf" not in page.content.decode()


def test_a_form_without_sentences_leads_to_sign_in_as_ever(client):
    answer = client.post("/vragen/1/", {"text": "ja"}, headers=BY_HAND)
    assert answer.status_code == 302


def test_ux8_a_form_that_was_open_too_long_gives_its_text_back_and_does_nothing(portal_client):
    person, _practice = world.make_patient_with_open_record()
    portal_client.handler.enforce_csrf_checks = True
    portal_client.sign_in(person)
    answer = portal_client.post("/meldingen/", {"kinds": ["agreement"], "text": TEXT}, headers=BY_HAND)
    assert answer.status_code == 403
    assert f"{TEXT}</textarea>" in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_row26_a_hostile_text_stands_there_as_text(client):
    page = send(client, BY_HAND, more="</textarea><script>alert(1)</script> en meer").content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "<script>alert" not in page
