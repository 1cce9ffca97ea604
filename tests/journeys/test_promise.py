"""Opening hours set by the practice, a question with its promise, and the same promise at the desk (REQ 31; ux 37, 51).

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
MANAGER, ASSISTANT = "manager@linde.example", "assistente@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_hours_become_a_promise_on_both_sides(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    _set_hours(demo, window)
    promised = _ask(demo, window, f"Wanneer hoor ik iets ({script})?")
    _see_at_desk(demo, window, promised)


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
        page.goto(f"{demo.portal}/vragen/nieuw/")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("radio", name=re.compile("De praktijk")).check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Verder").click()
        promised = re.search(r"antwoord uiterlijk (.+? uur)", page.inner_text("main"))[1]
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert promised in page.inner_text("main")
        page.get_by_role("link", name="Bekijk uw vraag").click()
        assert promised in page.inner_text("main")
        assert page.locator(".zb-steps--line [aria-current=step]").inner_text().startswith("Verstuurd")
    return promised


def _see_at_desk(demo, window, promised):
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        page.goto(f"{demo.desk}/?soort=consult")
        for link in [one.get_attribute("href") for one in page.locator("tbody a").all()]:
            page.goto(f"{demo.desk}{link}")
            if promised in page.inner_text("main"):
                return
        raise AssertionError("the desk reads the promise that the patient reads")
