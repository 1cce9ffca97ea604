"""Cells, reserve, release and free places: pure rules (R11; ux 42, 44; security row 58)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgbalie.agenda.rules.free import Agenda, counts_per_day, places_on
from zorgbalie.agenda.rules.grid import Block, cells_of, holds_on
from zorgbalie.agenda.rules.opening import released_at, reserved
from zorgbalie.agenda.types import KindRules, OpeningRules, Place, ReleasePlan
from zorgbalie.agenda.types.places import numbers_of, place_of
from zorgbalie.kernel.clock import AMSTERDAM, moment_of

MONDAY = date(2026, 11, 30)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2036, 12, 31))


def block(**values) -> Block:
    defaults = {
        "block_id": 1, "agenda_id": 7, "weekday": 0, "starts": 480, "ends": 540, "step": 10,
        "valid_from": date(2026, 1, 5), "valid_until": None, "every_weeks": 1, "kinds": frozenset({1}),
        "is_online": True,
    }  # fmt: skip
    return Block(**{**defaults, **values})


def kind(**values) -> KindRules:
    return KindRules(**{"kind_id": 1, "minutes": 10, "hours_before": 0, "days_ahead": 400, **values})


def agenda(*blocks, taken=(), closed=(), **opening) -> Agenda:
    rules = OpeningRules(**{"reserve": 0, "plan": ReleasePlan.ALL, "days_ahead": 400, **opening})
    return Agenda(agenda_id=7, blocks=blocks or (block(),), opening=rules, closed=frozenset(closed), taken=taken)


def clocks(cells) -> list[str]:
    return [one.starts_at.astimezone(AMSTERDAM).strftime("%H:%M") for one in cells]


def starts(found, *, day=MONDAY, of=None, now=LONG_AGO, online=True) -> list[str]:
    return clocks(places_on(agenda=found, kind=of or kind(), day=day, now=now, online=online))


@pytest.mark.parametrize(
    ("values", "day", "holds"),
    [
        ({}, MONDAY, True),
        ({}, MONDAY + timedelta(days=1), False),
        ({"valid_from": MONDAY}, MONDAY, True),
        ({"valid_from": MONDAY + timedelta(days=1)}, MONDAY, False),
        ({"valid_until": MONDAY}, MONDAY, True),
        ({"valid_until": MONDAY - timedelta(days=1)}, MONDAY, False),
        ({"valid_from": MONDAY, "every_weeks": 2}, MONDAY + timedelta(weeks=1), False),
        ({"valid_from": MONDAY, "every_weeks": 2}, MONDAY + timedelta(weeks=2), True),
        # Counted in weeks: a pattern that starts on a Wednesday holds on the Monday of its second week.
        ({"valid_from": MONDAY + timedelta(days=2), "every_weeks": 2}, MONDAY + timedelta(weeks=2), True),
        ({"weekday": 5, "valid_from": date(2028, 2, 1)}, date(2028, 2, 26), True),
    ],
)
def test_a_block_holds_on_its_days(values, day, holds):
    assert holds_on(block=block(**values), day=day) is holds


def test_leap_day_is_a_day_like_another():
    leap = block(weekday=date(2028, 2, 29).weekday())
    assert len(cells_of(blocks=[leap], day=date(2028, 2, 29))) == 6


def test_row58_the_hour_that_does_not_exist_has_no_cells():
    night = block(weekday=6, starts=60, ends=240, step=30)
    assert clocks(cells_of(blocks=[night], day=date(2027, 3, 28))) == ["01:00", "03:00", "03:30"]


def test_row58_of_the_hour_that_comes_twice_the_first_is_used_and_each_time_means_one_moment():
    night = block(weekday=6, starts=60, ends=240, step=30)
    cells = cells_of(blocks=[night], day=date(2027, 10, 31))
    assert clocks(cells) == ["01:00", "01:30", "02:00", "03:00", "03:30"]
    assert cells[2].starts_at == datetime(2027, 10, 31, 0, 0, tzinfo=UTC)


def test_a_night_shift_goes_over_midnight():
    night = block(starts=23 * 60, ends=25 * 60, step=30)
    assert clocks(cells_of(blocks=[night], day=MONDAY)) == ["23:00", "23:30", "00:00", "00:30"]


@given(day=DAYS, hour=st.integers(4, 23))
def test_row58_nine_oclock_stays_nine_oclock_for_ten_years(day, hour):
    moment = moment_of(day=day, minutes=hour * 60)
    shown = moment.astimezone(AMSTERDAM)
    assert (shown.date(), shown.hour, shown.minute) == (day, hour, 0)


@given(day=DAYS, starts_at=st.integers(0, 1439), length=st.integers(10, 600), step=st.sampled_from([5, 10, 15, 20]))
def test_row58_cells_of_a_day_follow_one_another_and_last_their_step(day, starts_at, length, step):
    one = block(weekday=day.weekday(), starts=starts_at, ends=starts_at + length, step=step)
    cells = cells_of(blocks=[one], day=day)
    assert all(cell.ends_at - cell.starts_at == timedelta(minutes=step) for cell in cells)
    assert all(before.ends_at <= cell.starts_at for before, cell in pairwise(cells))


def test_of_blocks_that_overlap_the_earlier_has_the_time():
    early, late = block(), block(block_id=2, starts=510, ends=570)
    assert clocks(cells_of(blocks=[late, early], day=MONDAY)) == [
        "08:00", "08:10", "08:20", "08:30", "08:40", "08:50", "09:00", "09:10", "09:20",
    ]  # fmt: skip


@given(total=st.integers(0, 80), reserve=st.integers(0, 90))
def test_r11_the_reserve_is_exactly_that_many_places_or_the_whole_day(total, reserve):
    cells = cells_of(blocks=[block(starts=0, ends=total * 10)] if total else [], day=MONDAY)
    assert len(reserved(cells=cells, reserve=reserve)) == min(total, reserve)


def test_r11_the_reserve_lies_spread_over_the_day_and_is_never_offered_online():
    kept = agenda(reserve=2)
    assert starts(kept) == ["08:00", "08:20", "08:30", "08:50"]
    assert len(starts(kept, online=False)) == 6
    assert starts(agenda(reserve=6)) == []
    assert starts(agenda(reserve=99)) == []


@pytest.mark.parametrize(("minutes", "expected"), [(10, 6), (15, 5), (20, 5), (60, 1), (70, 0)])
def test_a_longer_appointment_needs_cells_that_follow_one_another(minutes, expected):
    assert len(starts(agenda(), of=kind(minutes=minutes))) == expected


def test_what_is_taken_is_not_offered_to_the_minute():
    taken = ((moment_of(day=MONDAY, minutes=485), moment_of(day=MONDAY, minutes=500)),)
    assert starts(agenda(taken=taken)) == ["08:20", "08:30", "08:40", "08:50"]
    assert starts(agenda(taken=taken), of=kind(minutes=20)) == ["08:20", "08:30", "08:40"]


def test_another_kind_a_closed_day_and_a_block_that_is_not_online_offer_nothing():
    assert starts(agenda(), of=kind(kind_id=2)) == []
    assert starts(agenda(closed=[MONDAY])) == []
    assert starts(agenda(closed=[MONDAY]), online=False) == []
    assert starts(agenda(block(is_online=False))) == []
    assert len(starts(agenda(block(is_online=False)), online=False)) == 6


def test_ux42_past_places_and_those_too_soon_are_not_shown():
    now = moment_of(day=MONDAY, minutes=500)
    assert starts(agenda(), now=now) == ["08:20", "08:30", "08:40", "08:50"]
    assert starts(agenda(), now=now, of=kind(hours_before=1)) == []
    assert len(starts(agenda(), now=now, of=kind(hours_before=1), online=False)) == 4


@pytest.mark.parametrize("days", [0, 1, 7, 28])
def test_far_ahead_is_not_released_yet(days):
    opens = moment_of(day=MONDAY - timedelta(days=days), minutes=0)
    assert starts(agenda(days_ahead=days), now=opens - timedelta(minutes=1)) == []
    assert len(starts(agenda(days_ahead=days), now=opens)) == 6
    assert starts(agenda(), of=kind(days_ahead=days), now=opens - timedelta(minutes=1)) == []


def test_ux44_staggered_places_come_on_different_days_and_hours_and_all_in_time():
    moments = [released_at(plan=ReleasePlan.STAGGERED, days_ahead=28, day=MONDAY, number=n) for n in range(24)]
    days = {(MONDAY - one.astimezone(AMSTERDAM).date()).days for one in moments}
    assert days == {28, 7, 1}
    assert len({one.astimezone(AMSTERDAM).time() for one in moments}) > 12
    assert all(7 <= one.astimezone(AMSTERDAM).hour < 21 for one in moments)


@given(day=DAYS, number=st.integers(0, 200), ahead=st.integers(0, 365))
def test_ux44_every_place_is_released_before_its_day_or_on_it(day, number, ahead):
    moment = released_at(plan=ReleasePlan.STAGGERED, days_ahead=ahead, day=day, number=number)
    assert day - timedelta(days=ahead) <= moment.astimezone(AMSTERDAM).date() <= day


def test_counts_say_what_each_day_has():
    days = [MONDAY, MONDAY + timedelta(days=1)]
    counts = counts_per_day(agendas=[agenda(), agenda(reserve=2)], kind=kind(), days=days, now=LONG_AGO, online=True)
    assert counts == {days[0]: 10, days[1]: 0}


@given(agenda_id=st.integers(1, 2**28), minutes=st.integers(0, 2**27), length=st.integers(1, 2880))
def test_a_place_is_one_stretch_of_numbers_and_back(agenda_id, minutes, length):
    begins = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ends = begins + timedelta(minutes=length)
    lower, upper = numbers_of(agenda_id=agenda_id, starts_at=begins, ends_at=ends)
    assert place_of(lower=lower, upper=upper) == Place(agenda_id=agenda_id, starts_at=begins, ends_at=ends)
    assert numbers_of(agenda_id=agenda_id + 1, starts_at=begins, ends_at=ends)[0] > upper


def test_a_place_between_two_minutes_is_none():
    with pytest.raises(ValueError, match="whole minute"):
        numbers_of(agenda_id=1, starts_at=LONG_AGO + timedelta(seconds=30), ends_at=LONG_AGO + timedelta(minutes=1))
