"""The desk makes, moves and cancels an appointment for who calls, and the patient sees it (REQ 36, 74; ux 43, 46)."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"
PATIENT = "Pieter de Boer"


def own_appointments(page, demo) -> str:
    page.goto(f"{demo.portal}/afspraken/")
    return page.inner_text("main").lower()


def is_for_who_was_found(page, demo) -> None:
    """From a free place in the agenda, by keyboard alone, to the kinds for this patient."""
    page.goto(f"{demo.desk}/agenda/")
    for _ in range(14):
        page.get_by_role("link", name="Later").click()
        free = page.locator("a.zb-agenda__free:visible")
        if free.count():
            break
    free.last.focus()
    free.last.press("Enter")
    page.get_by_role("textbox", name="Naam, geboortedatum of allebei").fill("Boer")
    page.get_by_role("button", name="Zoek", exact=True).last.press("Enter")
    page.get_by_role("link", name="Boer, Pieter de").press("Enter")
    assert "Waarvoor is de afspraak?" in page.inner_text("main")


@pytest.mark.parametrize(("viewport", "script"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone"])
def test_req36_an_appointment_for_a_caller_is_made_moved_and_cancelled(demo, viewport, script):
    with demo.page(viewport=viewport, script=script) as desk, demo.page(viewport=PHONE, script=False) as patient:
        demo.employee(desk, ASSISTANT)
        demo.patient(patient, PATIENT)
        is_for_who_was_found(desk, demo)
        desk.get_by_role("link", name=re.compile("Boer")).first.click()
        desk.get_by_role("link", name="Afspraak maken").click()
        desk.get_by_role("link", name="Wrat behandelen").click()
        desk.locator(".zb-slots a.nl-button").first.click()
        desk.get_by_role("textbox", name=re.compile("Waarvoor komt")).fill("Wrat op de hand")
        desk.get_by_role("button", name="Maak de afspraak").click()
        assert "De afspraak staat in de agenda." in desk.inner_text("main")
        made = desk.locator(".zb-lead strong").inner_text().lower()
        assert made in own_appointments(patient, demo)
        desk.get_by_role("link", name="Verzet", exact=True).click()
        desk.locator(".zb-slots a.nl-button").nth(1).click()
        desk.get_by_role("button", name="Verzet de afspraak").click()
        moved = desk.locator(".zb-lead strong").inner_text().lower()
        assert moved != made
        assert moved in own_appointments(patient, demo)
        desk.get_by_role("link", name="Zeg af").click()
        desk.get_by_role("textbox", name="Eigen tekst").fill("Tot een andere keer.")
        desk.get_by_role("button", name="Zeg de afspraak af").click()
        assert "De tijd is weer vrij." in desk.inner_text("main")
        seen = own_appointments(patient, demo)
        assert "afgezegd door de praktijk" in seen
        assert "tot een andere keer." in seen
