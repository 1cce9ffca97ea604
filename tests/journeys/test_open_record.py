"""From invitation to a patient who reads her record, through both faces, with and without script, wide and on a phone.

The whole path of REQ 4, 9, 10, 24, 54 to 58: invite, accept, sign, ask, choose, release, read, look who looked.
"""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
DOCTOR = "dewit@linde.example"


@pytest.mark.parametrize(
    ("name", "script", "viewport", "dark"),
    [("Pieter", True, DESKTOP, False), ("Willem", False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_practice_opens_its_record_to_a_patient(demo, name, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    _invite(demo, name, window)
    _accept_sign_and_ask(demo, name, window)
    hidden = _release_all_but_one(demo, name, window)
    _read(demo, name, window, hidden)


def _invite(demo, name, window):
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/patienten/?q={ {'Pieter': 'Boer', 'Willem': 'Berg'}[name] }")
        page.get_by_role("link", name=re.compile(name)).first.click()
        page.get_by_role("link", name=re.compile("Nodig (opnieuw )?uit")).click()
        page.get_by_label(re.compile("mail", re.IGNORECASE)).check()
        page.get_by_role("button", name="Maak de uitnodiging").click()
        assert "uitgenodigd" in page.inner_text("main").lower()


def _accept_sign_and_ask(demo, name, window):
    with demo.page(**window) as page:
        demo.patient(page, name)
        page.goto(f"{demo.portal}/dossier/")
        assert "Overbelasting" not in page.content(), "no medical data before both signatures (R7)"
        page.goto(f"{demo.portal}/toegang/")
        page.get_by_role("link", name="Ga verder").click()
        page.get_by_role("button", name="Verder").click()
        if "/afspraken/" not in page.url:
            page.get_by_role("link", name="Lees de afspraken").click()
        page.get_by_role("button", name="Onderteken de afspraken").click()
        assert page.get_by_role("checkbox").get_attribute("aria-invalid") == "true", "agreeing is an act of its own"
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Onderteken de afspraken").click()
        page.goto(f"{demo.portal}/meldingen/")
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_role("button", name=re.compile("Bewaar")).first.click()
        page.goto(f"{demo.portal}/toegang/")
        page.get_by_role("link", name="Vraag om het dossier").click()
        page.get_by_role("button", name="Verstuur de vraag naar de praktijk").click()
        assert "gevraagd" in page.inner_text("main").lower()


def _release_all_but_one(demo, name, window) -> str:
    with demo.page(**window) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/?soort=access_request&q={name}")
        row = page.locator("tr", has_text="Verzoek om inzage").filter(has_text=name)
        row.get_by_role("link").first.click()
        episode = page.get_by_role("checkbox", name=re.compile("^Knie symptomen"))
        episode.uncheck()
        page.get_by_role("button", name="Voorbeeld bijwerken").click()
        preview = page.locator("#voorbeeld")
        preview.get_by_text("Hooikoorts/allergische rhinitis").first.wait_for()
        assert "Overbelasting" not in preview.inner_text(), "the lines go with their episode (R3)"
        page.get_by_role("button", name="Verder naar vrijgeven").click()
        assert "Overbelasting" not in page.inner_text("main").split("Dit verbergt u nu")[0]
        page.get_by_role("button", name=re.compile("[Gg]eef")).click()
        page.get_by_label("Waarom verbergt u dit?").fill("Op verzoek van de patiënt")
        page.get_by_role("button", name=re.compile("[Gg]eef")).click()
        assert "vrijgegeven" in page.inner_text("main").lower()
    return "Knie symptomen"


def _read(demo, name, window, hidden):
    with demo.page(**window) as page:
        demo.patient(page, name)
        page.goto(f"{demo.portal}/dossier/")
        text = page.inner_text("main")
        assert "Hooikoorts" in text
        assert hidden not in page.content()
        assert "Niezen en jeukende ogen" not in page.content(), "S lines never leave"
        assert "Conjunctivae" not in page.content(), "O lines never leave"
        page.goto(f"{demo.portal}/logboek/")
        assert "dr. J. de Wit" in page.inner_text("main")
        page.goto(f"{demo.portal}/demo/post/")
        for _ in range(20):
            if page.get_by_text("De Linde").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        mail = page.inner_text("body")
        assert "De Linde" in mail
        assert not re.search("episode|hooikoorts|knie|uitslag", mail, re.IGNORECASE), "nothing medical in mail (R9)"
