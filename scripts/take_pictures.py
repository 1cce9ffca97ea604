"""Takes the pictures of the README from a running demo. Usage: take_pictures.py PORTAL_URL DESK_URL."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from scripts.ensure_chromium import find_chromium

from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PHONE, DESKTOP = {"width": 390, "height": 780}, {"width": 1200, "height": 800}


def _page(browser: Browser, viewport: dict[str, int]) -> Page:
    context = browser.new_context(viewport=viewport, locale="nl-NL", timezone_id="Europe/Amsterdam")  # type: ignore[arg-type]
    return context.new_page()


def _patient(page: Page, portal: str, name: str) -> None:
    page.goto(portal)
    page.get_by_role("button", name="Inloggen met").click()
    page.get_by_role("button", name=name).click()


def _employee(page: Page, desk: str, email: str) -> None:
    page.goto(desk)
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.get_by_role("button", name="Verder").click()
    code = re.search(r"De code is nu\s+(\d{6})", page.inner_text("main"))
    page.fill("input[name=code]", code.group(1) if code else "")
    page.get_by_role("button", name="Log in").click()


def _pictures_of_patient(browser: Browser, portal: str) -> None:
    phone = _page(browser, PHONE)
    _patient(phone, portal, "Jacqueline")
    phone.screenshot(path=FOLDER / "patient-home-phone.png")
    phone.goto(f"{portal}/dossier/uitslagen/onderzoek/")
    phone.locator(".zb-todo__link").first.click()
    phone.screenshot(path=FOLDER / "patient-result-phone.png")
    phone.goto(f"{portal}/vragen/nieuw/")
    phone.screenshot(path=FOLDER / "patient-question-phone.png")
    wide = _page(browser, DESKTOP)
    _patient(wide, portal, "Jacqueline")
    for path, name in (("/dossier/", "patient-record"), ("/logboek/", "patient-log")):
        wide.goto(portal + path)
        wide.screenshot(path=FOLDER / f"{name}.png")


def _pictures_of_desk(browser: Browser, desk: str) -> None:
    work = _page(browser, DESKTOP)
    _employee(work, desk, "dewit@linde.example")
    work.goto(f"{desk}/?q=Cevat")
    report = work.locator("main a[href*='/postberichten/']").first.get_attribute("href")
    work.goto(f"{desk}/?q=Fatima")
    work.locator("main a[href*='/dossier/verzoek/']").first.click()
    work.screenshot(path=FOLDER / "desk-cockpit.png")
    work.goto(f"{desk}{report}")
    work.fill("#id_conclusion", "Uw creatinine is goed. U heeft geen hypertensie.")
    work.locator("#id_conclusion").blur()
    work.wait_for_selector("#taalmeter >> text=hoge bloeddruk")
    work.locator("#id_conclusion").evaluate("field => field.scrollIntoView({block: 'start'})")
    work.mouse.wheel(0, -140)
    work.wait_for_timeout(500)
    work.screenshot(path=FOLDER / "desk-result.png")


def main(portal: str, desk: str) -> int:
    """The pictures of both faces, from a demo world that is new."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        _pictures_of_patient(browser, portal)
        _pictures_of_desk(browser, desk)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
