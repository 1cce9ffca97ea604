"""Ages that change who may see what (REQ 6, 7; WGBO art. 7:447, 7:450 and 7:465 BW).

Under 12 the parents decide; from 12 to 15 the child has a right of its own and the parents need its
consent; from 16 on the young person alone decides.
"""

from datetime import date
from enum import StrEnum


class AgeGroup(StrEnum):
    """Who decides, by age."""

    UNDER_12 = "under_12"
    FROM_12_TO_15 = "12_to_15"
    FROM_16 = "16_and_over"


def age_on(birth_date: date, day: date) -> int:
    """Whole years of age on a day. Who is born on 29 February has the birthday on 1 March in other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def age_group_on(birth_date: date, day: date) -> AgeGroup:
    """The group that decides on a day."""
    age = age_on(birth_date, day)
    if age < 12:
        return AgeGroup.UNDER_12
    if age < 16:
        return AgeGroup.FROM_12_TO_15
    return AgeGroup.FROM_16
