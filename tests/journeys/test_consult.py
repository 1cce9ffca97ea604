"""A question about a result, its answer and a follow-up, through both faces (REQ 28, 30, 32, 42, 48; R17; ux 13, 30).

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_a_question_about_a_result_is_answered(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    words = f"Moet ik anders eten ({script})?"
    _ask(demo, window, words)
    _answer(demo, window, words)
    _read_and_write_again(demo, window, words)


def _ask(demo, window, words):
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/uitslagen/onderzoek/")
        page.locator(".zb-todo__link").first.click()
        page.get_by_role("link", name="Stel een vraag over deze uitslag").click()
        assert "Bel 112 bij:" in page.inner_text("main")
        page.get_by_role("button", name="Verder").click()
        assert page.get_by_role("checkbox").get_attribute("aria-invalid") == "true", "nobody passes unread (R17)"
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("radio", name=re.compile("Assistente")).check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("button", name="Verder zonder foto's of bestanden").click()
        assert re.search(r"Uitslag van \d+ \w+ \d{4}", page.inner_text("main")), "the result goes along (ux 30)"
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert "Antwoord uiterlijk" in page.inner_text("main")


def _answer(demo, window, words):
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        page.goto(f"{demo.desk}/vragen/?q=eten")
        for link in [one.get_attribute("href") for one in page.locator("tbody a").all()]:
            page.goto(f"{demo.desk}{link}")
            if words in page.inner_text("main"):
                break
        assert words in page.inner_text("main")
        page.locator("#id_answer").fill("Dat hoeft niet.")
        page.get_by_text("Schrijf een interne notitie").click()
        page.get_by_label("Nieuwe notitie").fill("Kort overlegd met de dokter")
        page.get_by_role("button", name="Bewaar de notitie").click()
        assert page.locator("#id_answer").input_value() == "Dat hoeft niet.", "nothing typed is lost"
        page.get_by_role("button", name=re.compile("Versturen")).click()
        page.get_by_role("button", name="Toch versturen").click()
        assert "Uw antwoord is verstuurd" in page.inner_text("main")


def _read_and_write_again(demo, window, words):
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.get_by_role("link", name="Lees het antwoord op uw vraag").first.click()
        text = page.inner_text("main")
        assert "Dat hoeft niet." in text
        assert "Kort overlegd" not in page.content(), "a note is for colleagues alone"
        page.get_by_label("Wilt u nog iets schrijven?").fill("Dank u wel")
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert "Dank u wel" in page.inner_text("main")
        page.goto(f"{demo.portal}/vragen/")
        row = page.locator(".zb-consult__row").first
        assert "verstuurd" in row.inner_text()
