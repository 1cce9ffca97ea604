"""Keeps the English catalogue complete: extracts every screen text, updates the .po, compiles the .mo.

Usage: translations.py            extract, update and compile
       translations.py --check    exit code 1 when a text is missing, stale, or lacks a translation

Needs no GNU gettext: Django turns templates into code, Babel finds the texts in it, polib keeps the catalogue. Python
is read as a syntax tree: only that sees a text inside an f-string.
The source language is Dutch, so only English has a catalogue.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "zorgbalie"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
Found = tuple[str | None, str, str]


def extract() -> Iterator[Found]:
    """Every (context, text, plural) in code and templates."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "migrations" in path.parts or "vendor" in path.parts or "seeding" in path.parts:
            continue
        text = path.read_text()
        if path.suffix == ".py":
            yield from _in_python(text)
        else:
            yield from _in_template(templatize(text, origin=str(path.relative_to(CHECKOUT))))


def _in_python(text: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            parts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield from _found(node.func.id, parts)


def _in_template(text: str) -> Iterator[Found]:
    options = {"encoding": "utf-8"}
    for _, function, messages, _ in extract_python(io.BytesIO(text.encode()), list(KEYWORDS), [], options):
        parts = messages if isinstance(messages, tuple) else (messages,)
        yield from _found(function, [part for part in parts if isinstance(part, str)])


def _found(function: str, parts: list[str]) -> Iterator[Found]:
    context = parts.pop(0) if "pgettext" in function and parts else None
    values = [part for part in parts if part]
    if values:
        yield context, values[0], values[1] if function.startswith(("ng", "np")) and len(values) > 1 else ""


def update(catalogue: polib.POFile) -> tuple[int, int]:
    """Add what is new, drop what is gone; returns both counts."""
    wanted = {(context, text): plural for context, text, plural in extract()}
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    gone = [entry for key, entry in known.items() if key not in wanted]
    for entry in gone:
        catalogue.remove(entry)
    new = [key for key in wanted if key not in known]
    for context, text in new:
        plural = wanted[context, text]
        forms = {0: "", 1: ""} if plural else {}
        catalogue.append(polib.POEntry(msgctxt=context, msgid=text, msgid_plural=plural, msgstr_plural=forms))
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return len(new), len(gone)


def load() -> polib.POFile:
    """The catalogue, or an empty one."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "zorgbalie", "Language": "en", "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    return catalogue


def _untranslated(catalogue: polib.POFile) -> list[str]:
    return [entry.msgid for entry in catalogue if not entry.translated() or "fuzzy" in entry.flags]


def main(arguments: list[str]) -> int:
    """Update, or check."""
    settings.configure(USE_I18N=True)
    catalogue = load()
    new, gone = update(catalogue)
    missing = _untranslated(catalogue)
    compiled = CATALOGUE.with_suffix(".mo")
    if "--check" in arguments:
        stale = not compiled.exists() or compiled.read_bytes() != catalogue.to_binary()
        for text in missing[:40]:
            print(f"no English for: {text!r}")
        state = "stale" if stale else "ok"
        print(f"{len(missing)} without translation, {new} new, {gone} gone, compiled catalogue {state}")
        return int(bool(missing or new or gone or stale))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(compiled))
    print(f"{len(catalogue)} texts, {new} new, {gone} gone, {len(missing)} without translation")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
