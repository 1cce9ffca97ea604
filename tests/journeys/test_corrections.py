"""`Klopt dit niet?` through both faces: ask, decide, read the answer (ux 35; AVG 12, 16; BW 7:454 lid 2)."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark", "words"),
    [(True, DESKTOP, False, "Mijn rug doet nog pijn"), (False, PHONE, True, "Ik viel van de trap")],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_own_words_of_a_patient_come_to_stand_in_the_record(demo, script, viewport, dark, words):
    window = {"script": script, "viewport": viewport, "dark": dark}
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/klachten/")
        row = page.locator("li.zb-record", has_text="Lage rugpijn")
        row.get_by_role("link", name=re.compile("Klopt dit niet")).click()
        page.get_by_role("button", name="Verder").click()
        assert page.get_by_text("Kies wat u wilt.").count() >= 1
        page.get_by_label("Ik wil er zelf iets bij zetten").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("textbox").fill(words)
        page.get_by_role("button", name="Verder").click()
        assert words in page.inner_text("main")
        page.get_by_role("button", name="Verstuur naar Huisartsenpraktijk De Linde").click()
        assert "Uw verzoek is verstuurd" in page.inner_text("main")
        assert "U krijgt uiterlijk" in page.inner_text("main")
        number = re.search(r"/verzoeken/(\d+)/", page.url).group(1)
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/?soort=correction")
        page.locator(f"a[href$='/{number}/']").first.click()
        assert words in page.inner_text("main")
        page.get_by_label("Inwilligen", exact=True).check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("button", name="Verstuur het besluit").click()
        assert "Ingewilligd" in page.inner_text("body")
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.locator(f"a[href$='/verzoeken/{number}/']").click()
        assert "De praktijk heeft ja gezegd" in page.inner_text("main")
        page.goto(f"{demo.portal}/dossier/klachten/")
        assert words in page.locator("li.zb-record", has_text="Lage rugpijn").inner_text()
