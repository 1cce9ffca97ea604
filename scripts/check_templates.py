"""Template lint: djade's format of tags, each template compiles, and nothing that the content policy would block."""

import re
import subprocess
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "zorgbalie"
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "address outside": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
    "data address": re.compile(r"[\"']data:", re.I),
    "unsafe text": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def templates() -> list[Path]:
    """Every HTML template of ours."""
    return sorted(path for path in SOURCE.rglob("*.html") if "vendor" not in path.parts)


def problems(path: Path) -> list[str]:
    """What is wrong with one template, by line."""
    found = [
        f"{path.relative_to(CHECKOUT)}:{number}: {what}"
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line) and "lint-ok" not in line
    ]
    name = str(path).rsplit("/templates/", 1)[-1]
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        found.append(f"{path.relative_to(CHECKOUT)}: {error}")
    return found


def main() -> int:
    """Exit code 1 with a line per problem."""
    django.setup()
    paths = templates()
    found = [line for path in paths for line in problems(path)]
    djade = subprocess.run(
        [str(Path(sys.executable).parent / "djade"), "--target-version", "5.2", "--check", *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if djade.returncode:
        found.append(djade.stdout + djade.stderr)
    print("\n".join(found) or f"{len(paths)} templates are clean")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
