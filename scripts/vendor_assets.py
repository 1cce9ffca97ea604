"""Fetch the pinned front-end packages, check them, and copy only what the pages use.

Run by hand when a pin changes: ``python scripts/vendor_assets.py``. Needs ``npm`` on the path for
``npm pack``; nothing at run time or in the tests needs Node. The results are committed together
with their licence texts and ``manifest.json``, which ``tests/ui/test_vendor.py`` compares with the
files on disk.

Never add the design tokens of Utrecht, Rijkshuisstijl or Amsterdam here: their licence is
proprietary. The theme comes from the free ``voorbeeld`` tokens and our own colours.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/zorgbalie/ui/static/ui/vendor"
TEST_VENDOR = ROOT / "tests/vendor"
MANIFEST = VENDOR / "manifest.json"

PINS = {
    "@nl-design-system-candidate/button-css": (
        "1.1.0",
        "w0JLQyiPL9UrfRwzu3Mq2EWbYvAJbolepeFH4ggyBFXoYm9RMWX6vWb/8Oj999GzAF6N77LlES5jUnaR3BJ7Yw==",
    ),
    "@nl-design-system-candidate/link-css": (
        "2.0.3",
        "NpRIm9YDCK1bihslc9UD3OvV5hmm91Dc7v2oBIllqlZZyS1THFmPsyi+sJ1Vd7ZDa54GgqjuzUJOzAoQDJOFzQ==",
    ),
    "@nl-design-system-candidate/skip-link-css": (
        "1.0.5",
        "0Bq6yDPgz6sCGrd5EuV8CfL9m78he1a914sJPeZ+Cqr4WTqN0m1qf3LPJ2YVpOP0fYgk5GX2UqwTKIDhSLg5GA==",
    ),
    "@nl-design-system-candidate/data-badge-css": (
        "1.0.5",
        "CDcXpGQDonWIw9omDL5O/rn1IaS0y8s4WprVDCZRwYKOgpIE6N3T4MwiuESzijldhT4lnYIxK1q3jdp2G8enFQ==",
    ),
    "@nl-design-system-candidate/number-badge-css": (
        "1.1.5",
        "H9/+72dHiuKZUk+xixykqpgoH7O70SUw1Ak71NIAscVcBbivWK4Hzj9fF4uNXpIXdERxVdiJxa1TIBhCdMRwAQ==",
    ),
    "@utrecht/component-library-css": (
        "9.0.4",
        "gVA7D6GfP9/+fzehkYLSBR+0UPUTA97PZmgvTYQE88lPQhHGMlUk8FjmCpLKRsRC9hAYd32JuF/KzG6fmBfjJA==",
    ),
    "@nl-design-system-unstable/voorbeeld-design-tokens": (
        "7.4.1",
        "GNnapAn2mTIzXRcCvs0JMr4Bf9+ivUJ3zFBJLRT1SYpAYm2xPwptVxIM3k4WLJ0c59E9FfxsEBPJluGuAHUVvg==",
    ),
    "@fontsource-variable/source-sans-3": (
        "5.3.0",
        "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
    ),
    "@tabler/icons": (
        "3.51.0",
        "0pinvPZz7YeX+OSfxuEAbnEPWbocVXW5iU8h5lh41pYG8sZuQfpWECC980lxOT0clGIcNGn8xsBr+zKaRGdA/g==",
    ),
    "htmx.org": (
        "2.0.11",
        "Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
    ),
    "@event-calendar/build": (
        "5.10.1",
        "iAR/l5oeFwqt7mfjBGsrpTiWFOt8yfI7PxV0OqnGaTzZGxvre2QeI0TNNlTpuefoMPd15qseQlfWpxiORzJOMA==",
    ),
    "axe-core": (
        "4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    ),
}

CANDIDATES = ("button", "link", "skip-link", "data-badge", "number-badge")
UTRECHT_BLOCKS = (
    "alert",
    "form-field-description",
    "form-field-error-message",
    "form-label",
    "select",
    "table",
    "textarea",
    "textbox",
)
ICONS = """
activity adjustments alert-circle alert-octagon alert-triangle ambulance arrow-down arrow-left
arrow-right arrow-up arrows-sort bell building-hospital building-store calendar calendar-event
calendar-plus check chevron-down chevron-left chevron-right circle-check clipboard-list clock
device-desktop dots door-exit download edit external-link eye eye-off file-text filter first-aid-kit
flask folder heart-rate-monitor help-circle history home id-badge-2 inbox info-circle key keyboard
language link list-check lock lock-open logout mail menu-2 message-question minus moon notes paperclip
phone phone-call photo pill plus printer refresh report-medical search send settings shield-check star
stethoscope sun switch-horizontal trash upload user user-circle users vaccine virus volume player-stop x
""".split()  # noqa: SIM905  (a list literal of these would fill a page)


def pack(name: str, into: Path) -> Path:
    """Download one pinned package, refuse it when its sha512 differs, and unpack it.

    Raises:
        SystemExit: when the tarball is not the one that was pinned.
    """
    version, expected = PINS[name]
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=into, check=True, capture_output=True, text=True
    )
    tarball = into / done.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != expected:
        sys.exit(f"{name} {version}: sha512 is {found}, pinned is {expected}")
    target = into / tarball.stem
    with tarfile.open(tarball) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def write(target: Path, content: bytes) -> None:
    """Write one vendored file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def copy_licence(package: Path, folder: Path) -> None:
    """Copy the licence text beside the files that it covers."""
    source = next(path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICENSE"))
    write(folder / source.name, source.read_bytes())


def without_source_map(css: str) -> str:
    """Drop the pointer to a map file that is not copied; the static file store refuses it."""
    return re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", css).strip()


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (prelude, body) of each rule at the top level of a style sheet without comments."""
    depth, start, prelude = 0, 0, ""
    for position, character in enumerate(css):
        if character == "{":
            if depth == 0:
                prelude, start = css[start:position].strip(), position + 1
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[start:position].strip()
                start = position + 1
        elif character == ";" and depth == 0:
            start = position + 1


def is_wanted(selector: str) -> bool:
    """Whether a selector speaks of the chosen Utrecht blocks and of nothing else."""
    classes = re.findall(r"\.(utrecht-[a-z0-9_-]+)", selector)
    allowed = tuple(f"utrecht-{block}" for block in UTRECHT_BLOCKS)
    return bool(classes) and all(
        any(name == block or name.startswith((f"{block}--", f"{block}__")) for block in allowed) for name in classes
    )


def cut(css: str) -> str:
    """Keep the chosen Utrecht blocks of the whole component sheet."""
    kept = []
    for prelude, body in rules(re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if prelude.startswith(("@media", "@supports", "@container")):
            inner = cut(body)
            if inner:
                kept.append(f"{prelude} {{\n{inner}\n}}")
        elif not prelude.startswith("@"):
            selectors = [one.strip() for one in prelude.split(",") if is_wanted(one)]
            if selectors:
                kept.append(f"{', '.join(selectors)} {{ {' '.join(body.split())} }}")
    return "\n".join(kept)


def used_tokens(theme: str, css: str) -> str:
    """Keep the theme tokens that the kept sheets use, directly or through other tokens."""
    tokens = dict(re.findall(r"^\s*(--[a-z0-9-]+):\s*(.*?);", theme, flags=re.M))
    open_ends = set(re.findall(r"var\((--[a-z0-9-]+)", css))
    open_ends |= {name for name in tokens if re.match(r"--basis-(?!space-\w+-(min|max))", name)}
    keep: set[str] = set()
    while open_ends:
        name = open_ends.pop()
        if name in tokens and name not in keep:
            keep.add(name)
            open_ends |= set(re.findall(r"var\((--[a-z0-9-]+)", tokens[name]))
    lines = "\n".join(f"  {name}: {value};" for name, value in tokens.items() if name in keep)
    return f".voorbeeld-theme {{\n{lines}\n}}"


def vendor_design_system(packages: dict[str, Path]) -> None:
    """Bundle the NL Design System parts into one sheet, and their licence beside it."""
    folder = VENDOR / "nl-design-system"
    theme_name = "@nl-design-system-unstable/voorbeeld-design-tokens"
    parts = [
        (name, without_source_map((packages[name] / f"dist/{part}.css").read_text()))
        for part in CANDIDATES
        for name in [f"@nl-design-system-candidate/{part}-css"]
    ]
    utrecht = "@utrecht/component-library-css"
    parts.append((utrecht, cut((packages[utrecht] / "dist/index.css").read_text())))
    everything = "\n".join(css for _, css in parts)
    theme = used_tokens((packages[theme_name] / "dist/theme.css").read_text(), everything)
    chunks = [
        f"/* {name} {PINS[name][0]}, EUPL-1.2, cut to what is used; see LICENSE.md */\n{css}\n"
        for name, css in [(theme_name, theme), *parts]
    ]
    write(folder / "nlds.css", "\n".join(chunks).encode())
    copy_licence(packages[utrecht], folder)


def vendor_icons(package: Path) -> None:
    """Copy the chosen icons, each cut to its drawing; the template tag adds the outer element."""
    folder = VENDOR / "tabler-icons"
    for name in sorted(ICONS):
        svg = (package / f"icons/outline/{name}.svg").read_text()
        shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", svg)
        inner = "".join(shape for shape in shapes if 'd="M0 0h24v24H0z"' not in shape)
        outer = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inner}</svg>\n'
        write(folder / f"{name}.svg", outer.encode())
    copy_licence(package, folder)


def vendor_single_files(packages: dict[str, Path]) -> None:
    """Copy the font, htmx, and the accessibility checker that only the tests use."""
    chosen = [
        ("@fontsource-variable/source-sans-3", VENDOR, "files/source-sans-3-latin-wght-normal.woff2"),
        ("htmx.org", VENDOR, "dist/htmx.min.js"),
        ("axe-core", TEST_VENDOR, "axe.min.js"),
    ]
    for name, base, path in chosen:
        folder = base / name.split("/")[-1]
        write(folder / PurePosixPath(path).name, (packages[name] / path).read_bytes())
        copy_licence(packages[name], folder)


def vendor_calendar(package: Path) -> None:
    """Copy the calendar. Its package holds no licence text: those of EventCalendar and of the Svelte in it lie here."""
    folder = VENDOR / "event-calendar"
    if not (folder / "LICENSE").is_file():
        sys.exit("event-calendar: put LICENSE back, with the texts of vkurko/calendar and sveltejs/svelte")
    css = (package / "dist/event-calendar.min.css").read_text()
    js = (package / "dist/event-calendar.min.js").read_text()
    write(folder / "event-calendar.min.css", f"{without_source_map(css)}\n".encode())
    write(folder / "event-calendar.min.js", f"{re.sub(r'//# sourceMappingURL=.*', '', js).strip()}\n".encode())


def write_manifest() -> None:
    """Record pins and the sha256 of every vendored file, for the test."""
    found = [path for base in (VENDOR, TEST_VENDOR) for path in base.rglob("*")]
    files = [path for path in found if path.is_file() and path != MANIFEST]
    manifest = {
        "packages": {name: {"version": v, "sha512": digest} for name, (v, digest) in sorted(PINS.items())},
        "files": {
            path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)
        },
    }
    write(MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())


def main() -> None:
    """Fetch, check, cut, copy and record everything."""
    with tempfile.TemporaryDirectory() as workplace:
        packages = {name: pack(name, Path(workplace)) for name in PINS}
        vendor_design_system(packages)
        vendor_icons(packages["@tabler/icons"])
        vendor_single_files(packages)
        vendor_calendar(packages["@event-calendar/build"])
    write_manifest()


if __name__ == "__main__":
    main()
