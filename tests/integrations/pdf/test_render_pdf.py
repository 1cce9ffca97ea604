"""Documents: values are shown as text whatever they hold, and a screen reader can read the result."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from zorgbalie.integrations.pdf import PdfFailed, render_pdf

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LETTER = {
    "language": "nl",
    "title": "Uitnodiging",
    "sender": "Huisartsenpraktijk De Linde",
    "sender_lines": "Lindelaan 1",
    "page_words": ["Pagina", "van"],
    "address_lines": "Mevrouw A. Şahin",
    "date": "24 november 2026",
    "greeting": "Beste mevrouw Şahin,",
    "paragraphs": ['#panic("gelezen als opdracht") $x$ *a* #read("/etc/passwd")'],
    "steps_title": "Zo doet u mee",
    "steps": ["Ga naar de website"],
    "code_label": "Uw code",
    "code": "ABCDE-FGHJK",
    "code_note": "Geldig tot 23 januari 2027",
    "closing": [],
    "regards": "Met vriendelijke groet,",
}


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_row26_markup_in_a_value_stays_text():
    text = _text(render_pdf(template="access/invitation_letter", data=LETTER, now=NOW))
    assert '#panic("gelezen als opdracht") $x$ *a* #read("/etc/passwd")' in text
    assert "Şahin" in text


def test_document_is_tagged_and_names_its_language_and_title():
    root = PdfReader(io.BytesIO(render_pdf(template="access/invitation_letter", data=LETTER, now=NOW))).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "nl")
    assert "/StructTreeRoot" in root


def test_missing_value_fails_instead_of_leaving_a_gap():
    data = {name: value for name, value in LETTER.items() if name != "code"}
    with pytest.raises(PdfFailed):
        render_pdf(template="access/invitation_letter", data=data, now=NOW)


@pytest.mark.parametrize("name", ["../access/x", "access/../../etc/x", "/etc/passwd", "access/letter.typ"])
def test_row27_only_a_template_of_an_app_can_be_named(name):
    with pytest.raises(PdfFailed):
        render_pdf(template=name, data=LETTER, now=NOW)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("blij 😀 en 漢字", "blij � en ��"),
        ("a\x01b", "a�b"),
        ("punt \uf0b7 een", "punt � een"),
        ("10⁹/L, 5 µmol, ≥ 3, café", "10⁹/L, 5 µmol, ≥ 3, café"),
    ],
)
def test_sign_that_no_font_shows_becomes_a_mark_and_breaks_nothing(words, shown):
    """A record with an emoji in it must not be the one that cannot be saved."""
    data = {**LETTER, "paragraphs": [words]}
    text = _text(render_pdf(template="access/invitation_letter", data=data, now=NOW))
    assert shown in text.replace("\n", " ")
