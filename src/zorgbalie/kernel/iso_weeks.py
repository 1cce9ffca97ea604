"""Weeks as browsers and people in Europe number them (ISO 8601): the first is that of the first Thursday of a year."""

import re
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 2000, 2199


def read_week(text: str) -> date | None:
    """The Monday of `2026-W53`, as browsers write a week; None for anything else."""
    match = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text.strip(), flags=re.ASCII)
    if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def week_name(day: date) -> str:
    """`2026-W53`: the week of a day as `read_week` reads it."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
