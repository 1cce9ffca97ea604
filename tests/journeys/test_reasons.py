"""A question by reason through both faces (REQ 28, 30; ux 1 to 9, 41): once to the GP practice, once to the pharmacy.

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.question_steps import begin, find_at_desk, further, send_answer, type_text

pytestmark = pytest.mark.journey
SCRIPT = {"script": True, "viewport": DESKTOP, "dark": False}
PLAIN = {"script": False, "viewport": PHONE, "dark": True}
ASSISTANT, PHARMACIST = "assistente@linde.example", "apotheker@vijzel.example"


def test_a_question_by_reason_reaches_the_practice_with_its_answers(demo):
    with demo.page(**SCRIPT) as page:
        demo.patient(page, "Noor")
        begin(page, demo, reason="Hoesten of keelpijn")
        type_text(page, "3 dagen (script)")
        page.get_by_role("checkbox", name="slijm").check()
        further(page)
        further(page)
        page.get_by_role("radio", name="Weet ik niet").check()
        further(page)
        assert "Misschien helpt dit al" in page.inner_text("main")
        page.get_by_role("link", name="Verder met mijn vraag").click()
        type_text(page, "Moet ik langskomen?")
        further(page)
        assert "Niet ingevuld" in page.inner_text("main")
        page.get_by_role("link", name=re.compile("Wijzig.*Hoe lang")).click()
        type_text(page, "4 dagen (script)")
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert "Antwoord uiterlijk" in page.inner_text("main")
    with demo.page(**SCRIPT) as page:
        demo.employee(page, ASSISTANT)
        text = find_at_desk(page, demo, "Moet ik langskomen?")
        assert text.index("4 dagen (script)") < text.index("Moet ik langskomen?")


def test_without_script_a_question_goes_to_the_pharmacy_and_comes_back(demo):
    with demo.page(**PLAIN) as page:
        demo.patient(page, "Noor")
        begin(page, demo, place="Apotheek De Vijzel", whom="Apotheek De Vijzel", reason="Bezorgen of ophalen")
        type_text(page, "Amlodipine")
        type_text(page, "morgen")
        assert "Vul een datum in" in page.inner_text("main")
        type_text(page, "24-11-2026")
        type_text(page, "Wanneer is het klaar?")
        further(page)
        page.get_by_role("button", name="Verstuur naar de apotheek").click()
        assert "Antwoord uiterlijk" in page.inner_text("main")
    with demo.page(**PLAIN) as page:
        demo.employee(page, ASSISTANT)
        assert find_at_desk(page, demo, "Wanneer is het klaar?") == "", "the GP practice never sees it"
    with demo.page(**PLAIN) as page:
        demo.employee(page, PHARMACIST)
        assert "Amlodipine" in find_at_desk(page, demo, "Wanneer is het klaar?")
        page.locator("#id_answer").fill("Morgen na twee uur.")
        send_answer(page)
    with demo.page(**PLAIN) as page:
        demo.patient(page, "Noor")
        page.goto(f"{demo.portal}/vragen/")
        page.locator(".zb-consult__link").first.click()
        assert "Morgen na twee uur." in page.inner_text("main")
