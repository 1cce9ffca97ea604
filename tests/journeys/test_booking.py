"""An appointment from the first page to the confirmation, with script and without (REQ 36, 37; R17; ux 42)."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("viewport", "script"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone"])
def test_a_patient_makes_an_appointment(demo, viewport, script):
    with demo.page(viewport=viewport, script=script) as page:
        demo.patient(page, "Pieter de Boer")
        if script:
            page.get_by_role("link", name="Afspraak maken").click()
        else:  # by now there is one, which is named on the first page; another is made from the list
            page.goto(f"{demo.portal}/afspraken/")
            page.get_by_role("link", name="Maak een nieuwe afspraak").click()
        assert "Bel 112" in page.inner_text("main")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("radio", name="Voor mijzelf").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("link", name="Bellen met de huisarts" if script else "Oren uitspuiten").click()
        page.locator("a.zb-times__day").last.click()
        page.locator("button.zb-time").last.click()
        assert "vastgehouden tot" in page.inner_text("main")
        page.get_by_role("textbox").first.fill("Ik wil graag overleggen")
        page.get_by_role("button", name="Houd de tijd langer vast").click()
        assert page.get_by_role("textbox").first.input_value() == "Ik wil graag overleggen"
        page.get_by_role("button", name="Verder").last.click()
        assert "nog niet gemaakt" in page.inner_text("main")
        page.get_by_role("button", name="Maak de afspraak").click()
        page.wait_for_url(re.compile("/klaar/"))
        assert "Uw afspraak is gemaakt" in page.inner_text("main")
        page.reload()
        assert "Uw afspraak is gemaakt" in page.inner_text("main")
