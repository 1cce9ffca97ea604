"""Which numbers we send to, and how they are written."""

import pytest

from zorgbalie.integrations.sms import NotAMobileNumber, mobile_number, shown_number


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06 12 34 56 78",
        "06-12345678",
        "+31 6 12345678",
        "0031612345678",
        "(06) 1234 5678",
        "+31612345678",
    ],
)
def test_ux9_a_number_is_taken_as_people_write_it(typed):
    assert mobile_number(typed) == "+31612345678"


@pytest.mark.parametrize(
    "typed",
    [
        "", "0", "abc", "020 624 1111", "0900 1234", "112", "+44 7400 123456", "+1 202 555 0143", "06 1234",
        "0612345678 0612345678", "\x00", "0" * 300, "tel:0612345678;ext=1",
    ],
)  # fmt: skip
def test_no_mobile_number_of_a_country_that_we_send_to_is_refused(typed):
    with pytest.raises(NotAMobileNumber):
        mobile_number(typed)


def test_neighbours_are_taken_and_the_operator_decides_which(settings):
    assert mobile_number("+32 470 12 34 56") == "+32470123456"
    settings.SMS_COUNTRIES = ["NL"]
    with pytest.raises(NotAMobileNumber):
        mobile_number("+32 470 12 34 56")


@pytest.mark.parametrize(
    ("number", "shown"), [("+31612345678", "06 12345678"), ("+32470123456", "+32 470 12 34 56"), ("", ""), ("x", "x")]
)
def test_a_number_is_shown_as_people_write_it(number, shown):
    assert shown_number(number) == shown
