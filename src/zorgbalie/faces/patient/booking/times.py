"""Choosing a time: what the address asks for, and what the page shows of the places found (ux 42).

Shared by making and by moving an appointment. The view calls `read_times`, then
`agenda.queries.patient.find_places(day=asked.day, part=asked.part, agenda_id=asked.agenda_id, …)`, then
`times_context`, and its template includes `patient/booking/parts/times.html`. A pressed time comes as a POST to the
same address with `plek`, which `read_place` reads.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zorgbalie.agenda.types import AgendaId, AgendaName, FoundPlaces, PartOfDay, Place
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.ui.formats import clock_time, long_date

_DAY = re.compile(r"(2\d{3})-(\d\d)-(\d\d)", re.ASCII)
_PLACE = re.compile(r"(\d{1,9})_(2[01]\d{6}T\d{4})_(\d{1,4})", re.ASCII)
_MOMENT = "%Y%m%dT%H%M"
_WEEKS = 4
_PARTS = {"ochtend": PartOfDay.MORNING, "middag": PartOfDay.AFTERNOON}
_NOON = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class TimesAsked:
    """What the address asks for. `day_fault`: a sentence where its day cannot be used. `month`: where to begin."""

    day: date | None
    day_fault: str
    part: PartOfDay
    agenda_id: AgendaId | None
    month: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeButton:
    """A place to press. `label` is short, `said` whole: weekday, date, time and with whom."""

    value: str
    label: str
    said: str
    whom: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeGroup:
    """Places of one part of the day in one agenda."""

    title: str
    buttons: tuple[TimeButton, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDay:
    """A cell of the calendar; without `href` nothing is free."""

    day: date
    count: int
    href: str
    said: str
    is_chosen: bool
    is_past: bool
    month: str


def read_times(request: HttpRequest, *, now: datetime) -> TimesAsked:
    """What was asked; what cannot be read is not asked, and a day that cannot be used gets a sentence."""
    query = request.GET
    day, fault = _asked_day(query.get("dag", ""), local_date(now))
    agenda = query.get("agenda", "")
    return TimesAsked(
        day=day,
        day_fault=fault,
        part=_PARTS.get(query.get("deel", ""), PartOfDay.ANY),
        agenda_id=AgendaId(int(agenda)) if re.fullmatch(r"\d{1,9}", agenda, re.ASCII) else None,
        month=_day_of(query.get("vanaf", "")),
    )


def read_place(data: QueryDict) -> Place | None:
    """The place that was pressed; None for what is no place. Whether it is free the action decides."""
    match = _PLACE.fullmatch(data.get("plek", ""))
    if match is None:
        return None
    try:
        starts_at = datetime.strptime(match[2], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Place(agenda_id=int(match[1]), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=int(match[3])))


def read_token(data: QueryDict) -> UUID:
    """The number of the form; a new one where it has none that can be read."""
    try:
        return UUID(data.get("token", ""))
    except ValueError:
        return uuid4()


def place_value(place: Place) -> str:
    """A place as `read_place` reads it."""
    minutes = int((place.ends_at - place.starts_at).total_seconds() // 60)
    return f"{place.agenda_id}_{place.starts_at.astimezone(UTC).strftime(_MOMENT)}_{minutes}"


def place_buttons(*, places: Iterable[Place], agendas: Sequence[AgendaName], with_day: bool) -> tuple[TimeButton, ...]:
    """Places to press, with the day in the label where they are of several days."""
    names = {one.agenda_id: one for one in agendas}
    return tuple(_button(place, names.get(AgendaId(place.agenda_id)), with_day=with_day) for place in places)


def times_context(
    *,
    asked: TimesAsked,
    found: FoundPlaces,
    now: datetime,
    alternatives: Sequence[Place] = (),
    fault: str = "",
    is_taken: bool = False,
    token: UUID | None = None,
) -> dict[str, object]:
    """All that `patient/booking/parts/times.html` needs. `fault`: why a pressed time was not given.

    `is_taken`: somebody else has it; only then it is said that there is nothing near, where there is nothing near.
    """
    counts, today = dict(found.days), local_date(now)
    begins = _monday(today)
    pages = (_monday(found.until) - begins).days // 7 // _WEEKS + 1
    page = _page(asked, found, begins, pages)
    first = begins + timedelta(weeks=page * _WEEKS)
    weeks = [
        [_cell(first + timedelta(weeks=week, days=number), counts, asked, today) for number in range(7)]
        for week in range(_WEEKS)
        if first + timedelta(weeks=week) <= found.until
    ]
    columns = 7 if any(one.count for week in weeks for one in week[5:]) else 5
    return {
        "asked": asked,
        "fault": fault,
        "fault_title": _("Deze tijd is niet meer vrij") if is_taken else _("Er is nog geen tijd gekozen"),
        "is_taken": is_taken,
        "token": token or uuid4(),
        "is_filtered": asked.part is not PartOfDay.ANY or asked.agenda_id is not None,
        "agendas": found.agendas,
        "part": next((word for word, one in _PARTS.items() if one is asked.part), ""),
        "alternatives": place_buttons(places=alternatives, agendas=found.agendas, with_day=True),
        "first": place_buttons(places=found.first, agendas=found.agendas, with_day=True),
        "weekdays": _weekdays(columns),
        "weeks": [week[:columns] for week in weeks],
        "period": _period(weeks, columns),
        "earlier": _address(asked, vanaf=first - timedelta(weeks=_WEEKS)) if page > 0 else "",
        "later": _address(asked, vanaf=first + timedelta(weeks=_WEEKS)) if page + 1 < pages else "",
        "day_title": _capital(long_date(value=asked.day)) if asked.day else "",
        "groups": _groups(found),
        "next_day": _next_day(asked, found),
    }


def _asked_day(text: str, today: date) -> tuple[date | None, str]:
    if not text:
        return None, ""
    day = _day_of(text)
    if day is None:
        return None, _("Deze dag kunnen wij niet lezen. Kies hieronder een dag.")
    if day < today:
        return None, _("Deze dag is voorbij. Kies hieronder een andere dag.")
    if day > today + timedelta(weeks=12):
        return None, _("Zo ver vooruit kunt u nog geen afspraak maken. Kies hieronder een dag.")
    return day, ""


def _day_of(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(*(int(one) for one in match.groups())) if match else None
    except ValueError:
        return None


def _page(asked: TimesAsked, found: FoundPlaces, begins: date, pages: int) -> int:
    """Where the address asks for, else the chosen day, else the first day with a place."""
    wanted = asked.month or asked.day or (found.days[0][0] if found.days else begins)
    return min(max((wanted - begins).days // 7 // _WEEKS, 0), pages - 1)


def _cell(day: date, counts: dict[date, int], asked: TimesAsked, today: date) -> CalendarDay:
    count = counts.get(day, 0)
    return CalendarDay(
        day=day,
        count=count,
        href=_address(asked, dag=day, anchor="dag") if count else "",
        said=long_date(value=day),
        is_chosen=day == asked.day,
        is_past=day < today,
        month=date_format(day, "b") if day.day == 1 else "",
    )


def _weekdays(columns: int) -> list[tuple[str, str]]:
    whole = [_("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag")]
    return [(one[:2], one) for one in whole[:columns]]


def _period(weeks: list[list[CalendarDay]], columns: int) -> str:
    if not weeks:
        return ""
    words = {"first": _without_weekday(weeks[0][0].day), "last": _without_weekday(weeks[-1][columns - 1].day)}
    return _("%(first)s tot en met %(last)s") % words


def _without_weekday(day: date) -> str:
    return long_date(value=day).split(" ", 1)[1]


def _groups(found: FoundPlaces) -> tuple[TimeGroup, ...]:
    """By part of the day, and by agenda where there is more than one."""
    names = {one.agenda_id: one for one in found.agendas}
    sorted_in: dict[tuple[bool, int], list[Place]] = {}
    order = [one.agenda_id for one in found.agendas]
    for place in found.on_day:
        is_late = place.starts_at.astimezone(AMSTERDAM).hour >= _NOON
        agenda_id = AgendaId(place.agenda_id)
        sorted_in.setdefault((is_late, order.index(agenda_id) if agenda_id in names else len(order)), []).append(place)
    return tuple(
        TimeGroup(
            title=_group_title(is_late, names.get(AgendaId(places[0].agenda_id)) if len(names) > 1 else None),
            buttons=place_buttons(places=places, agendas=found.agendas, with_day=False),
        )
        for (is_late, _order), places in sorted(sorted_in.items())
    )


def _group_title(is_late: bool, agenda: AgendaName | None) -> str:
    part = _("Middag") if is_late else _("Ochtend")
    return f"{part}, {whom(agenda)}" if agenda else part


def whom(agenda: AgendaName | None) -> str:
    """With whom: the name, and what somebody is."""
    if agenda is None:
        return ""
    if not agenda.function or agenda.function.lower() in agenda.name.lower():
        return agenda.name
    return f"{agenda.name} ({agenda.function})"


def _button(place: Place, agenda: AgendaName | None, *, with_day: bool) -> TimeButton:
    day, clock = long_date(value=place.starts_at), clock_time(value=place.starts_at)
    moment = _("%(day)s om %(time)s") % {"day": day, "time": clock}
    name = whom(agenda)
    return TimeButton(
        value=place_value(place),
        label=_capital(moment) if with_day else clock,
        said=f"{moment}, {name}" if name else moment,
        whom=name,
    )


def _next_day(asked: TimesAsked, found: FoundPlaces) -> tuple[str, str] | None:
    """For a day on which nothing is free: the first one after it with a place, else the first of all."""
    if asked.day is None or found.on_day or not found.days:
        return None
    days = [day for day, _count in found.days]
    day = next((one for one in days if one > asked.day), days[0])
    return _address(asked, dag=day, anchor="dag"), long_date(value=day)


def _address(asked: TimesAsked, *, dag: date | None = None, vanaf: date | None = None, anchor: str = "") -> str:
    """The same page with another day or other weeks; what was filtered stays."""
    query = QueryDict(mutable=True)
    part = next((word for word, one in _PARTS.items() if one is asked.part), "")
    values = {"deel": part, "agenda": asked.agenda_id or "", "dag": dag or "", "vanaf": vanaf or ""}
    query.update({name: str(value) for name, value in values.items() if value})
    return f"?{query.urlencode()}#{anchor or 'kalender'}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
