"""The practice begins a message, plans a follow-up and writes to a group; the patient reads and replies (REQ 33, 34).

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_the_practice_writes_and_the_patient_replies(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    subject = f"Uw vraag van gisteren ({script})"
    _begin(demo, window, subject)
    _read_and_reply(demo, window, subject)


def _begin(demo, window, subject):
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/patienten/?q=Pieter")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="Stuur een bericht").click()
        page.get_by_label("Waar gaat het bericht over?").fill(subject)
        page.locator("#id_text").fill("{aanhef}, hoe gaat het met uw knie?")
        page.get_by_role("button", name=re.compile("Voorbeeld bijwerken")).click()
        page.locator("#voorbeeld").get_by_text(re.compile(r"Beste .*, hoe gaat het met uw knie\?")).wait_for()
        page.get_by_role("button", name="Verstuur naar de patiënt").click()
        text = page.inner_text("main")
        assert "Het bericht is verstuurd." in page.inner_text("body")
        assert "nog niet gelezen" in text
        page.get_by_text("Later vragen hoe het gaat").click()
        page.get_by_role("link", name="Plan: hoe gaat het over 2 weken?").click()
        page.get_by_role("button", name="Plan de vraag").click()
        assert "vraagt het portaal hoe het gaat" in page.inner_text("main")


def _read_and_reply(demo, window, subject):
    with demo.page(**window) as page:
        demo.patient(page, "Pieter")
        page.get_by_role("link", name="Lees het bericht van uw praktijk").first.click()
        text = page.inner_text("main")
        assert subject in text
        assert "hoe gaat het met uw knie?" in text
        assert re.search(r"We vragen u op \d+ \w+ \d{4} hoe het gaat", text)
        page.get_by_label("Wilt u nog iets schrijven?").fill("Al veel beter")
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        text = page.inner_text("main")
        assert "Al veel beter" in text
        assert "We vragen u op" not in text, "who wrote is not asked any more"


def test_a_message_to_a_group_is_searched_previewed_and_confirmed(demo):
    with demo.page(viewport=DESKTOP) as page:
        demo.employee(page, DOCTOR)
        page.get_by_role("link", name="Bericht aan een groep").click()
        page.get_by_role("link", name="Nieuw bericht").click()
        page.get_by_label("Naam van deze selectie").fill("Griepprik")
        page.get_by_label("Leeftijd vanaf").fill("18")
        page.get_by_role("button", name="Zoek patiënten").click()
        page.get_by_role("link", name="Schrijf het bericht").wait_for(timeout=60_000)
        page.get_by_role("link", name="Schrijf het bericht").click()
        page.get_by_label("Waar gaat het bericht over?").fill("Griepprik")
        page.locator("#id_text").fill("{aanhef}, u kunt de griepprik halen.")
        page.get_by_role("button", name="Bewaar en bekijk wat iedereen krijgt").click()
        lead = page.inner_text("main .zb-lead")
        count = re.search(r"Bericht 1 van (\d+)", lead).group(1)
        page.get_by_role("link", name="Verder naar versturen").click()
        page.get_by_label("Vul in hoeveel patiënten dit bericht krijgen").fill("999")
        page.get_by_role("button", name="Verstuur naar alle gekozen patiënten").click()
        assert "Dat klopt niet" in page.inner_text("main")
        page.get_by_label("Vul in hoeveel patiënten dit bericht krijgen").fill(count)
        page.get_by_role("button", name="Verstuur naar alle gekozen patiënten").click()
        page.get_by_text("patiënten kregen dit bericht").wait_for(timeout=60_000)
        page.goto(page.url)
        page.get_by_role("link", name="Wie las het nog niet?").click()
        assert "nog niet" in page.inner_text("main")
