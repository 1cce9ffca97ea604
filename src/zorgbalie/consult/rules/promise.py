"""By when a question is answered: pure. The table of cases stands in tests/consult_promise."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from zorgbalie.consult.types import AnswerTimes, AskingDoor, OpenNow, OutsideHours, PracticeNow, Promise
from zorgbalie.kernel.clock import local_date
from zorgbalie.practice.opening import (
    FULL_DAY,
    Calendar,
    Closing,
    blocks_on,
    closes_at,
    is_in_break,
    is_open_at,
    moment_of,
    next_opening,
    next_working_day,
)

_MOST_PUSHED = 260
"""Working days that a full desk puts an answer off: about a year. Beyond it a cap says nothing any more."""
_CLOSED = "desk closed for questions"


def answer_moment(*, sent_at: datetime, days: int, hour: int) -> datetime:
    """By when an answer comes where nothing is known of a practice: working days are Monday to Friday, no holiday."""
    return promise(sent_at=sent_at, calendar=Calendar(), days=days, hour=hour).moment


def promise(
    *,
    sent_at: datetime,
    calendar: Calendar,
    days: int,
    hour: int,
    cap: int = 0,
    waiting: Mapping[date, int] | None = None,
) -> Promise:
    """By when an answer comes: `hour` o'clock, Dutch time, `days` working days after the day of sending.

    A day on which `cap` answers were promised already is full: the next working day takes it (0: no cap). `waiting`:
    how many unanswered questions have their promise on a day. The moment lies within the opening hours: an hour after
    closing becomes the closing time, one in a break the start of the break, one before opening the end of the first
    block. Without known hours the hour itself. Never before `sent_at`.
    """
    day = local_date(sent_at)
    for _ in range(max(days, 1)):
        day = next_working_day(calendar=calendar, day=day)
    first = day
    taken = waiting or {}
    for _ in range(_MOST_PUSHED if cap else 0):
        if taken.get(day, 0) < cap:
            break
        day = next_working_day(calendar=calendar, day=day)
    return Promise(moment=moment_on(calendar=calendar, day=day, hour=hour), is_full=day != first)


def moment_on(*, calendar: Calendar, day: date, hour: int) -> datetime:
    """The latest open moment of a day that is not after an hour; else the end of its first block."""
    wanted = moment_of(day=day, minutes=hour * 60)
    spans = blocks_on(calendar=calendar, day=day)
    if not spans:
        return wanted
    return max((min(end, wanted) for start, end in spans if start < wanted), default=spans[0][1])


def with_desk_closed(*, calendar: Calendar, times: AnswerTimes) -> Calendar:
    """The calendar for questions: days on which the desk takes none do not count for an answer either."""
    if times.closed_from is None or times.closed_until is None:
        return calendar
    period = Closing(name=_CLOSED, starts_on=times.closed_from, ends_on=times.closed_until)
    return Calendar(week=calendar.week, holidays=calendar.holidays, closings=(*calendar.closings, period))


def asking_door(*, calendar: Calendar, times: AnswerTimes, now: datetime) -> AskingDoor:
    """Whether a new question can be sent now, and else from when. Source: ux 15."""
    for_questions = with_desk_closed(calendar=calendar, times=times)
    if times.closed_from and times.closed_until and times.closed_from <= local_date(now) <= times.closed_until:
        after = moment_of(day=times.closed_until + timedelta(days=1), minutes=0)
        # Who waits for opening hours outside them, waits for the first opening after the period too.
        waits = times.outside_hours is OutsideHours.WAIT
        opens = next_opening(calendar=for_questions, moment=after - timedelta(minutes=1)) if waits else after
        return AskingDoor(
            is_open=False,
            opens_at=opens or after,
            is_period=True,
            text=times.closed_text,
            phone=times.closed_phone,
        )
    if times.outside_hours is OutsideHours.WAIT and is_open_at(calendar=for_questions, moment=now) is False:
        return AskingDoor(is_open=False, opens_at=next_opening(calendar=for_questions, moment=now))
    return AskingDoor()


def practice_now(*, calendar: Calendar, now: datetime) -> PracticeNow:
    """Whether to phone the practice or the service outside its hours (R17)."""
    if not calendar.has_hours:
        return PracticeNow(state=OpenNow.UNKNOWN)
    until, opens = closes_at(calendar=calendar, moment=now), next_opening(calendar=calendar, moment=now)
    if until is not None:
        return PracticeNow(state=OpenNow.OPEN, closes_at=until, opens_at=opens)
    state = OpenNow.BREAK if is_in_break(calendar=calendar, moment=now) else OpenNow.CLOSED
    return PracticeNow(state=state, opens_at=opens)


def ends_at(*, answered_at: datetime, open_days: int, not_before: date | None = None) -> datetime | None:
    """When an answered thread ends by itself; None where the practice ends each by hand.

    `not_before`: the last day on which the patient was told to be able to write, or on which a reply is waited for.
    """
    if not open_days:
        return None
    ends = answered_at + timedelta(days=open_days)
    return ends if not_before is None else max(ends, moment_of(day=not_before, minutes=FULL_DAY))
