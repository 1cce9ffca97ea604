"""axe finds nothing on any page of any role, in either theme (WCAG 2.2 AA; ux 22); nothing runs off a phone."""

from pathlib import Path
from urllib.parse import urlparse

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()
COLOURS = {"type": "rule", "values": ["color-contrast"]}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_PAGES = 45


def _crawl(page, start: str) -> tuple[list[str], dict[str, list[str]]]:
    """Look at every page that links lead to, one of each kind (numbers in the address are one kind)."""
    found, waiting, kinds = [], [start], set()
    findings: dict[str, list[str]] = {}
    origin = urlparse(start).netloc
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        kind = "".join("#" if sign.isdigit() else sign for sign in urlparse(address).path)
        files = ("pdf", "csv", ".ics", "download", "/bestanden/#")
        if kind in kinds or any(word in kind for word in files) or kind.endswith(("/bestand/", "/openen/")):
            continue
        kinds.add(kind)
        answer = page.goto(address)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 400, (address, answer.status)
        found.append(address)
        if wrong := _look(page):
            findings[address] = wrong
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        waiting += [link.split("#")[0] for link in links if urlparse(link).netloc == origin]
    return found, findings


def _look(page) -> list[str]:
    """Both themes, then a phone's width, of the page that is open."""
    wrong = _violations(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    wrong += [f"dark: {one}" for one in _violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    wide = _too_wide(page)
    page.set_viewport_size(DESKTOP)
    return wrong + ([f"{wide} px too wide for a phone"] if wide > 0 else [])


def _too_wide(page) -> int:
    """How many pixels a page runs off the screen, once the new width is drawn."""
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for _ in range(20):
        wide = int(page.evaluate(over))
        if wide <= 0:
            return 0
        page.wait_for_timeout(200)
    return wide


def _violations(page, rules=RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in result["violations"]]


ROLES = [
    ("portal", "Jacqueline"), ("portal", "Fatima"), ("portal", "Henk"), ("portal", "Lotte"),
    ("desk", "assistente@linde.example"), ("desk", "manager@linde.example"), ("desk", "apotheker@vijzel.example"),
]  # fmt: skip


@pytest.mark.parametrize(("face", "who"), ROLES)
def test_no_page_has_a_finding_in_either_theme_nor_scrolls_sideways_on_a_phone(demo, face, who):
    with demo.page(viewport=DESKTOP) as page:
        page.emulate_media(reduced_motion="reduce")  # colours that are still changing say nothing
        (demo.patient if face == "portal" else demo.employee)(page, who)
        pages, findings = _crawl(page, page.url)
        assert len(pages) > 3
    assert findings == {}


def test_pages_before_sign_in_have_no_finding(demo):
    with demo.page() as page:
        for address in (f"{demo.portal}/inloggen/", f"{demo.portal}/hulp/", demo.desk):
            page.goto(address)
            assert _violations(page) == [], address
