"""Days in the Netherlands, also at the ends of what a date can be (security rows 32, 58)."""

from datetime import UTC, date, datetime

import pytest

from zorgbalie.kernel.clock import day_ends, day_starts


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2026, 11, 24), datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 24, 23, tzinfo=UTC)),
        # Days of 23 and of 25 hours.
        (date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 30, 22, tzinfo=UTC), datetime(2027, 10, 31, 23, tzinfo=UTC)),
    ],
)
def test_row58_a_day_begins_and_ends_at_midnight_on_the_wall(day, starts, ends):
    assert (day_starts(day).astimezone(UTC), day_ends(day).astimezone(UTC)) == (starts, ends)


def test_row32_the_last_day_that_there_is_has_an_end():
    assert day_starts(date.max) < day_ends(date.max)
