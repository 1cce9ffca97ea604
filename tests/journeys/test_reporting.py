"""A parent asks about the child; the desk moves the question and reports it; each side sees its own (REQ 43, 44; R12).

Once with script on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys import asking
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.question_steps import find_at_desk

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_r12_a_question_about_a_child_is_moved_and_reported(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    words = f"Sem heeft oorpijn ({script})"
    ask(demo, window, words)
    move_and_report(demo, window, words)
    read(demo, window, words)


def ask(demo, window, words):
    with demo.page(**window) as page:
        demo.patient(page, "Pieter")
        asking.ask(page, demo.portal, words, f"{words}. Wat kan ik doen?")


def move_and_report(demo, window, words, look=lambda page, name: None):
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        assert find_at_desk(page, demo, words)
        look(page, "thread")
        page.get_by_text("Naar het journaal of een andere patiënt").click()
        page.get_by_role("link", name="Gaat over iemand anders").click()
        look(page, "move")
        page.get_by_role("link", name=re.compile("^Sem")).first.click()
        text = page.inner_text("main")
        assert "Pieter" in text
        assert "Sem" in text
        look(page, "confirm")
        page.get_by_role("button", name="Zet de vraag over").click()
        assert "Dit gaat over Sem" in page.inner_text("main")
        page.get_by_role("link", name="Naar het journaal").click()
        assert "U schrijft in het dossier van Sem" in page.inner_text("main")
        page.get_by_label("Episode", exact=False).first.select_option("nieuw")
        if not page.get_by_label("Naam van de nieuwe episode").is_visible():
            page.locator(".zb-soep__new > summary").click()
        page.get_by_label("Naam van de nieuwe episode").fill(f"Oorpijn {words[-6:]}")
        page.get_by_label("ICPC-code").fill("h01")
        page.locator("#id_r1-kind").select_option("P")
        page.locator("#id_r1-text").fill(f"Paracetamol. {words}")
        look(page, "journal")
        page.get_by_role("button", name="Zet in het dossier").click()
        assert "regels S, P" in page.inner_text("main")
        look(page, "reported")
        page.get_by_role("link", name="Open de kaart").click()
        page.locator("main").get_by_role("link", name="Vragen", exact=True).click()
        assert words in page.inner_text("main")
        look(page, "list")


def read(demo, window, words):
    """The sender still reads the question; in the child's file stands the line, and no question."""
    with demo.page(**window) as page:
        demo.patient(page, "Pieter")
        page.goto(f"{demo.portal}/vragen/")
        assert words in page.inner_text("main")
        page.goto(f"{demo.portal}/dossier/contacten/")
        assert "Paracetamol" not in page.inner_text("main")
        page.goto(demo.portal)
        page.get_by_role("button", name=re.compile("Sem")).first.click()
        page.goto(f"{demo.portal}/dossier/contacten/")
        assert f"Paracetamol. {words}" in page.inner_text("main")
        page.goto(f"{demo.portal}/vragen/")
        assert words not in page.inner_text("main")
