"""Who can be written to, on which days and hours, and what a text says to whom: pure (REQ 33, 34)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from zorgbalie.consult.types import FIELDS, LONGEST_AHEAD_DAYS, Candidate, Reachable, ReadingHint, WhyNot
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.practice.opening import Calendar, is_working_day, next_working_day

_TOKENS = UUID("6d1f8a52-7d0e-4a57-9a63-6c3f2f1f7a10")
_FIELD = re.compile(r"\{([a-z]{2,20})\}")
_ICPC = re.compile(r"[A-Z]\d{2}(\.\d{2})?")


def reachable(*, found: Candidate, today: date) -> Reachable:
    """Whether somebody can read a message of the practice; the gate decides again when it is read."""
    group = age_group_on(found.birth_date, today)
    reasons = [
        (not found.is_enrolled, WhyNot.NOT_ENROLLED),
        (not found.is_served, WhyNot.NOT_SERVED),
        (group is AgeGroup.UNDER_12 and not found.has_parent, WhyNot.NO_PARENT),
        (group is not AgeGroup.UNDER_12 and not found.is_known, WhyNot.NOT_KNOWN),
    ]
    why_not = next((reason for holds, reason in reasons if holds), None)
    if why_not is not None:
        return Reachable(why_not=why_not)
    young = {AgeGroup.UNDER_12: ReadingHint.PARENT_READS, AgeGroup.FROM_12_TO_15: ReadingHint.CHILD_READS}
    hints = [young[group]] if group in young else []
    return Reachable(hints=(*hints, *([] if found.uses_portal else [ReadingHint.NEVER_SIGNED_IN])))


def left_out(*, found: Candidate, today: date) -> WhyNot | None:
    """Why somebody gets no message to a group; stricter than for one patient, since nobody thinks of this one."""
    why_not = reachable(found=found, today=today).why_not
    if why_not is not None:
        return why_not
    if found.online_access != "allowed":
        return WhyNot.NO_ONLINE
    return WhyNot.OBJECTED if found.has_objected else None


def is_open_day(*, day: date, calendar: Calendar) -> bool:
    """Whether the practice works on that day: its own week, closing days and holidays."""
    return is_working_day(calendar=calendar, day=day)


def next_open_day(*, day: date, calendar: Calendar) -> date:
    """That day, or the first after it on which the practice works."""
    return day if is_open_day(day=day, calendar=calendar) else next_working_day(calendar=calendar, day=day)


def may_plan_on(*, day: date, today: date, calendar: Calendar) -> bool:
    """Whether a follow-up can be planned on that day: a day after today, within a year, on which the practice works."""
    return today < day <= today + timedelta(days=LONGEST_AHEAD_DAYS) and is_open_day(day=day, calendar=calendar)


def quick_days(*, today: date, calendar: Calendar) -> dict[str, date]:
    """Days that one chooses at once: in a week, in two weeks, in a month."""
    ahead = (("1", 7), ("2", 14), ("4", 30))
    return {name: next_open_day(day=today + timedelta(days=days), calendar=calendar) for name, days in ahead}


def quiet_until(*, now: datetime, start: int, end: int) -> datetime | None:
    """When the quiet hours end in which `now` lies; None when it lies outside them. `start` = `end`: none at all.

    Hours are on the clock on the wall, so a night in which the clock is moved is an hour longer or shorter.
    """
    local = now.astimezone(AMSTERDAM)
    is_quiet = start <= local.hour < end if start < end else start != end and (local.hour >= start or local.hour < end)
    if not is_quiet:
        return None
    day = local_date(now)
    ends_tomorrow = start > end and local.hour >= start
    return datetime.combine(day + timedelta(days=1) if ends_tomorrow else day, time(end), tzinfo=AMSTERDAM)


def takes_replies(*, allowed: bool, until: date | None, today: date) -> bool:
    """Whether the patient can write back today."""
    return allowed and (until is None or today <= until)


def fill(*, text: str, fields: Mapping[str, str]) -> str:
    """Each field such as {naam} in the words of one patient; a field that is not known stays, so that it is seen."""
    return _FIELD.sub(lambda match: fields.get(match[1], match[0]), text)


def unknown_fields(*, text: str) -> tuple[str, ...]:
    """Fields in a text that no patient has words for."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(text) if name not in FIELDS))


def split_icpc(*, text: str) -> tuple[str, ...] | None:
    """ICPC codes as somebody types them; None when one of them is none."""
    codes = tuple(dict.fromkeys(part.upper() for part in re.split(r"[\s,;]+", text) if part))
    return codes if all(_ICPC.fullmatch(code) for code in codes) else None


def token_of(*, what: str, number: int) -> UUID:
    """The token of a text that a task writes: the same at each try, so that the database takes it once."""
    return uuid5(_TOKENS, f"{what}:{number}")
