"""The inbox of questions at the desk (REQ 41, 42; ux 46 to 49): by keyboard alone, and without script."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
ASSISTANT, DOCTOR = "assistente@linde.example", "dewit@linde.example"


def test_from_the_list_to_an_answer_with_the_keyboard_alone(demo):
    with demo.page(viewport=DESKTOP) as page, demo.page(viewport=DESKTOP, dark=True) as other:
        demo.employee(page, ASSISTANT)
        demo.employee(other, DOCTOR)
        page.goto(f"{demo.desk}/vragen/")
        page.keyboard.press("/")
        page.keyboard.type("metformine")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q=metformine"))
        assert page.locator("tbody tr").count() == 1
        page.keyboard.press("j")
        page.keyboard.press("u")
        page.get_by_text("Deze vraag staat nu als spoed bovenaan.").wait_for()
        assert page.evaluate("document.activeElement.closest('tr') !== null"), "one goes on where one was"
        page.keyboard.press("a")
        assert page.evaluate("document.activeElement.name") == "account"
        page.keyboard.press("Enter")
        page.get_by_text("De vraag staat nu op de werklijst van").wait_for()
        page.keyboard.press("o")
        page.wait_for_url(re.compile(r"/vragen/\d+/\d+/$"))
        other.goto(page.url)
        other.get_by_text("Samira Bakker leest dit nu").wait_for()
        page.keyboard.press("?")
        assert page.get_by_text("standaardantwoord kiezen").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.keyboard.type("Neem een paracetamol en bel bij koorts. j k u e")
        other.get_by_text("Samira Bakker typt een antwoord").wait_for(timeout=30_000)
        other.locator("#id_answer").fill("Ik antwoord ook.")
        other.get_by_role("button", name=re.compile("Versturen")).click()
        assert "nog niet afgevinkt" in other.inner_text("main")
        other.get_by_role("button", name="Toch versturen").click()
        assert "Een collega typt ook een antwoord" in other.inner_text("main")
        page.get_by_role("button", name=re.compile("Versturen")).focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Toch versturen").click()
        page.get_by_text("Uw antwoord is verstuurd").wait_for()
        assert re.search(r"/vragen/\d+/\d+/$", page.url), "closing is a second act, on the same page"
        other.get_by_role("button", name="Verstuur mijn antwoord toch").click()
        assert "Samira Bakker heeft hier net iets gewijzigd" in other.inner_text("main")
        assert other.locator("#id_answer").input_value() == "Ik antwoord ook.", "nothing typed is lost"


def test_keys_can_be_switched_off(demo):
    with demo.page(viewport=DESKTOP) as page:
        demo.employee(page, ASSISTANT)
        page.goto(f"{demo.desk}/vragen/")
        page.get_by_text("Toetsen", exact=True).click()
        page.get_by_label("Toetsen staan aan").uncheck()
        page.locator("h1").click()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('tr')") is None


def test_without_script_on_a_phone(demo):
    with demo.page(viewport=PHONE, script=False, dark=True) as page:
        demo.employee(page, ASSISTANT)
        page.goto(f"{demo.desk}/vragen/")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        row = page.locator("tbody tr").filter(has_text="Reisvaccinatie")
        row.get_by_role("button", name=re.compile("^Spoed")).click()
        row.get_by_role("button", name=re.compile("^Geen spoed")).wait_for()
        row.locator("summary").click()
        row.get_by_role("button", name="dr. S. Yilmaz", exact=True).click()
        assert "De vraag staat nu op de werklijst van dr. S. Yilmaz" in page.inner_text("main")
        row.get_by_role("link", name=re.compile("Beantwoord")).click()
        page.locator("#id_answer").fill("Maak daarvoor een afspraak.")
        page.get_by_role("button", name=re.compile("Versturen")).click()
        page.get_by_role("button", name="Toch versturen").click()
        assert "Uw antwoord is verstuurd" in page.inner_text("main")
        page.goto(f"{demo.desk}/vragen/?stand=beantwoord&q=reisvaccinatie")
        assert page.locator("tbody tr").count() == 1
