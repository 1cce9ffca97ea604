"""Cutting days out of what repeats, blocks that meet, and what no longer fits (REQ 36, 74)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgbalie.agenda.rules.conflicts import Pattern, TakenPlace, digest_of, no_longer_fit
from zorgbalie.agenda.rules.grid import Block, cells_of, holds_on
from zorgbalie.agenda.rules.weeks import cut, first_meeting, next_day
from zorgbalie.kernel.iso_weeks import read_week, week_name

MONDAY = date(2026, 11, 30)


def block(**values):
    defaults = {
        "block_id": 1, "agenda_id": 1, "weekday": 0, "starts": 480, "ends": 720, "step": 10, "valid_from": MONDAY,
        "valid_until": None, "every_weeks": 1, "kinds": frozenset({1}), "is_online": True,
    }  # fmt: skip
    return Block(**{**defaults, **values})


blocks = st.builds(
    block, weekday=st.integers(0, 6), every_weeks=st.integers(1, 8),
    valid_from=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    valid_until=st.none() | st.dates(date(2026, 12, 31), date(2027, 12, 31)),
)  # fmt: skip
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(blocks, days, st.none() | st.integers(0, 60))
def test_cutting_takes_those_days_and_no_other(one, first, length):
    last = None if length is None else first + timedelta(days=length)
    left = cut(block=one, first=first, last=last)
    for number in range(760):
        day = date(2026, 1, 1) + timedelta(days=number)
        is_cut = day >= first and (last is None or day <= last)
        held = holds_on(block=one, day=day) and not is_cut
        assert sum(holds_on(block=part, day=day) for part in left) == held
    assert len([part for part in left if part.block_id == one.block_id]) <= 1


@given(blocks, blocks)
def test_blocks_meet_on_a_day_on_which_both_hold(one, other):
    other = replace(other, block_id=2)
    both = [
        day
        for number in range(900)
        if holds_on(block=one, day=(day := date(2026, 1, 1) + timedelta(days=number)))
        and holds_on(block=other, day=day)
    ]
    found = first_meeting(block=one, others=[other])
    assert (found is None) == (not both)
    assert found is None or found == both[0]


def test_a_block_over_midnight_meets_one_of_the_next_morning():
    night = block(starts=22 * 60, ends=30 * 60)
    assert first_meeting(block=night, others=[block(weekday=1, starts=5 * 60, ends=8 * 60, block_id=2)]) == MONDAY
    assert first_meeting(block=night, others=[block(weekday=1, starts=6 * 60, ends=8 * 60, block_id=2)]) is None
    morning = block(weekday=1, starts=5 * 60, ends=8 * 60, valid_from=MONDAY)
    assert first_meeting(block=morning, others=[replace(night, block_id=2)]) == MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W53", date(2026, 12, 28)), ("2027-W01", date(2027, 1, 4)), ("2025-W53", None), ("2026-W00", None),
        ("9999-W52", None), ("0001-W01", None), ("2026-W5", None), ("x", None), ("", None), ("2026-W53\x00", None),
    ],
)  # fmt: skip
def test_iso_weeks_are_read_and_named_at_the_border_of_the_year(text, monday):
    assert read_week(text) == monday
    assert monday is None or week_name(monday) == text
    assert week_name(date(2027, 1, 3)) == "2026-W53"


def at(day, minutes, length=10, kind=1, claim=1):
    cells = list(cells_of(blocks=[block(valid_from=day, weekday=day.weekday(), starts=0, ends=2880)], day=day))
    begins = cells[minutes // 10].starts_at
    return TakenPlace(claim_id=claim, starts_at=begins, ends_at=begins + timedelta(minutes=length), kind_id=kind)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True), ({"ends": 490}, True), ({"starts": 490}, False), ({"ends": 485}, False), ({"step": 5}, True),
        ({"step": 15, "starts": 480}, True), ({"starts": 475, "ends": 715, "step": 15}, False),
        ({"kinds": frozenset({2})}, False), ({"kinds": frozenset({1, 2})}, True), ({"is_online": False}, True),
        ({"weekday": 1}, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [1, None])
def test_what_no_longer_fits_is_what_is_listed(change, fits, kind):
    place = at(MONDAY, 480, kind=kind)
    after = Pattern(blocks=(replace(block(), **change),))
    found = no_longer_fit(before=Pattern(blocks=(block(),)), after=after, taken=[place])
    assert found == (() if fits else (place,))


def test_what_did_not_fit_before_was_confirmed_another_time():
    nothing = Pattern(blocks=())
    assert no_longer_fit(before=nothing, after=nothing, taken=[at(MONDAY, 480)]) == ()


def test_a_closed_day_fits_nothing_and_the_evening_before_closes_its_night():
    night = Pattern(blocks=(block(starts=22 * 60, ends=26 * 60),))
    place = at(MONDAY, 25 * 60)
    shut = Pattern(blocks=night.blocks, closings=((MONDAY, MONDAY),))
    assert no_longer_fit(before=night, after=shut, taken=[place]) == (place,)
    other = Pattern(blocks=night.blocks, closings=((MONDAY + timedelta(days=1),) * 2,))
    assert no_longer_fit(before=night, after=other, taken=[place]) == ()


def test_on_the_days_the_clock_changes_a_place_keeps_fitting_its_clock_time():
    """Security row 58: 9.00 stays 9.00 before and after the change."""
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        sunday = block(weekday=6, valid_from=day - timedelta(days=14), starts=0, ends=720)
        nine = datetime(day.year, day.month, day.day, 7 if day.month == 3 else 8, tzinfo=UTC)
        place = TakenPlace(claim_id=1, starts_at=nine, ends_at=nine + timedelta(minutes=10), kind_id=1)
        before, kept = Pattern(blocks=(sunday,)), Pattern(blocks=(replace(sunday, starts=540),))
        assert no_longer_fit(before=before, after=kept, taken=[place]) == ()
        assert no_longer_fit(before=before, after=Pattern(blocks=(replace(sunday, starts=550),)), taken=[place])


def test_the_digest_names_exactly_these_appointments():
    one, two = at(MONDAY, 480), at(MONDAY, 490, claim=2)
    assert digest_of(places=[]) == ""
    assert digest_of(places=[one, two]) == digest_of(places=[two, one]) != digest_of(places=[one])


def test_a_next_day_at_the_end_of_what_holds_is_none():
    assert next_day(block=block(valid_until=MONDAY), day=MONDAY + timedelta(days=1)) is None
    assert next_day(block=block(every_weeks=2), day=MONDAY + timedelta(days=1)) == MONDAY + timedelta(days=14)
