"""A question by reason through both faces (REQ 28, 30; ux 1 to 9, 41): once to the GP practice, once to the pharmacy.

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
SCRIPT = {"script": True, "viewport": DESKTOP, "dark": False}
PLAIN = {"script": False, "viewport": PHONE, "dark": True}
ASSISTANT, PHARMACIST = "assistente@linde.example", "apotheker@vijzel.example"


def test_a_question_by_reason_reaches_the_practice_with_its_answers(demo):
    with demo.page(**SCRIPT) as page:
        demo.patient(page, "Noor")
        _begin(page, demo, "Huisartsenpraktijk De Linde", "De praktijk", "Hoesten of keelpijn")
        _type(page, "3 dagen (script)")
        page.get_by_role("checkbox", name="slijm").check()
        _further(page)
        page.get_by_role("checkbox", name="Weet ik niet").check()
        _further(page)
        page.get_by_role("radio", name="Nee").check()
        _further(page)
        _further(page)
        assert "Misschien helpt dit al" in page.inner_text("main")
        page.get_by_role("link", name="Verder met mijn vraag").click()
        _type(page, "Moet ik langskomen?")
        assert "Niet ingevuld" in page.inner_text("main")
        page.get_by_role("link", name=re.compile("Wijzig.*Hoe lang")).click()
        _type(page, "4 dagen (script)")
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert "Antwoord uiterlijk" in page.inner_text("main")
    with demo.page(**SCRIPT) as page:
        demo.employee(page, ASSISTANT)
        text = _find(page, demo, "Moet ik langskomen?")
        assert text.index("4 dagen (script)") < text.index("Moet ik langskomen?")


def test_without_script_a_question_goes_to_the_pharmacy_and_comes_back(demo):
    with demo.page(**PLAIN) as page:
        demo.patient(page, "Noor")
        _begin(page, demo, "Apotheek De Vijzel", "Apotheek De Vijzel", "Bezorgen of ophalen")
        _type(page, "Amlodipine")
        _type(page, "morgen")
        assert "Vul een datum in" in page.inner_text("main")
        _type(page, "24-11-2026")
        _type(page, "Wanneer is het klaar?")
        page.get_by_role("button", name="Verstuur naar de apotheek").click()
        assert "Antwoord uiterlijk" in page.inner_text("main")
    with demo.page(**PLAIN) as page:
        demo.employee(page, ASSISTANT)
        assert _find(page, demo, "Wanneer is het klaar?") == "", "the GP practice never sees it"
    with demo.page(**PLAIN) as page:
        demo.employee(page, PHARMACIST)
        assert "Amlodipine" in _find(page, demo, "Wanneer is het klaar?")
        page.locator("#id_answer").fill("Morgen na twee uur.")
        page.get_by_role("button", name=re.compile("Versturen")).click()
    with demo.page(**PLAIN) as page:
        demo.patient(page, "Noor")
        page.goto(f"{demo.portal}/vragen/")
        page.locator(".zb-consult__link").first.click()
        assert "Morgen na twee uur." in page.inner_text("main")


def _begin(page, demo, place, whom, reason):
    page.goto(f"{demo.portal}/vragen/nieuw/")
    page.get_by_role("checkbox").check()
    _further(page)
    for name in (place, whom, reason):
        page.get_by_role("radio", name=re.compile(f"^{name}")).check()
        _further(page)


def _type(page, words):
    page.locator("#id_answer, #id_text").fill(words)
    _further(page)


def _further(page):
    page.get_by_role("button", name="Verder").click()


def _find(page, demo, words):
    """The text of the question in the inbox that holds these words; empty where there is none."""
    page.goto(f"{demo.desk}/?soort=consult")
    for link in [one.get_attribute("href") for one in page.locator("tbody a").all()]:
        page.goto(f"{demo.desk}{link}")
        text = page.inner_text("main")
        if words in text:
            return text
    return ""
