"""A doctor writes a template letter, types a result in, publishes it with the letter, and the patient reads it.

Once with script at a desk, once without script on a phone (REQ 42, 45, 62 to 64; ux 40).
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "title"),
    [(True, DESKTOP, "Journey met script"), (False, PHONE, "Journey zonder script")],
    ids=["script-desktop", "no-script-phone"],
)
def test_from_template_letter_to_a_result_that_the_patient_reads(demo, script, viewport, title):
    with demo.page(script=script, viewport=viewport) as page:
        demo.employee(page, DOCTOR)
        _write_letter(demo, page, title)
        _enter_result(demo, page)
        _publish(page, title, script)
        _plan_an_action(demo, page)
    with demo.page(script=script, viewport=viewport) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/uitslagen/")
        page.locator("a[href*='/uitslagen/onderzoek/']").first.click()
        assert "uw bloedsuiker is goed" in page.inner_text("main")


def _write_letter(demo, page, title):
    page.goto(f"{demo.desk}/maskerbrieven/nieuw/")
    page.fill("#id_title", title)
    page.get_by_label("Alleen voor mijzelf").check()
    page.fill("#id_conclusion", "Beste {naam}, uw bloedsuiker is goed. U heeft geen hypertensie.")
    page.get_by_role("button", name="Voorbeeld bijwerken").click()
    page.wait_for_selector("text=Beste Anna de Vries")
    assert "hoge bloeddruk" in page.inner_text("#taalmeter")
    page.fill("#id_conclusion", "Beste {naam}, uw bloedsuiker is goed.")
    page.get_by_role("button", name="Bewaar de brief").click()
    assert title in page.inner_text("main")


def _enter_result(demo, page):
    page.goto(f"{demo.desk}/patienten/?q=Jacqueline")
    page.get_by_role("link", name=re.compile("Jacqueline")).first.click()
    page.get_by_role("link", name="Dossier", exact=True).first.click()
    page.get_by_role("link", name="Uitslag invoeren").click()
    page.fill("#id_r0-title", "Bloedsuiker")
    page.fill("#id_r0-value", "5,4")
    page.fill("#id_r0-unit", "mmol/L")
    page.get_by_role("button", name="Nog een rij").click()
    page.wait_for_selector("text=Rij 6")
    assert page.input_value("#id_r0-value") == "5,4"
    page.get_by_role("button", name="Bewaar de uitslag").click()
    assert "Verwerk postbericht" in page.inner_text("h1")


def _publish(page, title, script):
    page.get_by_label("Maskerbrief").select_option(label=f"{title} (van uzelf)")
    page.get_by_role("button", name="Zet de tekst erin").click()
    assert "uw bloedsuiker is goed" in page.input_value("#id_conclusion")
    if script:
        page.fill("#id_advice", "Let op uw hypertensie.")
        page.locator("#id_advice").blur()
        page.wait_for_selector("#taalmeter >> text=hoge bloeddruk")
        page.fill("#id_advice", "Ga zo door.")
    page.get_by_role("button", name="Publiceren").click()
    page.get_by_role("button", name="Publiceer de uitslag").click()
    assert "gepubliceerd" in page.inner_text("main")


def _plan_an_action(demo, page):
    page.goto(f"{demo.desk}/patienten/?q=Jacqueline")
    page.get_by_role("link", name=re.compile("Jacqueline")).first.click()
    page.get_by_role("link", name="Actie toevoegen").click()
    page.fill("#id_text", "Bel over de suiker")
    page.fill("#id_due_on", "2027-06-01")
    page.get_by_label("Wie doet dit?").select_option(label="Samira Bakker")
    page.get_by_role("button", name="Zet op de lijst").click()
    assert "Bel over de suiker" in page.inner_text("main")
