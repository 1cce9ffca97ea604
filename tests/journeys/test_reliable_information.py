"""A manager loads a link, and a patient reaches it from her own condition; nothing is asked of another site (row 67).

REQ 19, 47, 81. `demo.page` fails when a page asks any other host for anything.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
FILE = "icpc1;S87;https://www.thuisarts.nl/;Eczeem {name}\nicpc1;S88;javascript:alert(1);Fout\n"


@pytest.mark.parametrize(
    ("name", "script", "viewport", "dark"),
    [("breed", True, DESKTOP, False), ("smal", False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_loaded_by_the_practice_and_found_by_the_patient(demo, name, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    with demo.page(**window) as page:
        demo.employee(page, "manager@linde.example")
        page.goto(f"{demo.desk}/beheer/informatie/laden/")
        file = {"name": "links.csv", "mimeType": "text/csv", "buffer": FILE.format(name=name).encode()}
        page.set_input_files("input[type=file]", files=[file])
        page.get_by_role("button", name="Laad de links").click()
        page.get_by_text("1 regel is niet geladen").wait_for()
        page.goto(f"{demo.desk}/beheer/informatie/?q=Eczeem")
        page.get_by_role("link", name=f"Eczeem {name}").wait_for()
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/klachten/")
        page.get_by_role("link", name="Constitutioneel eczeem").first.click()
        page.get_by_role("link", name=re.compile("Betrouwbare informatie")).click()
        page.get_by_text("U gaat naar een andere website").wait_for()
        link = page.get_by_role("link", name=f"Lees “Eczeem {name}” op thuisarts.nl")
        assert link.get_attribute("href") == "https://www.thuisarts.nl/"
        page.goto(f"{demo.portal}/dossier/medicijnen/")
        page.get_by_role("link", name=re.compile("Betrouwbare informatie.*APIXABAN")).first.click()
        found = page.get_by_role("link", name="Zoek op apotheek.nl")
        assert found.get_attribute("href") == "https://www.apotheek.nl/zoeken?q=apixaban"
