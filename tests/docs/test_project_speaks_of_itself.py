"""Locks hold names, versions and hashes alone; no file names a package registry."""

import re
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"https?://")
_HOSTS = ("files.python" + "hosted", "pypi" + ".org", "registry.npm" + "js", "registry.yarn" + "pkg")
REGISTRY = re.compile("|".join(map(re.escape, _HOSTS)))


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    return [CHECKOUT / name for name in names.splitlines()]


def test_locks_hold_no_address():
    for lock in (CHECKOUT / "requirements").glob("*.txt"):
        assert not ADDRESS.search(lock.read_text()), lock.name


def test_locks_pin_every_package_with_hashes():
    for lock in (CHECKOUT / "requirements").glob("*.txt"):
        for line in lock.read_text().splitlines():
            if line and not line.startswith((" ", "#")):
                assert "==" in line, (lock.name, line)
                assert line.endswith("\\"), (lock.name, line)


def test_no_file_names_a_package_registry():
    found = []
    for path in _tracked():
        try:
            text = path.read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        if REGISTRY.search(text):
            found.append(path.name)
    assert found == []
