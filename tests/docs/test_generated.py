"""The page on who may see what says what the table says."""

from pathlib import Path

from scripts.generate_docs import page

CHECKOUT = Path(__file__).resolve().parents[2]


def test_who_may_see_what_is_generated_from_the_table():
    assert (CHECKOUT / "docs" / "who-may-see-what.md").read_text() == page()
