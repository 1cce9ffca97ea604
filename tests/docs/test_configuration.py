"""Every setting that comes from the environment is explained, and nothing is explained that does not exist."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "configuration.md").read_text()


def _settings() -> set[str]:
    found: set[str] = set()
    for path in (CHECKOUT / "src" / "zorgbalie" / "config" / "settings").glob("*.py"):
        found |= set(re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", path.read_text()))
    return found


def test_every_setting_is_explained():
    assert {name for name in _settings() if f"`{name}`" not in PAGE} == set()


def test_no_explained_setting_is_gone():
    rows = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))
    explained = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", rows))
    assert {name for name in explained - _settings() if name not in {"SUBSTANTIEEL"}} == set()
