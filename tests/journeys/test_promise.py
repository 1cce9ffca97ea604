"""Opening hours set by the practice, a question with its promise, and the same promise at the desk (REQ 31; ux 37, 51).

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.question_steps import begin, find_at_desk, further, type_text

pytestmark = pytest.mark.journey
MANAGER, ASSISTANT = "manager@linde.example", "assistente@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_hours_become_a_promise_on_both_sides(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    words = f"Wanneer hoor ik iets ({script})?"
    _set_hours(demo, window)
    promised = _ask(demo, window, words)
    _see_at_desk(demo, window, words, promised)


def _set_hours(demo, window):
    with demo.page(**window) as page:
        demo.employee(page, MANAGER)
        page.goto(f"{demo.desk}/beheer/openingstijden/")
        page.get_by_label("Vrijdag, tijd 1, tot").fill("11:30")
        page.get_by_label("Vrijdag, tijd 2, van").fill("")
        page.get_by_label("Vrijdag, tijd 2, tot").fill("")
        page.get_by_role("button", name="Bekijk het voorbeeld").click()
        page.get_by_text("Vrijdag van 8.00 tot 11.30 uur.").first.wait_for()
        page.get_by_role("button", name="Sla de tijden op").click()
        page.get_by_text("Opgeslagen.").wait_for()
        page.goto(f"{demo.desk}/beheer/vragen/")
        page.get_by_role("link", name="Antwoordtijd, dagmaximum en sluiting").click()
        assert "Antwoord uiterlijk" in page.inner_text("#voorbeeld")


def _ask(demo, window, words):
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        begin(page, demo, subject=words)
        type_text(page, words)
        further(page)
        promised = re.search(r"antwoord uiterlijk (.+? uur)", page.inner_text("main"))[1]
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert promised in page.inner_text("main")
        page.get_by_role("link", name="Bekijk uw vraag").click()
        assert promised in page.inner_text("main")
        assert page.locator(".zb-steps--line [aria-current=step]").inner_text().startswith("Verstuurd")
    return promised


def _see_at_desk(demo, window, words, promised):
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        assert promised in find_at_desk(page, demo, words), "the desk reads the promise that the patient reads"
