"""Cells of a spreadsheet (security row 29)."""

import pytest

from zorgbalie.kernel.cells import harmless_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1", "+31", "-1", "@SUM(A1)", "|x", "%00", "\t", "\r", "\n", "\tx", "\r=1", "\n=1", "\r\n=1", " =1", "  =1",
        "\u00a0=1", "＝1", "＋1", "﹣1", "＠a", "\x00=1", "\x0b=1", "\u2028=1", "\ufeff=1", "\u200b=1", "\u202e=1",
        "\u3000=1", "\x1f=1",
    ],
)  # fmt: skip
def test_row29_what_a_spreadsheet_may_take_for_a_formula_gets_an_apostrophe(text):
    safe = harmless_cell(text=text)
    assert safe.startswith("'")
    assert len(safe.splitlines()) == 1
    assert "\x00" not in safe


@pytest.mark.parametrize(
    ("text", "cell"), [("", ""), ("a=1", "a=1"), ("Bos", "Bos"), ("a\r\n=1", "a =1"), (" a", " a")]
)
def test_row29_other_texts_stay_as_they_are_on_one_line(text, cell):
    assert harmless_cell(text=text) == cell
