"""Who can be written to, which days and hours, and what a text says: pure (REQ 33, 34)."""

from datetime import UTC, date, datetime

import pytest

from zorgbalie.consult import rules
from zorgbalie.consult.rules.criteria import criteria_of, question_of, values_of
from zorgbalie.consult.types import Candidate, Criteria, ReadingHint, WhyNot
from zorgbalie.practice.opening import Block, Calendar, Closing

TODAY = date(2026, 11, 26)
FITS = {
    "patient_id": 1, "is_enrolled": True, "is_served": True, "online_access": "allowed",
    "birth_date": date(1970, 5, 4), "is_known": True, "has_parent": False, "uses_portal": True, "has_objected": False,
}  # fmt: skip
YOUNG, CHILD = date(2013, 1, 1), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("values", "single", "group"),
    [
        ({}, None, None),
        ({"is_enrolled": False}, WhyNot.NOT_ENROLLED, WhyNot.NOT_ENROLLED),
        ({"is_served": False}, WhyNot.NOT_SERVED, WhyNot.NOT_SERVED),
        ({"is_known": False}, WhyNot.NOT_KNOWN, WhyNot.NOT_KNOWN),
        ({"birth_date": CHILD}, WhyNot.NO_PARENT, WhyNot.NO_PARENT),
        ({"birth_date": CHILD, "has_parent": True, "is_known": False}, None, None),
        ({"birth_date": YOUNG}, None, None),
        ({"online_access": "vulnerable"}, None, WhyNot.NO_ONLINE),
        ({"online_access": "copy_only"}, None, WhyNot.NO_ONLINE),
        ({"has_objected": True}, None, WhyNot.OBJECTED),
        ({"uses_portal": False}, None, None),
    ],
)
def test_req34_who_can_be_written_to(values, single, group):
    found = Candidate(**{**FITS, **values})
    assert rules.reachable(found=found, today=TODAY).why_not is single
    assert rules.left_out(found=found, today=TODAY) is group


@pytest.mark.parametrize(
    ("values", "hints"),
    [
        ({}, ()),
        ({"uses_portal": False}, (ReadingHint.NEVER_SIGNED_IN,)),
        ({"birth_date": YOUNG}, (ReadingHint.CHILD_READS,)),
        ({"birth_date": CHILD, "has_parent": True}, (ReadingHint.PARENT_READS,)),
    ],
)
def test_the_desk_is_told_who_reads_it(values, hints):
    assert rules.reachable(found=Candidate(**{**FITS, **values}), today=TODAY).hints == hints


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (TODAY, False),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),  # Christmas
        (date(2027, 4, 27), False),  # King's Day
        (date(2027, 4, 28), True),
        (date(2028, 4, 28), False),  # more than a year away
    ],
)
def test_req33_a_follow_up_is_planned_on_a_working_day(day, may):
    assert rules.may_plan_on(day=day, today=TODAY, calendar=Calendar()) is may


def test_req33_quick_days_skip_weekends_and_holidays():
    assert rules.quick_days(today=date(2026, 12, 11), calendar=Calendar()) == {
        "1": date(2026, 12, 18), "2": date(2026, 12, 28), "4": date(2027, 1, 11),
    }  # fmt: skip


def test_req33_days_follow_the_calendar_of_the_practice():
    """Closed on Fridays and in a week of its own; open on a Saturday and on Boxing Day."""
    day = (Block(start=480, end=1020),)
    own = Calendar(
        week=(day, day, day, day, (), day, ()),
        holidays=frozenset(),
        closings=(Closing(name="Verbouwing", starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 24)),),
    )
    may = {
        date(2026, 11, 27): False,  # a Friday
        date(2026, 11, 28): True,  # a Saturday
        date(2026, 12, 22): False,  # in the closing
        date(2026, 12, 26): True,  # Boxing Day, which it does not keep
    }
    assert {one: rules.may_plan_on(day=one, today=TODAY, calendar=own) for one in may} == may
    assert rules.next_open_day(day=date(2026, 12, 21), calendar=own) == date(2026, 12, 26)
    assert rules.quick_days(today=date(2026, 12, 7), calendar=own)["2"] == date(2026, 12, 26)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        ("2026-11-26T12:00", None),
        ("2026-11-26T19:59", None),
        ("2026-11-26T20:00", "2026-11-27T07:00"),  # 21.00 in the Netherlands
        ("2026-11-27T02:00", "2026-11-27T07:00"),
        ("2026-11-27T07:00", None),
        ("2026-10-24T22:00", "2026-10-25T07:00"),  # the clock goes back in this night
        ("2027-03-27T22:00", "2027-03-28T06:00"),  # and forward in this one
    ],
)
def test_r15_notices_wait_until_the_quiet_hours_are_over(moment, ends):
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(ends).replace(tzinfo=UTC) if ends else None
    assert rules.quiet_until(now=now, start=21, end=8) == expected


def test_quiet_hours_within_a_day_and_none_at_all():
    now = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
    assert rules.quiet_until(now=now, start=12, end=14) == datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
    assert rules.quiet_until(now=now, start=8, end=8) is None


def test_fields_are_filled_and_a_strange_one_is_named():
    assert rules.fill(text="{aanhef}, {naam} {iets}", fields={"aanhef": "Beste {naam}", "naam": "Anna"}) == (
        "Beste {naam}, Anna {iets}"
    )
    assert rules.unknown_fields(text="{naam} {iets} {iets} {bsn}") == ("iets", "bsn")


@pytest.mark.parametrize(
    ("text", "codes"),
    [("t90, T90.02 t90", ("T90", "T90.02")), ("", ()), ("T9", None), ("'; DROP", None), ("T90.2", None)],
)
def test_icpc_codes_as_somebody_types_them(text, codes):
    assert rules.split_icpc(text=text) == codes


def test_criteria_are_stored_and_read_back_as_they_were():
    wanted = Criteria(
        age_from=40, age_until=49, sex="female", account_id=3, uses_portal=False, icpc=("T90",), medicine="metformine",
        measured="HbA1c", measured_before=date(2026, 1, 1), contact_before=date(2025, 1, 1),
    )  # fmt: skip
    assert criteria_of(values=values_of(wanted=wanted)) == wanted
    assert values_of(wanted=Criteria()) == {}


def test_ages_are_whole_years_with_both_ends():
    born_from, born_until = question_of(wanted=Criteria(age_from=40, age_until=49), today=date(2026, 11, 26))[1:3]
    assert (born_from, born_until) == (date(1976, 11, 27), date(1986, 11, 26))


def test_row50_the_token_of_a_task_is_the_same_at_each_try():
    assert rules.token_of(what="mailing", number=7) == rules.token_of(what="mailing", number=7)
    assert rules.token_of(what="mailing", number=7) != rules.token_of(what="follow_up", number=7)
