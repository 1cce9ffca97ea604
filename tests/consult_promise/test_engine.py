"""The promise engine: a table of cases, and what holds for any moment and any practice (REQ 31)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zorgbalie.consult.rules import answer_moment, promise
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS, Holiday, holidays_on
from zorgbalie.practice.opening import (
    FULL_DAY,
    Block,
    Calendar,
    Closing,
    blocks_on,
    is_free_day,
    is_open_at,
    is_working_day,
    moment_of,
    next_opening,
)

_DAY = (Block(start=8 * 60, end=12 * 60), Block(start=13 * 60, end=17 * 60))
_SHORT = (Block(start=8 * 60, end=12 * 60),)
WEEK = (_DAY, _DAY, _SHORT, _DAY, _DAY, (), ())
OPEN = Calendar(week=WEEK)


def at(text):
    """A moment on the clock of the practice."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)


def closed(first, last, name="Vakantie"):
    return Calendar(
        week=WEEK,
        closings=(Closing(name=name, starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last)),),
    )


@pytest.mark.parametrize(
    ("case", "sent", "days", "hour", "calendar", "promised"),
    [
        ("an ordinary day", "2026-11-23 10:00", 1, 16, OPEN, "2026-11-24 16:00"),
        ("after closing it is no day later", "2026-11-23 22:00", 1, 16, OPEN, "2026-11-24 16:00"),
        ("one minute before midnight", "2026-11-23 23:59", 1, 16, OPEN, "2026-11-24 16:00"),
        ("midnight is the next day", "2026-11-24 00:00", 1, 16, OPEN, "2026-11-25 12:00"),
        ("before opening", "2026-11-23 06:30", 1, 16, OPEN, "2026-11-24 16:00"),
        ("a hour after closing is the closing time", "2026-11-24 10:00", 1, 17, OPEN, "2026-11-25 12:00"),
        ("an hour in the break is its start", "2026-11-23 10:00", 1, 12, OPEN, "2026-11-24 12:00"),
        ("an hour before opening is the end of the first block", "2026-11-23 10:00", 1, 8, OPEN, "2026-11-24 12:00"),
        ("a weekend", "2026-11-27 10:00", 1, 16, OPEN, "2026-11-30 16:00"),
        ("sent on a Sunday", "2026-11-29 10:00", 2, 16, OPEN, "2026-12-01 16:00"),
        ("King's Day on a Tuesday", "2027-04-26 10:00", 1, 16, OPEN, "2027-04-28 12:00"),
        ("King's Day moved from Sunday 27 to Saturday 26", "2025-04-25 10:00", 1, 16,
         Calendar(week=(*WEEK[:5], _SHORT, _SHORT)), "2025-04-27 12:00"),
        ("Good Friday is worked", "2026-04-02 10:00", 1, 16, OPEN, "2026-04-03 16:00"),
        ("Good Friday chosen, then Easter", "2026-04-02 10:00", 1, 16,
         Calendar(week=WEEK, holidays=DEFAULT_HOLIDAYS | {Holiday.GOOD_FRIDAY}), "2026-04-07 16:00"),
        ("Liberation Day is worked in most years", "2026-05-04 10:00", 1, 16, OPEN, "2026-05-05 16:00"),
        ("and not in a lustrum", "2025-05-02 10:00", 1, 16, OPEN, "2025-05-06 16:00"),
        ("and never where that was chosen", "2026-05-04 10:00", 1, 16,
         Calendar(week=WEEK, holidays=DEFAULT_HOLIDAYS | {Holiday.LIBERATION_DAY}), "2026-05-06 12:00"),
        ("a practice that keeps no holiday", "2026-12-24 10:00", 1, 16,
         Calendar(week=WEEK, holidays=frozenset()), "2026-12-25 16:00"),
        ("Christmas, and a Saturday between", "2026-12-24 10:00", 1, 16, OPEN, "2026-12-28 16:00"),
        ("the turn of the year", "2026-12-31 10:00", 1, 16, OPEN, "2027-01-04 16:00"),
        ("a closing day", "2026-11-23 10:00", 1, 16, closed("2026-11-24", "2026-11-24"), "2026-11-25 12:00"),
        ("a vacation of two weeks", "2026-07-17 10:00", 2, 16, closed("2026-07-18", "2026-08-02"), "2026-08-04 16:00"),
        ("sent in the vacation", "2026-07-22 10:00", 1, 16, closed("2026-07-18", "2026-08-02"), "2026-08-03 16:00"),
        ("to summer time", "2026-03-27 10:00", 1, 16, OPEN, "2026-03-30 16:00"),
        ("to winter time", "2026-10-23 10:00", 1, 16, OPEN, "2026-10-26 16:00"),
        ("a leap day", "2028-02-28 10:00", 1, 16, OPEN, "2028-02-29 16:00"),
        ("over a leap day", "2028-02-28 10:00", 3, 16, OPEN, "2028-03-02 16:00"),
        ("hours not known: the hour itself, Monday to Friday", "2026-11-27 10:00", 2, 17, Calendar(),
         "2026-12-01 17:00"),
        ("hours not known, a closing is", "2026-11-27 10:00", 1, 17,
         Calendar(closings=(Closing(name="x", starts_on=date(2026, 11, 30), ends_on=date(2026, 11, 30)),)),
         "2026-12-01 17:00"),
    ],
)  # fmt: skip
def test_req31_the_table_of_cases(case, sent, days, hour, calendar, promised):
    found = promise(sent_at=at(sent), calendar=calendar, days=days, hour=hour)
    assert (found.moment, found.is_full) == (at(promised), False), case


def test_req31_the_hour_is_that_of_the_clock_on_both_sides_of_a_change():
    summer, winter = at("2026-03-27 10:00"), at("2026-10-23 10:00")
    assert promise(sent_at=summer, calendar=OPEN, days=1, hour=16).moment == datetime(2026, 3, 30, 14, tzinfo=UTC)
    assert promise(sent_at=winter, calendar=OPEN, days=1, hour=16).moment == datetime(2026, 10, 26, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waiting", "promised", "is_full"),
    [
        ({}, "2026-11-26 16:00", False),
        ({date(2026, 11, 26): 2}, "2026-11-26 16:00", False),
        ({date(2026, 11, 26): 3}, "2026-11-27 16:00", True),
        ({date(2026, 11, 26): 9, date(2026, 11, 27): 3}, "2026-11-30 16:00", True),
        ({date(2026, 11, 25): 9}, "2026-11-26 16:00", False),
    ],
)
def test_req31_a_full_day_gives_the_next_working_day_and_never_a_refusal(waiting, promised, is_full):
    found = promise(sent_at=at("2026-11-24 10:00"), calendar=OPEN, days=2, hour=16, cap=3, waiting=waiting)
    assert (found.moment, found.is_full) == (at(promised), is_full)


def test_req31_no_cap_means_that_nothing_is_full():
    found = promise(sent_at=at("2026-11-24 10:00"), calendar=OPEN, days=2, hour=16, waiting={date(2026, 11, 26): 999})
    assert (found.moment, found.is_full) == (at("2026-11-26 16:00"), False)


def test_a_practice_that_is_closed_for_good_still_gives_a_moment():
    for_good = Calendar(week=WEEK, closings=(Closing(name="x", starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1)),))
    sent = at("2026-11-24 10:00")
    assert promise(sent_at=sent, calendar=for_good, days=2, hour=16, cap=1).moment > sent


# Opening hours by themselves


def test_hours_around_the_missing_and_the_double_hour():
    nights = Calendar(week=((),) * 6 + ((Block(start=0, end=FULL_DAY),),), holidays=frozenset())
    (spring,) = blocks_on(calendar=nights, day=date(2026, 3, 29))
    (autumn,) = blocks_on(calendar=nights, day=date(2026, 10, 25))
    assert (spring[1] - spring[0], autumn[1] - autumn[0]) == (timedelta(hours=23), timedelta(hours=25))
    missing = Calendar(week=((),) * 6 + ((Block(start=120, end=180),),), holidays=frozenset())
    for start, end in blocks_on(calendar=missing, day=date(2026, 3, 29)):
        assert start < end


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-24 07:59", False, "2026-11-24 08:00"),
        ("2026-11-24 08:00", True, "2026-11-24 13:00"),
        ("2026-11-24 12:00", False, "2026-11-24 13:00"),
        ("2026-11-24 16:59", True, "2026-11-25 08:00"),
        ("2026-11-24 17:00", False, "2026-11-25 08:00"),
        ("2026-11-27 17:00", False, "2026-11-30 08:00"),
        ("2026-12-24 18:00", False, "2026-12-28 08:00"),
    ],
)
def test_whether_it_is_open_and_when_it_opens_next(moment, is_open, opens):
    assert is_open_at(calendar=OPEN, moment=at(moment)) is is_open
    assert next_opening(calendar=OPEN, moment=at(moment)) == at(opens)


def test_without_known_hours_nobody_says_open_or_closed():
    assert is_open_at(calendar=Calendar(), moment=at("2026-11-24 10:00")) is None
    assert next_opening(calendar=Calendar(), moment=at("2026-11-24 10:00")) is None


@pytest.mark.parametrize("year", range(2014, 2061))
def test_each_year_has_all_holidays_and_king_s_day_is_never_a_sunday(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    named = {}
    for day in days:
        for one in holidays_on(day=day) if day.year == year else ():
            named[one] = day
    lustrum = {Holiday.LIBERATION_LUSTRUM} if year % 5 == 0 else set()
    assert set(named) == (set(Holiday) - {Holiday.LIBERATION_LUSTRUM}) | lustrum
    kings = named[Holiday.KINGS_DAY]
    assert kings == (date(year, 4, 26) if date(year, 4, 27).weekday() == 6 else date(year, 4, 27))


# For any moment and any practice

moments = st.integers(0, 9 * 366 * 24 * 60).map(lambda one: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=one))
# Shapes of a day, as pairs of minutes: off, a night, a whole day, around the clock's missing and double hour, breaks.
_SHAPES = (
    (), (0, 1440), (120, 180), (60, 121), (480, 720), (480, 720, 780, 1020), (510, 600, 660, 700, 1140, 1260),
    (1320, 1440),
)  # fmt: skip
days_of_blocks = st.sampled_from(
    [tuple(Block(start=one[at], end=one[at + 1]) for at in range(0, len(one), 2)) for one in _SHAPES]
)
weeks = st.tuples(*[days_of_blocks] * 7).filter(any)
closings = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.integers(0, 21)).map(
        lambda one: Closing(name="x", starts_on=one[0], ends_on=one[0] + timedelta(days=one[1]))
    ),
    max_size=4,
).map(tuple)
calendars = st.builds(
    Calendar, week=st.one_of(st.none(), weeks), holidays=st.frozensets(st.sampled_from(Holiday)), closings=closings
)
counts = st.dictionaries(st.dates(date(2024, 1, 1), date(2033, 12, 31)), st.integers(0, 9), max_size=20)


def _asked(sent, calendar, days, hour, cap, waiting):
    return promise(sent_at=sent, calendar=calendar, days=days, hour=hour, cap=cap, waiting=waiting)


@settings(deadline=None)
@given(moments, calendars, st.integers(1, 10), st.integers(8, 22), st.integers(0, 5), counts)
def test_req31_never_in_the_past_and_never_on_a_closed_moment(sent, calendar, days, hour, cap, waiting):
    found = _asked(sent, calendar, days, hour, cap, waiting).moment
    assert found > sent
    # A block may end at midnight: that moment is the last of the day before.
    days_open = (local_date(found), local_date(found - timedelta(seconds=1)))
    assert any(is_working_day(calendar=calendar, day=day) for day in days_open)
    assert not all(is_free_day(calendar=calendar, day=day) for day in days_open)
    spans = [span for day in days_open for span in blocks_on(calendar=calendar, day=day)]
    if spans:
        assert any(start <= found <= end for start, end in spans)


@settings(deadline=None)
@given(moments, calendars, st.integers(1, 10), st.integers(8, 22), st.integers(0, 5), counts, counts)
def test_req31_more_that_waits_never_gives_an_earlier_answer(sent, calendar, days, hour, cap, waiting, more):
    fuller = {day: waiting.get(day, 0) + more.get(day, 0) for day in {*waiting, *more}}
    before = _asked(sent, calendar, days, hour, cap, waiting).moment
    assert before <= _asked(sent, calendar, days, hour, cap, fuller).moment


@settings(deadline=None)
@given(moments, moments, calendars, st.integers(1, 10), st.integers(8, 22))
def test_who_sends_later_is_never_answered_earlier(one, two, calendar, days, hour):
    first, second = sorted((one, two))
    assert _asked(first, calendar, days, hour, 0, {}).moment <= _asked(second, calendar, days, hour, 0, {}).moment


@settings(deadline=None)
@given(moments, st.integers(1, 10), st.integers(8, 22))
def test_without_known_hours_it_is_the_hour_itself(sent, days, hour):
    found = answer_moment(sent_at=sent, days=days, hour=hour)
    assert found == moment_of(day=local_date(found), minutes=hour * 60)
    assert local_date(found).weekday() < 5
