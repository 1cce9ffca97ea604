"""Files for calendar programs: the form of RFC 5545, both changes of the clock, nothing of the visit (rows 58, 61)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agenda.calendar_reading import lines_of, read
from zorgbalie.agenda.calendar_format import feed_of, file_of
from zorgbalie.agenda.types.calendar import CalendarEntry
from zorgbalie.kernel.clock import AMSTERDAM, moment_of

STAMP = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SENDER = "niet-antwoorden@portaal.example"


def _entry(since=None, until=None, **values):
    begins = since or datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    defaults = {"uid": "abc@portaal.example", "title": "Afspraak", "stamp": STAMP}
    return CalendarEntry(since=begins, until=until or begins + timedelta(minutes=10), **{**defaults, **values})


def test_the_file_has_what_the_standard_asks_and_another_parser_reads_it():
    content = file_of(entry=_entry(location="Lindelaan 1, 1234 AB Utrecht", revision=3), sender=SENDER)
    event = read(content).events[0]
    assert (event.summary, event.location, event.sequence) == ("Afspraak", "Lindelaan 1, 1234 AB Utrecht", 3)
    assert event.dtstart == datetime(2026, 12, 1, 9, 0, tzinfo=AMSTERDAM)
    lines = lines_of(content)
    for line in (
        "METHOD:PUBLISH",
        "VERSION:2.0",
        "STATUS:CONFIRMED",
        "DTSTAMP:20261124T100000Z",
        "TZID:Europe/Amsterdam",
    ):
        assert line in lines
    assert f"ORGANIZER:mailto:{SENDER}" in lines


def test_a_cancellation_takes_the_same_entry_out():
    booked = lines_of(file_of(entry=_entry(revision=1), sender=SENDER))
    cancelled = lines_of(file_of(entry=_entry(revision=2, is_cancelled=True), sender=SENDER))
    assert [one for one in booked if one.startswith("UID")] == [one for one in cancelled if one.startswith("UID")]
    for line in ("METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", f"ORGANIZER:mailto:{SENDER}"):
        assert line in cancelled


@pytest.mark.parametrize(
    ("day", "minutes", "utc"),
    [
        (date(2027, 3, 27), 540, 8),  # the day before the clock goes forward
        (date(2027, 3, 28), 540, 7),
        (date(2026, 10, 24), 540, 7),
        (date(2026, 10, 25), 540, 8),
        (date(2028, 2, 29), 540, 8),
    ],
)
def test_row58_nine_stays_nine_over_both_changes_of_the_clock(day, minutes, utc):
    begins = moment_of(day=day, minutes=minutes)
    content = file_of(entry=_entry(begins), sender=SENDER)
    assert f"DTSTART;TZID=Europe/Amsterdam:{day:%Y%m%d}T090000" in lines_of(content)
    assert read(content).events[0].dtstart.astimezone(UTC) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


def test_row58_the_rules_of_the_zone_go_along_with_both_changes():
    lines = lines_of(file_of(entry=_entry(), sender=SENDER))
    for line in ("BEGIN:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETTO:+0200", "TZOFFSETTO:+0100"):
        assert line in lines


def test_over_midnight():
    begins = moment_of(day=date(2026, 12, 1), minutes=23 * 60 + 50)
    event = read(file_of(entry=_entry(begins, begins + timedelta(minutes=20)), sender=SENDER)).events[0]
    assert (event.dtstart.day, event.dtend.day) == (1, 2)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200),
    st.dates(date(2026, 1, 1), date(2036, 1, 1)),
)
def test_whatever_stands_in_a_text_the_form_holds_and_it_comes_back(text, day):
    """A comma, a semicolon, a backslash, a new line or an emoji neither ends a field nor makes another one."""
    begins = moment_of(day=day, minutes=600)
    typed = text.strip() or "x"
    whole = f"{typed}\nDTSTART:19700101T000000Z; , \\ \\n"
    content = feed_of(entries=[_entry(begins, title=whole)], name="De Linde")
    calendar = read(content)
    assert len(calendar.events) == 1
    assert calendar.events[0].dtstart == begins
    assert sum(one.startswith("DTSTART;") for one in lines_of(content.split(b"END:VTIMEZONE")[-1])) == 1


def test_a_feed_of_the_same_entries_is_the_same_and_holds_whole_days():
    entries = [_entry(), _entry(date(2026, 12, 24), date(2026, 12, 27), uid="d@x", title="Afwezig")]
    content = feed_of(entries=entries, name="dr. De Wit")
    assert content == feed_of(entries=entries, name="dr. De Wit")
    calendar = read(content)
    assert [one.summary for one in calendar.events] == ["Afspraak", "Afwezig"]
    assert calendar.events[1].dtend == date(2026, 12, 27)
    assert "METHOD:PUBLISH" not in lines_of(content)


def test_an_empty_feed_is_a_calendar_too():
    assert read(feed_of(entries=[], name="De Linde")).events == []
