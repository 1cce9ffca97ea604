"""The BSN is nine digits that pass the eleven-test, and nothing else (REQ 1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgbalie.kernel.bsn import InvalidBsn, mask_bsn, parse_bsn, parse_exact_bsn


@pytest.mark.parametrize(
    ("text", "bsn"),
    [
        ("999990019", "999990019"),
        ("9999.90.019", "999990019"),
        (" 999 990 019\n", "999990019"),
        ("000000012", "000000012"),
    ],
)
def test_parse_bsn_reads_what_people_type(text, bsn):
    """Leading zeros are part of the number."""
    assert parse_bsn(text) == bsn


@pytest.mark.parametrize(
    "text",
    [
        "",
        "999990010",
        "99999001",
        "9999900190",
        "000000000",
        "99999001x",
        "٩٩٩٩٩٠٠١٩",
        "-99990019",
        "999990019\x00",
    ],
)
def test_parse_bsn_refuses_the_rest_without_repeating_it(text):
    with pytest.raises(InvalidBsn) as refusal:
        parse_bsn(text)
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize("text", ["999.990.019", " 999990019", "999990019\n", "s00000000:999990019"])
def test_parse_exact_bsn_wants_nine_digits(text):
    with pytest.raises(InvalidBsn):
        parse_exact_bsn(text)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_one_wrong_digit_is_always_found(number):
    """What the eleven-test is for."""
    good = _or_none(f"{number:09}")
    if good is None:
        return
    for place in range(9):
        wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
        assert _or_none(wrong) is None


def _or_none(text: str) -> str | None:
    try:
        return parse_exact_bsn(text)
    except InvalidBsn:
        return None


def test_mask_bsn_shows_the_last_three_digits():
    assert mask_bsn(parse_bsn("999990019")) == "••••••019"
