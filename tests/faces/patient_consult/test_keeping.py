"""A question is stored while it is typed, so that another device goes on with it (REQ 32; ux 8)."""

import pytest

from tests.faces.patient_consult.test_pages import Portal
from tests.factories import world
from zorgbalie.consult.models import Consult

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_ux8_what_is_typed_is_on_the_server_before_any_button_is_pressed(portal):
    draft = portal.begin()
    portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    answer = portal.client.post(f"{draft}vraag/onderweg/", {"text": "Mijn knie doet"})
    assert "Uw tekst is bewaard" in answer.content.decode()
    assert Consult.objects.get().draft_text == "Mijn knie doet"
    assert "Mijn knie doet</textarea>" in portal.text(f"{draft}vraag/")


def test_a_first_text_goes_on_to_photos_and_a_correction_back_to_the_check(portal):
    draft = portal.begin()
    portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    portal.client.post(f"{draft}waarover/", {"subject": "Knie"})
    portal.client.post(f"{draft}vraag/onderweg/", {"text": "Mijn knie"})
    assert portal.client.post(f"{draft}vraag/", {"text": "Mijn knie"})["Location"] == f"{draft}bestanden/"
    assert f"{draft}vraag/?wijzig=1" in portal.text(f"{draft}controleer/")
    assert portal.client.post(f"{draft}vraag/?wijzig=1", {"text": "Anders"})["Location"] == f"{draft}controleer/"


@pytest.mark.parametrize("text", ["", "   ", "x" * 9000, "nul\x00"])
def test_row32_what_cannot_be_stored_is_left_alone_and_says_nothing(portal, text):
    draft = portal.fill()
    answer = portal.client.post(f"{draft}vraag/onderweg/", {"text": text})
    assert answer.status_code == 200
    assert "bewaard" not in answer.content.decode().replace('id="bewaard"', "")
    assert Consult.objects.get().draft_text == "Mag ik sporten?"


def test_row1_the_draft_of_another_or_one_that_was_sent_takes_nothing(portal):
    draft = portal.fill()
    portal.press_send(draft)
    assert portal.client.post(f"{draft}vraag/onderweg/", {"text": "Te laat"}).status_code == 404
    other = portal.fill()
    stranger = world.make_person()
    world.enrol(stranger, portal.practice, portal.account)
    portal.client.sign_in(stranger)
    assert portal.client.post(f"{other}vraag/onderweg/", {"text": "Van mij"}).status_code == 404
    assert Consult.objects.filter(draft_text="Van mij").count() == 0


def test_row48_of_two_devices_neither_text_is_lost_in_silence(portal):
    draft = portal.fill()
    portal.client.post(f"{draft}vraag/", {"text": "Oud"})
    seen = portal.text(f"{draft}vraag/").split('name="seen" id="id_seen" value="')[1].split('"')[0]
    kept = portal.client.post(f"{draft}vraag/onderweg/", {"text": "Op de telefoon", "seen": seen}).content.decode()
    mark = kept.split('value="')[1].split('"')[0]
    assert (
        "Op een ander apparaat"
        in portal.client.post(f"{draft}vraag/onderweg/", {"text": "Op de computer", "seen": seen}).content.decode()
    )
    both = portal.client.post(f"{draft}vraag/", {"text": "Op de computer", "seen": seen})
    page = both.content.decode()
    assert both.status_code == 422
    assert "Op de telefoon" in page
    assert "Op de computer</textarea>" in page
    assert Consult.objects.get().draft_text == "Op de telefoon"
    assert f'value="{mark}"' in page, "who has seen both decides"
    assert portal.client.post(f"{draft}vraag/", {"text": "Op de computer", "seen": mark}).status_code == 302
    assert Consult.objects.get().draft_text == "Op de computer"
