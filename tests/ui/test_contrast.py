"""Every pair of colours that stands on a page reads well, in both themes and in a practice's own.

WCAG 2.2 1.4.3 (text 4.5:1) and 1.4.11 (controls 3:1); ux rules 22 and 24.
"""

import re
from pathlib import Path

import pytest

from zorgbalie.ui import theme

TOKENS = Path(theme.__file__).parent / "static/ui/css/tokens.css"

TEXT_PAIRS = [
    *[(text, ground) for text in ("text", "subtle", "link", "link-hover") for ground in ("page", "surface", "sunken")],
    ("text", "tint"),
    ("subtle", "tint"),
    ("on-tint", "tint"),
    ("on-tint", "tint-hover"),
    ("link", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    *[(f"on-{kind}", kind) for kind in ("info", "ok", "warning", "error", "band", "rail", "focus", "danger")],
    ("on-rail", "rail-current"),
    ("on-danger", "danger-hover"),
    ("on-error", "surface"),
    ("on-error", "page"),
    ("on-ok", "surface"),
    ("on-count", "heart"),
    ("page", "text"),
]
CONTROL_PAIRS = [
    ("line-strong", "surface"),
    ("line-strong", "page"),
    ("action", "surface"),
    ("action", "page"),
    ("error-line", "surface"),
    ("error-line", "page"),
    ("ok-line", "surface"),
    ("ok-line", "ok"),
    ("warning-line", "warning"),
    ("error-line", "error"),
    ("info-line", "info"),
    ("action", "ok"),
    ("heart", "brand"),
    ("mark", "sunken"),
]


def blocks() -> dict[str, dict[str, str]]:
    """Read the light values and the two dark sets of the token sheet."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.S)
    found = re.findall(r"(:root(?:\[data-theme=\"\w+\"\])?)\s*\{([^}]*)\}", css)
    sets = [dict(re.findall(r"--zb-([a-z-]+):\s*(.+?);", body)) for _, body in found]
    return {"light": sets[0], "auto-dark": sets[1], "dark": sets[2]}


SETS = blocks()
BRANDS = ["#0b5563", "#e4007c", "#ffd500", "#00a651", "#111111", "#ffffff", "#7a3e00", "#1d4ed8"]


def test_dark_values_are_the_same_by_choice_and_by_system():
    assert SETS["dark"] == SETS["auto-dark"]


def test_light_and_dark_name_the_same_colours():
    assert set(SETS["light"]) == set(SETS["dark"])


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reads_on_its_ground(name, text, ground):
    values = SETS[name]
    assert theme.contrast(first=values[text], second=values[ground]) >= theme.TEXT_CONTRAST


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("control", "ground"), CONTROL_PAIRS)
def test_control_shows_on_its_ground(name, control, ground):
    values = SETS[name]
    assert theme.contrast(first=values[control], second=values[ground]) >= theme.CONTROL_CONTRAST


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_any_brand_colour_gives_a_readable_theme(brand, name):
    """REQ 72: a practice changes the look; it cannot make its pages hard to read."""
    own = {key.removeprefix("--zb-"): value for key, value in theme.practice_theme(brand=brand)[name].items()}
    values = SETS[name] | own
    poor = {
        (text, ground): round(theme.contrast(first=values[text], second=values[ground]), 2)
        for text, ground in TEXT_PAIRS
        if {text, ground} & set(own)
        if theme.contrast(first=values[text], second=values[ground]) < theme.TEXT_CONTRAST
    }
    assert poor == {}


@pytest.mark.parametrize("evil", ["red", "#fff", "#0b5563;}body{display:none}", "", "#0b556g"])
def test_only_a_plain_colour_reaches_the_style_sheet(evil):
    """Security row 26: nothing that a manager types becomes style."""
    with pytest.raises(theme.NotAColourError):
        theme.practice_theme_css(brand=evil)


def test_practice_sheet_overrides_under_the_three_selectors():
    css = theme.practice_theme_css(brand="#0b5563")
    assert re.findall(r":root[^{]*(?=\{-)", css) == [
        ":root",
        ':root[data-theme="auto"]',
        ':root[data-theme="dark"]',
    ]


def test_contrast_of_black_on_white_is_twenty_one():
    assert theme.contrast(first="#000000", second="#ffffff") == pytest.approx(21)


def test_a_button_in_an_alert_keeps_the_colour_that_goes_with_its_ground():
    """`Afspraak maken` in an invitation had the brown of the alert's text on the ground of a button."""
    sheet = (TOKENS.parent / "components.css").read_text()
    rules = [line for line in sheet.splitlines() if line.startswith(".zb-alert a") and "color" in line]
    assert rules
    assert all(line.startswith(".zb-alert a:not(.nl-button)") for line in rules)
