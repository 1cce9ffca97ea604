"""Texts that want to be a script, typed by the desk and read on both faces in a real browser (security row 26).

A page that breaks the content policy fails the window (`Demo.page`). The walk without a browser
(tests/architecture/test_xss_walk.py) covers every column and page.
"""

import pytest

from tests.factories.documents import pdf
from tests.journeys.conftest import PHONE
from tests.journeys.test_documents import DOCTOR, a_while_ago

pytestmark = pytest.mark.journey
PAYLOAD = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>Vijand"


def _watched(page) -> list[str]:
    ran: list[str] = []

    def note(dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return ran


def test_row26_a_payload_runs_on_neither_face(demo):
    with demo.page() as page:
        ran = _watched(page)
        demo.employee(page, DOCTOR)
        _share_document(demo, page)
        page.goto(f"{demo.desk}/maskerbrieven/nieuw/")
        page.fill("#id_title", PAYLOAD)
        page.fill("#id_conclusion", PAYLOAD)
        page.get_by_role("button", name="Bewaar").first.click()
        for path in ("/maskerbrieven/", "/", "/patienten/?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E"):
            page.goto(demo.desk + path)
            assert page.locator("img[src=x], [onerror]").count() == 0
        assert ran == []
    with demo.page(viewport=PHONE) as page:
        ran = _watched(page)
        demo.patient(page, "Jacqueline")
        for path in ("/", "/dossier/", "/dossier/brieven/"):
            page.goto(demo.portal + path)
            assert page.locator("img[src=x], [onerror]").count() == 0
        page.get_by_role("link", name="Vijand").first.click()
        assert page.get_by_role("heading", level=1).inner_text() == PAYLOAD
        assert PAYLOAD in page.inner_text("main")
        assert page.locator("img[src=x], [onerror]").count() == 0
        assert ran == []


def _share_document(demo, page) -> None:
    page.goto(f"{demo.desk}/patienten/?q=Cevat")
    page.get_by_role("link", name="Jacqueline").first.click()
    page.get_by_role("link", name="Brieven en documenten").first.click()
    page.get_by_role("link", name="Voeg een document toe").click()
    page.get_by_label("Titel").fill(PAYLOAD)
    page.get_by_label("Van wie is het?").fill(PAYLOAD)
    page.get_by_label("Soort").select_option("specialist_in")
    page.get_by_label("Ontvangen door de praktijk").check()
    page.get_by_label("Datum op het document").fill(a_while_ago())
    name = '"><img src=x onerror=alert(1)>.pdf'
    page.get_by_label("Bestand").set_input_files({"name": name, "mimeType": "text/html", "buffer": pdf()})
    page.get_by_role("button", name="Zet het in het dossier").click()
    address = page.url
    page.get_by_role("link", name="Deel dit document").click()
    page.get_by_label("Uitleg voor de patiënt").fill(PAYLOAD)
    page.get_by_role("button", name="Bekijk het voorbeeld").click()
    page.locator("#voorbeeld").get_by_text("Vijand").first.wait_for()
    page.get_by_role("button", name="Deel het document").click()
    page.goto(address)
    assert page.locator("img[src=x], [onerror]").count() == 0
