"""The style guide in a real browser: accessible, calm on every width, and alive without script.

Ux 22 and 24 (axe finds nothing, in both themes), 21 (reflow), 23 (without JavaScript), 8 and 12.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.ui.render import PAGES, page
from zorgbalie.ui import types as t
from zorgbalie.ui import views

STATIC = Path(views.__file__).parent / "static"
AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js").read_text()
ORIGIN = "http://zorgbalie.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the module; Playwright's loop makes Django think that it is in async code."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def show(browser: Browser, html: str, *, width: int = 390, script: bool = True) -> tuple[Page, list[str]]:
    """Open a page with its style sheets under the strict policy; complaints of the browser are kept."""
    complaints: list[str] = []
    tab = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=script)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif path == "/pagina/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.fulfill(body="elders", content_type="text/plain")

    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.route("**/*", answer)
    tab.goto(f"{ORIGIN}/pagina/")
    return tab, complaints


def violations(tab: Page) -> list[str]:
    """Run axe on the open page, over the debugger, which the page's policy does not bind."""
    tab.context.new_cdp_session(tab).send("Runtime.evaluate", {"expression": AXE})
    found = tab.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("template", PAGES)
def test_axe_finds_nothing_with_every_menu_open(chromium, template, theme):
    tab, complaints = show(chromium, page(template, theme=theme), width=1280)
    assert violations(tab) == []
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(tab) == []
    assert complaints == []
    tab.close()


@pytest.mark.parametrize("template", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_page_never_scrolls_sideways(chromium, template, width):
    """WCAG 1.4.10: 320 pixels is a screen of 1280 at 400 %."""
    tab, _ = show(chromium, page(template), width=width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_ux22_a_head_that_sorts_is_seen_when_the_keyboard_reaches_it_on_a_narrow_screen(chromium):
    """WCAG 2.4.7: on a phone, or at 400 %, tables are cards and their heads are hidden."""
    head = '<th scope="col"><a class="zb-sort" href="?sort=naam">Naam</a></th>'
    table = f'<table class="zb-table"><thead><tr>{head}</tr></thead><tbody><tr><td>Jan</td></tr></tbody></table>'
    html = page("ui/styleguide.html").replace("</main>", f"{table}</main>", 1)
    tab, _ = show(chromium, html, width=320)
    link = tab.locator(".zb-sort", has_text="Naam").last
    seen = "link => { const b = link.closest('thead').getBoundingClientRect(); return b.height >= 24 && b.width >= 24 }"
    assert not link.evaluate(seen)
    link.focus()
    assert link.evaluate(seen)
    tab.close()


TARGETS = """
() => [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && !one.closest('p, .zb-hidden') && !one.matches('.nl-skip-link'))
  .map(one => [one, one.closest('.zb-choice, .zb-todo, .zb-task, .zb-card--link, .zb-td') || one])
  .map(([one, area]) => [one, area.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)
"""


@pytest.mark.parametrize("template", PAGES)
def test_targets_are_large_enough(chromium, template):
    """WCAG 2.5.8."""
    tab, _ = show(chromium, page(template))
    assert tab.evaluate(TARGETS) == []
    tab.close()


def test_menu_and_form_work_without_script(chromium):
    """Ux 23: the menu opens, the theme form is a form, nothing is hidden behind script."""
    tab, _ = show(chromium, page("ui/styleguide_question.html"), script=False)
    tab.locator(".zb-menu--nav > summary").click()
    assert tab.locator(".zb-menu--nav .zb-nav__link", has_text="Afspraak").is_visible()
    assert tab.locator("form.zb-question button[type=submit]").is_visible()
    assert tab.locator("[data-print]").count() == tab.locator("[data-print]:not(:visible)").count()
    tab.close()


def test_double_press_sends_once(chromium):
    """Ux 12."""
    tab, _ = show(chromium, page("ui/styleguide_question.html"))
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    tab.evaluate("document.querySelector('form.zb-question').addEventListener('submit', e => setTimeout(() => 0))")
    tab.locator("form.zb-question button[type=submit]").dblclick()
    tab.wait_for_timeout(200)
    assert sent == ["POST"]
    tab.close()


def test_explanation_opens_on_press_and_closes_with_escape(chromium):
    """Ux 19."""
    tab, _ = show(chromium, page("ui/styleguide.html"))
    meaning = tab.locator(".zb-term__meaning").first
    assert not meaning.is_visible()
    tab.locator(".zb-term__button").first.click()
    assert meaning.is_visible()
    tab.keyboard.press("Escape")
    assert not meaning.is_visible()
    tab.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_light_in_every_theme(chromium, theme):
    """Ux 21: a page printed from the dark theme is dark ink on white."""
    tab, _ = show(chromium, page("ui/styleguide_question.html", theme=theme))
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(23, 40, 45)"
    tab.close()


def test_theme_switch_changes_colours_at_once(chromium):
    """Ux 24."""
    tab, _ = show(chromium, page("ui/styleguide_done.html", theme="light"), width=1280)
    before = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.locator(".zb-menu--account > summary").click()
    tab.get_by_role("button", name="Donker").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != before
    tab.close()


def test_session_warning_comes_and_can_be_extended(chromium):
    """Ux 8: two minutes before the end, with a way to stay."""
    clock = t.SessionClock(seconds=121, keep_alive_href="/blijf/", ended_href="/uitgelogd/")
    tab, _ = show(chromium, page("ui/styleguide_done.html", session_clock=clock))
    dialog = tab.locator("[data-session]")
    assert not dialog.is_visible()
    dialog.wait_for(state="visible", timeout=4000)
    with tab.expect_request("**/blijf/") as asked:
        dialog.get_by_role("button").click()
    assert asked.value.method == "POST"
    dialog.wait_for(state="hidden", timeout=2000)
    tab.close()


def test_work_in_another_tab_keeps_the_session(chromium):
    """Ux 8: a tab at rest does not send away someone who works in another one."""
    clock = t.SessionClock(seconds=4, warn_seconds=2, keep_alive_href="/blijf/", ended_href="/uitgelogd/")
    tab, _ = show(chromium, page("ui/styleguide_done.html", session_clock=clock))
    tab.wait_for_timeout(1500)
    # A second channel object stands for the other tab: a channel does not hear itself, only its namesakes.
    tab.evaluate("new BroadcastChannel('zb-session').postMessage('alive')")
    tab.wait_for_timeout(3200)
    assert tab.url.endswith("/pagina/")
    tab.close()


def test_session_that_ended_goes_to_its_page(chromium):
    clock = t.SessionClock(seconds=1, keep_alive_href="/blijf/", ended_href="/uitgelogd/")
    tab, _ = show(chromium, page("ui/styleguide_done.html", session_clock=clock))
    tab.wait_for_url("**/uitgelogd/", timeout=4000)
    tab.close()


KEEPING = (
    "<form method='post' data-keep='{owner}' action='/weg/'><textarea name='text'></textarea>"
    "<button type='submit'>x</button></form>"
)
SIGN_OUT = "<form method='post' data-signout action='/weg/'><button type='submit' id='uit'>x</button></form>"


def keeping(owner: str, *, signed_in: bool = True) -> str:
    """Put a form that keeps its text, and a sign-out, at the top of a page."""
    clock = t.SessionClock(seconds=900, keep_alive_href="/blijf/", ended_href="/uitgelogd/") if signed_in else None
    html = page("ui/styleguide_done.html", session_clock=clock)
    return html.replace("<main", KEEPING.format(owner=owner) + SIGN_OUT + "<main", 1)


def stored(tab: Page) -> str:
    return tab.evaluate("JSON.stringify(Object.entries(sessionStorage))")


def test_typed_text_comes_back_for_its_owner(chromium):
    """Ux 8: a session that ends does not lose what was typed."""
    tab, _ = show(chromium, keeping("a1"))
    tab.locator("textarea").fill("Mijn vraag")
    tab.reload()
    assert tab.locator("textarea").input_value() == "Mijn vraag"
    tab.close()


def test_typed_text_is_gone_after_signing_out(chromium):
    """Security rows 17 and 45."""
    tab, _ = show(chromium, keeping("a1"))
    tab.locator("textarea").fill("Mijn vraag")
    assert "Mijn vraag" in stored(tab)
    tab.locator("#uit").click()
    tab.wait_for_url("**/weg/")
    assert stored(tab) == "[]"
    tab.close()


@pytest.mark.parametrize("signed_in", [True, False])
def test_typed_text_is_gone_once_a_page_of_the_session_took_it_and_not_sooner(chromium, signed_in):
    """Security rows 17 and 45; ux 8: a form that was sent after the session ended comes to a sign-in page."""
    tab, _ = show(chromium, keeping("a1", signed_in=signed_in).replace("/weg/", "/pagina/"))
    tab.locator("textarea").fill("Mijn vraag")
    with tab.expect_navigation():
        tab.locator("form[data-keep] button").click()
    assert tab.locator("textarea").input_value() == ("" if signed_in else "Mijn vraag")
    assert ("Mijn vraag" in stored(tab)) is not signed_in
    tab.close()


def test_typed_text_survives_a_lost_connection(chromium):
    """Ux 8: back from a page that never came."""
    tab, _ = show(chromium, keeping("a1"))
    tab.locator("textarea").fill("Mijn vraag")
    tab.locator("form[data-keep] button").click()
    tab.wait_for_url("**/weg/")
    tab.go_back()
    assert tab.locator("textarea").input_value() == "Mijn vraag"
    tab.close()


def test_typed_text_of_another_owner_is_thrown_away(chromium):
    """Security row 17: B in A's browser finds nothing of A."""
    tab, _ = show(chromium, keeping("b2"))
    tab.evaluate("sessionStorage.setItem('zb-keep:a1:/pagina/', '{\"text\": \"van A\"}')")
    tab.reload()
    assert tab.locator("textarea").input_value() == ""
    assert "van A" not in stored(tab)
    tab.close()


def test_form_that_is_not_marked_is_not_kept(chromium):
    tab, _ = show(chromium, page("ui/styleguide.html"))
    tab.locator("textarea").fill("niet bewaren")
    assert stored(tab) == "[]"
    tab.close()


def test_desk_keys_walk_the_list_and_can_be_switched_off(chromium):
    """Ux 46; WCAG 2.1.4."""
    tab, _ = show(chromium, page("ui/styleguide_desk.html"), width=1280)
    focused = "document.activeElement.textContent"
    tab.keyboard.press("j")
    assert tab.evaluate(focused) == "M. Jansen"
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    assert tab.evaluate(focused) == "P. van den Berg"
    tab.locator(".zb-menu--keys > summary").click()
    tab.locator("[data-keys-switch]").uncheck()
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.matches('[data-keys-switch]')")
    tab.close()


def test_long_text_tells_what_is_left_only_near_the_end(chromium):
    """Ux 10."""
    tab, _ = show(chromium, page("ui/styleguide.html"))
    area, note = tab.locator("textarea[data-limit]"), tab.locator(".zb-limit")
    area.fill("a" * 2000)
    assert not note.is_visible()
    area.fill("a" * 2990)
    assert note.inner_text() == "U kunt nog 10 tekens typen"
    area.fill("a" * 3005)
    assert note.inner_text() == "5 tekens te veel"
    tab.close()
