"""Vendored files are the ones that were checked, with their licence, and point at no other host.

Security row 67 (no third-party requests) and 66 (known dependencies).
"""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/zorgbalie/ui/static/ui"
VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())
OWN_CSS = sorted((STATIC / "css").glob("*.css"))


@pytest.mark.parametrize("path", sorted(MANIFEST["files"]))
def test_vendored_file_has_its_recorded_hash(path):
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == MANIFEST["files"][path]


def test_no_vendored_file_is_outside_the_manifest():
    found = {
        path.relative_to(ROOT).as_posix()
        for base in (VENDOR, ROOT / "tests/vendor")
        for path in base.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == set(MANIFEST["files"])


def test_every_vendored_folder_carries_its_licence():
    folders = [path for base in (VENDOR, ROOT / "tests/vendor") for path in base.iterdir() if path.is_dir()]
    without = [folder.name for folder in folders if not list(folder.glob("LICENSE*"))]
    assert without == []


def test_no_proprietary_tokens_are_vendored():
    """Only the free example theme: the tokens of Utrecht, Rijkshuisstijl and Amsterdam may not be used."""
    names = [name for name in MANIFEST["packages"] if name.endswith("design-tokens")]
    assert names == ["@nl-design-system-unstable/voorbeeld-design-tokens"]


@pytest.mark.parametrize("sheet", [*OWN_CSS, VENDOR / "nl-design-system/nlds.css"], ids=lambda path: path.name)
def test_style_sheet_fetches_nothing_from_elsewhere(sheet):
    """Security section 4: no data: addresses, no other origin, no pointer to a file that is not there."""
    css = sheet.read_text()
    assert re.findall(r"@import|data:|https?://|sourceMappingURL", re.sub(r"\[href\^=\"https\"\]", "", css)) == []
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", css):
        assert (sheet.parent / address).is_file()


def test_colours_live_in_the_tokens_alone():
    """A practice theme must reach everything; only paper and logos are plain black and white."""
    strays = {
        sheet.name: sorted(set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())) - {"#ffffff", "#000000"})
        for sheet in OWN_CSS
        if sheet.name != "tokens.css"
    }
    assert {name: found for name, found in strays.items() if found} == {}
