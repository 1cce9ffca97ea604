"""Entries in the format of calendar programs (RFC 5545, with the methods of RFC 5546), by the library `icalendar`.

Pure: what may stand in an entry is decided by who makes it. Times carry the zone Europe/Amsterdam with its rules beside
them, so that 9.00 stays 9.00 over both changes of the clock.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress

from zorgbalie.agenda.types.calendar import CalendarEntry
from zorgbalie.kernel.clock import AMSTERDAM

_PRODUCT = "-//Zorgbalie//Afspraken//NL"
_REFRESH = "PT1H"


class Method(StrEnum):
    """What a calendar program is asked to do with a file that is saved."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def file_of(*, entry: CalendarEntry, sender: str) -> bytes:
    """A file with one entry, to save. `sender`: an address that reads nothing; a cancellation must name one."""
    calendar = _calendar(Method.CANCEL if entry.is_cancelled else Method.PUBLISH)
    event = _event(entry)
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    calendar.add_component(event)
    return _bytes(calendar)


def feed_of(*, entries: Iterable[CalendarEntry], name: str) -> bytes:
    """A calendar that a program reads again and again; the same entries give the same bytes."""
    calendar = _calendar(None)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", _REFRESH)
    for entry in entries:
        calendar.add_component(_event(entry))
    return _bytes(calendar)


def _calendar(method: Method | None) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method.value)
    return calendar


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", _when(entry.since))
    event.add("dtend", _when(entry.until))
    event.add("summary", entry.title)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name, value in (("location", entry.location), ("description", entry.description), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _when(value: datetime | date) -> datetime | date:
    return value.astimezone(AMSTERDAM) if isinstance(value, datetime) else value


def _bytes(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical(sorted=False))
