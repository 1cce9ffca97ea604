"""A letter from the desk to its patient, through both faces, with and without script (REQ 18, 65)."""

from datetime import timedelta

import pytest

from tests.factories.documents import pdf
from tests.journeys.conftest import DESKTOP, PHONE
from zorgbalie.kernel.clock import current_moment, local_date

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("title", "script", "viewport", "dark"),
    [("Brief van de longarts", True, DESKTOP, False), ("Brief van de oogarts", False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_a_letter_is_added_shared_read_and_withdrawn(demo, title, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    address = _add_and_share(demo, title, window)
    _read(demo, title, window)
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(address)
        page.get_by_role("link", name="Stop met delen").click()
        page.get_by_role("button", name="Stop met delen").click()
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/brieven/")
        assert title not in page.inner_text("main")


def _add_and_share(demo, title, window) -> str:
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/patienten/?q=Cevat")
        page.get_by_role("link", name="Jacqueline").first.click()
        page.get_by_role("link", name="Brieven en documenten").first.click()
        page.get_by_role("link", name="Voeg een document toe").click()
        page.get_by_label("Titel").fill(title)
        page.get_by_label("Soort").select_option("specialist_in")
        page.get_by_label("Ontvangen door de praktijk").check()
        page.get_by_label("Datum op het document").fill(a_while_ago())
        page.get_by_label("Bestand").set_input_files({"name": "x.svg", "mimeType": "x/y", "buffer": b"<svg>"})
        page.get_by_role("button", name="Zet het in het dossier").click()
        assert "Sla het eerst op als PDF" in page.inner_text("main")
        assert page.get_by_label("Titel").input_value() == title
        page.get_by_label("Bestand").set_input_files({"name": "brief.pdf", "mimeType": "x/y", "buffer": pdf()})
        page.get_by_role("button", name="Zet het in het dossier").click()
        address = page.url
        page.get_by_role("link", name="Deel dit document").click()
        page.get_by_label("Uitleg voor de patiënt").fill("U hoeft niets te doen.")
        page.get_by_role("button", name="Bekijk het voorbeeld").click()
        page.locator("#voorbeeld").get_by_text("U hoeft niets te doen.").wait_for()
        page.get_by_role("button", name="Deel het document").click()
        assert "kan het nu lezen" in page.inner_text("main")
        return address


def a_while_ago() -> str:
    return (local_date(current_moment()) - timedelta(days=10)).isoformat()


def _read(demo, title, window) -> None:
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/")
        page.get_by_role("link", name="Nieuwe brief").first.click()
        assert page.get_by_role("heading", level=1).inner_text() == title
        assert "U hoeft niets te doen." in page.inner_text("main")
        with page.expect_download() as saved:
            page.get_by_role("link", name="Open de brief").click()
        assert saved.value.suggested_filename == "brief.pdf"
