"""The manager makes a kind of appointment and an agenda, and reads what patients see now (REQ 37, 72 to 74; ux 44, 51).

Once with script on a wide screen, once without script on a phone.
"""

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
MANAGER = "manager@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_the_manager_sets_appointments_up(demo, script, viewport, dark):
    name = f"Reisadvies {'groot' if script else 'klein'}"
    with demo.page(script=script, viewport=viewport, dark=dark) as page:
        demo.employee(page, MANAGER)
        page.goto(f"{demo.desk}/beheer/afspraken/")
        assert "Eerste vrije tijd" in page.inner_text("main")
        page.get_by_role("link", name="Soorten afspraken", exact=True).click()
        page.get_by_role("link", name="Nieuwe soort").click()
        _fill_kind(page, name)
        page.get_by_role("button", name="Bekijk het voorbeeld").click()
        assert "Naar welk land gaat u?" in page.inner_text("#voorbeeld")
        page.get_by_role("button", name="Sla de soort op").click()
        page.get_by_text("Opgeslagen.").wait_for()
        page.get_by_role("button", name=f"zet aan {name}").click()
        page.get_by_text("De soort staat online.").wait_for()
        page.goto(f"{demo.desk}/beheer/afspraken/")
        assert f"{name} staat online, maar past in geen enkel blok" in page.inner_text("main")
        _make_agenda(page, demo, name)


def _fill_kind(page, name):
    page.get_by_label("Naam", exact=True).fill(name)
    page.get_by_label("Bij wie?").fill("de assistente")
    page.get_by_label("Hoeveel minuten duurt de afspraak?").fill("20")
    page.locator("input[name=vraag1-label]").fill("Naar welk land gaat u?")


def _make_agenda(page, demo, name):
    """An agenda takes the pattern of another over, and goes out of use again."""
    page.goto(f"{demo.desk}/beheer/afspraken/agendas/nieuw/")
    page.get_by_label("Naam", exact=True).fill(name)
    page.get_by_label("Functie").fill("assistente")
    page.get_by_role("button", name="Sla de agenda op").click()
    page.get_by_role("link", name="Overnemen van een andere agenda").click()
    page.get_by_label("Overnemen van").select_option(index=1)
    page.get_by_role("button", name="Neem over").click()
    page.get_by_text("overgenomen.").wait_for()
    page.get_by_role("link", name="Zet uit gebruik").click()
    page.get_by_role("button", name="Zet uit gebruik").click()
    page.get_by_text("De agenda is uit gebruik.").first.wait_for()
