"""Choosing a free time at the desk: reading the address, and the links of the chooser. Works without script."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from zorgbalie.agenda.types import AgendaId, Place
from zorgbalie.agenda.types.desk import DeskPlace, DeskPlaces
from zorgbalie.faces.desk.appointments.forms import PlaceFilter
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import AMSTERDAM

# No agenda has a higher number: the database keeps agenda and minute in one number.
_MOST_AGENDAS = 2**31
_YEARS = range(2000, 2101)
_SHOWN_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the address asks for; what makes no sense is left out."""

    kind_id: int | None
    agenda_id: AgendaId | None
    day: date | None
    begin: datetime | None


def asked_of(request: FaceRequest) -> Asked:
    """Read `soort`, `agenda`, `dag` and `begin`."""
    agenda = number_of(request.GET.get("agenda", ""))
    return Asked(
        kind_id=number_of(request.GET.get("soort", "")),
        agenda_id=AgendaId(agenda) if agenda is not None and agenda < _MOST_AGENDAS else None,
        day=_day_of(request.GET.get("dag", "")),
        begin=begin_of(request.GET.get("begin", "")),
    )


def number_of(text: str) -> int | None:
    """A number as the database can hold it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def begin_of(text: str) -> datetime | None:
    """A moment on a whole minute, in UTC; a `+` that an address made a space is read as what it was."""
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "+")) if len(text) < 40 else None
    except ValueError:
        return None
    if moment is None or moment.year not in _YEARS or moment.second or moment.microsecond:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def place_text(place: Place) -> str:
    """A place as a form sends it."""
    return f"{place.agenda_id}|{place.starts_at.isoformat()}"


def place_of_text(text: str, *, minutes: int) -> Place | None:
    """The other way round; None for what is no place."""
    agenda, _bar, begin = text[:80].partition("|")
    number, starts_at = number_of(agenda), begin_of(begin)
    if number is None or not 0 < number < _MOST_AGENDAS or starts_at is None:
        return None
    return Place(agenda_id=number, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes))


def place_at(found: DeskPlaces, asked: Asked) -> DeskPlace | None:
    """The place that the address names, if it is free."""
    return next(
        (one for one in found.on_day if one.place.starts_at == asked.begin and one.place.agenda_id == asked.agenda_id),
        None,
    )


def chooser(found: DeskPlaces, asked: Asked, href: str, fixed: dict[str, str]) -> dict[str, Any]:
    """What `parts/places.html` shows; `fixed` stays in each link."""
    agenda = {"agenda": str(asked.agenda_id)} if asked.agenda_id else {}

    def to_place(one: DeskPlace) -> tuple[DeskPlace, str]:
        values = {**fixed, "agenda": str(one.place.agenda_id), "begin": one.place.starts_at.isoformat()}
        return one, f"{href}?{urlencode(values)}"

    days = [
        (day, count, f"{href}?{urlencode({**fixed, **agenda, 'dag': day.isoformat()})}", day == asked.day)
        for day, count in found.days
    ]
    return {
        "found": found,
        "first": [to_place(one) for one in found.first],
        "on_day": [to_place(one) for one in found.on_day],
        "days": days[:_SHOWN_DAYS],
        "later_days": days[_SHOWN_DAYS:],
        "day": asked.day,
        "filter": PlaceFilter(initial={"agenda": asked.agenda_id, "dag": asked.day}, agendas=found.agendas),
        "chooser_href": href,
        "fixed": fixed.items(),
        "is_narrowed": bool(asked.agenda_id),
        "all_href": f"{href}?{urlencode(fixed)}",
    }


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
