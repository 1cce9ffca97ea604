"""Photos with a question and with its answer, through both faces (REQ 28, 29, 52; ux 11).

Once with script on a wide screen, once without script on a phone.
"""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.consult_files.steps import colour
from tests.factories.documents import pdf, photo
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.question_steps import begin, find_at_desk, send_answer, type_text

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"


def picked(name, content):
    return {"name": name, "mimeType": "application/x-anything", "buffer": content}


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_photos_go_along_with_a_question_and_with_its_answer(demo, script, viewport, dark):
    window = {"script": script, "viewport": viewport, "dark": dark}
    subject = f"Plek op mijn arm ({script})"
    _ask(demo, window, subject)
    _answer(demo, window, subject)
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/vragen/")
        page.get_by_role("link", name=subject).click()
        with page.expect_download() as saved:
            page.get_by_role("link", name=re.compile("oefeningen.pdf")).click()
        assert saved.value.suggested_filename == "oefeningen.pdf"


def _ask(demo, window, subject):
    with demo.page(**window) as page:
        demo.patient(page, "Jacqueline")
        begin(page, demo, subject=subject)
        type_text(page, "Wat is dit?")
        field = page.get_by_label("Kies foto's of bestanden")
        field.set_input_files(
            [picked("IMG_1.HEIC", photo("HEIF")), picked("a.svg", b"<svg/>"), picked("b.jpg", colour("blue"))]
        )
        if not window["script"]:
            page.get_by_role("button", name="Voeg toe").click()
        page.get_by_text("a.svg: Een webpagina kan hier niet").first.wait_for()
        page.locator(".zb-files__item").nth(1).wait_for()
        page.get_by_role("button", name=re.compile("Verwijder.*b.jpg")).click()
        page.locator(".zb-files__item").nth(1).wait_for(state="detached")
        if window["script"]:
            _retry_on_a_lost_line(page, field)
            page.get_by_role("button", name="Laat weg").click()
            _chosen_before_the_script_runs(page, field)
        page.get_by_role("button", name="Verder", exact=True).click()
        page.get_by_role("heading", name="Controleer uw vraag").wait_for()
        assert "IMG_1.jpg" in page.inner_text("main")
        page.get_by_role("button", name="Verstuur naar de praktijk").click()
        assert "Uw vraag is verstuurd" in page.inner_text("main")


def _chosen_before_the_script_runs(page, field):
    """On a slow line a file may be chosen while the page still loads: it is sent once the script is there."""
    held = []
    page.route("**/files*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    field.set_input_files([picked("d.jpg", colour("red"))])
    held.pop().continue_()
    page.get_by_role("button", name=re.compile("Verwijder.*d.jpg")).wait_for()
    page.unroute("**/files*.js")


def _retry_on_a_lost_line(page, field):
    """What could not be sent is named, and goes again by itself or by a press."""
    # Refused for now, as a lost line is: an aborted request would stand in the console, which no page may have.
    page.route("**/bestanden/", lambda route: route.fulfill(status=429, body=""))
    field.set_input_files([picked("c.jpg", colour("green"))])
    page.get_by_text("c.jpg: De verbinding viel weg").wait_for()
    page.unroute("**/bestanden/")
    # The page tries again by itself too: then there is nothing left to press.
    with contextlib.suppress(PlaywrightTimeout):
        page.get_by_role("button", name="Probeer opnieuw").click(timeout=2000)
    page.get_by_role("button", name=re.compile("Verwijder.*c.jpg")).wait_for()


def _answer(demo, window, subject):
    with demo.page(**window) as page:
        demo.employee(page, ASSISTANT)
        assert find_at_desk(page, demo, subject)
        _look_at_the_photo(page, window)
        page.locator("#id_answer").fill("Doe deze oefeningen.")
        page.locator("summary", has_text="Stuur foto's of bestanden mee").click()
        page.get_by_label("Kies foto's of bestanden").set_input_files([picked("oefeningen.pdf", pdf())])
        if not window["script"]:
            page.get_by_role("button", name="Voeg toe").click()
        page.get_by_role("button", name=re.compile("Verwijder.*oefeningen.pdf")).wait_for()
        assert page.locator("#id_answer").input_value() == "Doe deze oefeningen."
        send_answer(page)
        assert "Uw antwoord is verstuurd" in page.inner_text("main")


def _look_at_the_photo(page, window):
    link = page.locator("a.zb-photo").first
    assert link.locator("img").evaluate("one => one.complete && one.naturalHeight > one.naturalWidth"), "upright"
    if not window["script"]:
        host = re.match(r"https?://[^/]+", page.url)
        answer = page.request.get(f"{host[0]}{link.get_attribute('href')}")
        assert answer.headers["content-type"] == "image/jpeg"
        return
    link.click()
    image = page.locator("[data-viewer-image]")
    page.get_by_role("button", name="Groter").click()
    page.keyboard.press("r")
    assert (image.get_attribute("data-zoom"), image.get_attribute("data-turn")) == ("2", "90")
    page.keyboard.press("Escape")
    assert not page.locator("[data-viewer]").is_visible()
