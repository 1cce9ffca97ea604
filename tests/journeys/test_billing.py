"""A question is answered while the time counts, proposed, confirmed and put in a file (REQ 50).

Once with script on a wide screen, where the page counts; once without script on a phone, where the time is typed.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import ask
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.question_steps import find_at_desk

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_time_is_counted_proposed_confirmed_and_exported(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    words = f"Mag ik zwemmen met mijn knie ({script})?"
    _ask(demo, words)
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        _answer(demo, page, words, script)
        _close(demo, page, words)
        _confirm(demo, page)
        _export(demo, page, script)


def _ask(demo, words):
    with demo.page(viewport=PHONE, script=False) as page:
        demo.patient(page, "Fatima")
        ask(page, demo.portal, words[:70], words)


def _open_done(demo, page, words):
    page.goto(f"{demo.desk}/?gedaan=1")
    for link in [one.get_attribute("href") for one in page.locator("tbody a[href^='/vragen/']").all()]:
        page.goto(f"{demo.desk}{link}")
        if words in page.inner_text("main"):
            return
    raise AssertionError("the question is not in the inbox")


def _answer(demo, page, words, script):
    assert find_at_desk(page, demo, words)
    clock = page.locator("[data-timer-clock]")
    assert clock.is_visible() is script
    if script:
        expect(clock).not_to_have_text("0:00")
        page.get_by_role("button", name="Pauze").click()
        assert page.get_by_role("button", name="Verder tellen").get_attribute("aria-pressed") == "true"
    page.locator("#id_answer").fill("Ja, rustig beginnen.")
    page.get_by_text("Typ er tijd bij").click()
    page.get_by_label("Tijd erbij, in minuten").fill("zes")
    page.get_by_role("button", name=re.compile("Versturen")).click()
    assert page.locator("#id_answer").input_value() == "Ja, rustig beginnen.", "a wrong time loses no answer"
    page.get_by_label("Tijd erbij, in minuten").fill("6")
    page.get_by_role("button", name=re.compile("Versturen")).click()
    page.get_by_role("button", name="Toch versturen").click()
    assert "Uw antwoord is verstuurd" in page.inner_text("main")


def _close(demo, page, words):
    _open_done(demo, page, words)
    assert re.search(r"Bewaard: 6 min", page.inner_text("main")), "sending lost no time"
    page.get_by_role("button", name=re.compile("Afhandelen")).click()
    page.get_by_role("button", name="Handel de vraag af").click()
    assert "Voorstel voor een declaratie: 12011" in page.inner_text("main")


def _confirm(demo, page):
    page.goto(f"{demo.desk}/declaraties/")
    page.locator("tbody tr", has_text="Fatima").get_by_role("checkbox").check()
    page.get_by_role("button", name=re.compile("Bevestig wat is aangevinkt")).click()
    text = page.inner_text("main")
    assert "1 declaratie bevestigen?" in text
    assert "€ 13,00" in text
    page.get_by_role("button", name="Bevestig").click()
    assert "1 declaratie is bevestigd." in page.inner_text("main")


def _export(demo, page, script):
    page.get_by_role("link", name="Bestanden voor het HIS").click()
    page.get_by_role("button", name="Maak het bestand").click()
    assert "staat klaar om te bewaren" in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Bewaar bestand")).first.click()
    lines = download.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("regelnummer;soort;bsn;naam")
    assert ";12011;Consult van 5 tot 20 minuten;13,00;6:" in lines[1]
