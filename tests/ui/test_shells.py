"""The frames keep their promises on every page: strict CSP, help, phone, who you act for, small."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import RequestFactory, override_settings

from tests.ui.render import PAGES, fragment, page
from zorgbalie.ui import context, styleguide, views
from zorgbalie.ui import types as t

STATIC = Path(views.__file__).parent / "static"
PATIENT = "ui/styleguide.html"
DESK = "ui/styleguide_desk.html"
CLOCK = t.SessionClock(seconds=900, keep_alive_href="/blijf/", ended_href="/uitgelogd/")


class Audit(HTMLParser):
    """Collect what a strict policy forbids, and identifiers that occur twice."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.inline += [name for name in named if name == "style" or name.startswith("on")]
        self.inline += [tag for _ in [0] if tag == "style" or (tag == "script" and "src" not in named)]
        self.ids += [named["id"]] if named.get("id") else []
        if tag in ("script", "img", "link"):
            self.loads.append(named.get("src") or named.get("href") or "")


def audit(html: str) -> Audit:
    parser = Audit()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("template", PAGES)
def test_page_obeys_the_strict_policy(template):
    """Security section 4: no inline script or style, everything from this origin."""
    found = audit(page(template, session_clock=CLOCK))
    assert found.inline == []
    assert [one for one in found.loads if not one.startswith("/static/")] == []
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize("template", PAGES)
def test_page_is_light_enough(template):
    """Ux 23: under 100 kB compressed without fonts and pictures."""
    html = page(template)
    sheets = [one for one in audit(html).loads if one.endswith((".css", ".js"))]
    files = [(STATIC / one.removeprefix("/static/")).read_bytes() for one in sheets]
    assert sum(len(gzip.compress(one)) for one in [html.encode(), *files]) < 70_000


@pytest.mark.parametrize("template", PAGES)
def test_page_has_one_main_heading_language_and_skip_link(template):
    html = page(template)
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert '<html lang="nl"' in html
    assert html.index('href="#inhoud"') < html.index('id="inhoud"')


def test_patient_page_shows_phone_help_and_emergency_number():
    """Ux 25, R17."""
    html = page(PATIENT)
    assert html.count('href="tel:0201234567"') >= 2
    assert 'Levensgevaar? Bel <a href="tel:112">112</a>.' in html
    assert 'href="#hulp"' in html


def test_facility_that_is_off_is_absent_from_the_menu():
    """R14."""
    items = [item for item in styleguide.context()["nav"] if item.label != "Uitslagen"]
    assert 'href="#uitslagen"' in page(PATIENT)
    assert 'href="#uitslagen"' not in page(PATIENT, nav=items)


def test_acting_for_another_stands_on_the_page():
    """Ux 41."""
    assert "U regelt dit voor <strong>Sem</strong> (8 jaar)" in page(PATIENT)
    assert "U regelt dit voor" not in page(PATIENT, acting_for=None)


def test_sign_out_is_a_post_form():
    html = page(PATIENT, account=t.AccountMenu(name="A", logout_href="/uit/"))
    assert re.search(r"<form[^>]*method=\"post\" action=\"/uit/\" data-signout>\s*<input[^>]*csrf", html)


@pytest.mark.parametrize("theme", context.THEMES)
def test_chosen_colours_are_set_by_the_server(theme):
    assert f'data-theme="{theme}"' in page(PATIENT, theme=theme)


def test_foreign_theme_value_falls_back():
    assert 'data-theme="auto"' in page(PATIENT, theme='"><script>')


def test_practice_theme_is_a_style_sheet():
    html = page(PATIENT, practice=t.PracticeHeader(name="P", theme_href="/static/p.css"))
    assert '<link rel="stylesheet" href="/static/p.css">' in html


def test_session_warning_knows_its_times():
    html = page(PATIENT, session_clock=CLOCK)
    assert 'data-seconds="900" data-warn="120" data-ended="/uitgelogd/"' in html


def test_htmx_is_for_the_desk_alone():
    assert "htmx.min.js" in page(DESK)
    assert "htmx" not in page(PATIENT)


def test_names_are_escaped():
    """Security row 26."""
    evil = "<script>x</script>"
    account = t.AccountMenu(name=evil, logout_href="/uit/")
    html = page(PATIENT, practice=t.PracticeHeader(name=evil), account=account, acting_for=t.ActingFor(name=evil))
    assert evil not in html
    assert evil not in fragment(
        "{% ui_alert 'info' t %}{{ t }}{% endui_alert %}{% ui_card t %}{% endui_card %}", t=evil
    )


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/dossier/", "/dossier/"),
        ("https://kwaad.example/", "/"),
        ("//kwaad.example", "/"),
        ("", "/"),
        ("x", "/"),
    ],
)
def test_choice_returns_to_own_address_only(address, target):
    """Security row 31."""
    response = views.set_theme(RequestFactory().post("/", {"theme": "dark", "next": address}))
    assert response["Location"] == target


@pytest.mark.parametrize(("theme", "kept"), [("dark", True), ("auto", True), ("purple", False), ("", False)])
def test_only_known_themes_are_kept(theme, kept):
    with override_settings(SESSION_COOKIE_SECURE=True):
        response = views.set_theme(RequestFactory().post("/", {"theme": theme}))
    cookie = response.cookies.get("__Host-theme")
    assert bool(cookie) is kept
    if cookie:
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (
            True,
            True,
            "/",
            "",
        )


@pytest.mark.parametrize(("language", "kept"), [("nl", True), ("en", True), ("de", False), ("../x", False)])
def test_only_offered_languages_are_kept(language, kept):
    response = views.set_language(RequestFactory().post("/", {"language": language}))
    assert bool(response.cookies) is kept


@pytest.mark.parametrize("view", [views.set_theme, views.set_language])
def test_choice_does_not_change_on_get(view):
    """Security row 24."""
    assert view(RequestFactory().get("/")).status_code == 405


def test_a_class_belongs_to_one_sheet():
    """A second base rule in another sheet changes pages that load both: values of the laboratory became unreadable."""
    owners: dict[str, set[str]] = {}
    for sheet in (STATIC / "ui/css").glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        for name in re.findall(r"^(\.[\w-]+)\s*\{", rules, flags=re.M):
            owners.setdefault(name, set()).add(sheet.name)
    twice = {name: sheets - {"print.css"} for name, sheets in owners.items()}
    assert {name: sheets for name, sheets in twice.items() if len(sheets) > 1} == {}
