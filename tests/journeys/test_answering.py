"""A question with two questions in it is answered with all that helps, and saved (REQ 22, 45 to 47; ux 46).

Once with script and the keyboard on a wide screen, once without script on a phone.
"""

import re

import pytest

from tests.journeys.asking import ask
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"
LINK = "https://www.thuisarts.nl/hoesten"


@pytest.mark.parametrize(
    ("script", "viewport"), [(True, DESKTOP), (False, PHONE)], ids=["script-desktop", "no-script-phone"]
)
def test_a_question_is_answered_with_templates_links_and_ticks(demo, script, viewport):
    window = {"script": script, "viewport": viewport}
    with demo.page(**window) as page:
        demo.patient(page, "Fatima")
        ask(page, demo.portal, "Hoesten", "Ik hoest al lang. Moet ik langskomen? Mag ik gewoon werken?")
        thread = page.get_by_role("link", name="Bekijk uw vraag").get_attribute("href")
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        _open(demo, page, thread)
        assert "2 nog niet afgevinkt" in page.inner_text("main")
        assert "Lopende episodes" in page.inner_text("main")
        (_choose_with_script if script else _choose_without_script)(page)
        assert "Beste mevrouw El Amrani" in page.locator("#id_answer").input_value()
        page.get_by_role("checkbox", name=re.compile("langskomen")).check()
        page.get_by_role("button", name=re.compile("Versturen")).click()
        assert "1 vraag is nog niet afgevinkt" in page.inner_text("main")
        assert "Mag ik gewoon werken?" in page.inner_text("main")
        page.get_by_role("button", name="Toch versturen").click()
        assert "Uw antwoord is verstuurd" in page.inner_text("main")
        page.get_by_role("link", name=re.compile("Volgende vraag")).click()
        assert "/vragen/" in page.url
        assert thread.rstrip("/").rpartition("/")[2] not in page.url.split("/")
    with demo.page(**window) as page:
        demo.patient(page, "Fatima")
        page.goto(f"{demo.portal}{thread}")
        assert page.locator(".zb-message__lead").inner_text().startswith("U hoeft nu niet langs te komen")
        assert page.locator(f'main a[href="{LINK}"]').count() == 1
        assert "doktersassistent" in page.inner_text("main")
        page.emulate_media(media="print")
        assert page.get_by_role("link", name="Bewaar als PDF").is_hidden()
        assert "U hoeft nu niet langs te komen" in page.inner_text("main")
        page.emulate_media(media="screen")
        with page.expect_download() as download:
            page.get_by_role("link", name="Bewaar als PDF").click()
        assert download.value.suggested_filename.endswith(".pdf")


def _open(demo, page, thread):
    number = thread.rstrip("/").rpartition("/")[2]
    page.goto(f"{demo.desk}/vragen/?q=langskomen")
    page.locator(f'a[href$="/{number}/"][href^="/vragen/"]').first.click()


def _choose_with_script(page):
    page.keyboard.press("t")
    page.locator("#id_zoek").fill("verkoudheid")
    page.locator(".zb-picker__item", has_text="Afspraak maken").wait_for(state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#voorbeeld .zb-outside").wait_for()
    page.locator("#bewaard", has_text="Concept bewaard").wait_for()
    page.reload()


def _choose_without_script(page):
    page.get_by_role("button", name=re.compile("Standaardantwoord")).click()
    page.get_by_label("Zoek een antwoord").fill("verkoudheid")
    page.get_by_role("button", name="Zoek", exact=True).last.click()
    page.get_by_role("button", name=re.compile("Voeg toe")).click()
