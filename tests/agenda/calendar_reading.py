"""Reads files of calendar programs with a parser that we did not write them with, and checks the form itself."""

import re

from ical.calendar_stream import IcsCalendarStream

_REQUIRED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}


def read(content: bytes):
    """The calendar, after the checks of RFC 5545 that a lenient parser lets through. Raises AssertionError."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b""), "3.1: lines end with CRLF"
    lines = content[:-2].split(b"\r\n")
    assert max(map(len, lines)) <= 75, "3.1: lines are folded at 75 octets"
    for line in lines:
        line.decode()  # no sign is cut in two
    unfolded = re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")[:-1]
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    open_parts: list[tuple[str, set[str]]] = []
    for line in unfolded:
        name = re.split("[:;]", line, maxsplit=1)[0]
        assert re.fullmatch("[A-Z0-9-]+", name), line
        if name == "BEGIN":
            open_parts.append((line[6:], set()))
        elif name == "END":
            part, found = open_parts.pop()
            assert part == line[4:]
            assert _REQUIRED.get(part, set()) <= found
        else:
            open_parts[-1][1].add(name)
    assert not open_parts
    return IcsCalendarStream.calendar_from_ics(content.decode())


def lines_of(content: bytes) -> list[str]:
    """The lines as they are meant, unfolded."""
    return re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")
