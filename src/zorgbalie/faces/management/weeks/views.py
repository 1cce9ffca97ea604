"""A week of one agenda: what it offers, what closes it and what fills it (REQ 36, 74)."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.weeks import ShownDay, ShownWeek
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.weeks import words
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.iso_weeks import read_week, week_name

_DAY = 24 * 60
_WEEK = timedelta(weeks=1)
_EARLY, _LATE = 7, 19


@require_safe
def week(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """The days of a week; the one of today where the address names none."""
    asked = read_week(request.GET.get("week", ""))
    day = asked or local_date(request.now)
    shown = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    today = local_date(request.now)
    here = reverse("management_agenda_weeks", args=[agenda_id])
    values = {
        "week": shown,
        "number": shown.monday.isocalendar().week,
        "name": week_name(shown.monday),
        "before": f"{here}?week={week_name(shown.monday - _WEEK)}",
        "after": f"{here}?week={week_name(shown.monday + _WEEK)}",
        "this": f"{here}?week={week_name(today)}",
        "new": f"{reverse('management_block_new', args=[agenda_id])}?dag={max(shown.monday, today)}",
        "series": f"{reverse('management_series_new', args=[agenda_id])}?dag={max(shown.monday, today)}",
        "copy": f"{reverse('management_week_copy', args=[agenda_id])}?week={week_name(shown.monday)}",
        "has_blocks": any(one.blocks for one in shown.days),
        "sunday": shown.monday + timedelta(days=6),
        "days": [day_values(one, today) for one in shown.days],
        "events": [event for one in shown.days for event in _events(one, today)],
        **_hours(shown),
    }
    return render(request, "management/weeks/week.html", values)


def day_values(day: ShownDay, today: date) -> dict[str, object]:
    """A day as the page and the preview of a copy draw it."""
    kinds = words.kind_names()
    return {
        "day": day.day,
        "is_past": day.day < today,
        "is_today": day.day == today,
        "is_closed": day.is_closed,
        "leave": day.leave,
        "blocks": [(one, words.times(one), words.repeats(one), _names(one.kinds)) for one in day.blocks],
        "occupations": [(one, kinds[one.kind]) for one in day.occupations],
    }


def _names(kinds: tuple[tuple[int, str], ...]) -> str:
    return ", ".join(name for _pk, name in kinds)


def _events(day: ShownDay, today: date) -> list[dict[str, object]]:
    """The blocks of a day for the calendar; the end of one over midnight lies on the next day."""
    return [
        {
            "block": one,
            "start": _local(day.day, one.starts),
            "end": _local(day.day, one.ends),
            "title": _names(one.kinds),
            "may_move": day.day >= today,
        }
        for one in day.blocks
    ]


def _local(day: date, minutes: int) -> str:
    extra, rest = divmod(minutes, _DAY)
    return f"{day + timedelta(days=extra)}T{rest // 60:02d}:{rest % 60:02d}"


def _hours(shown: ShownWeek) -> dict[str, str]:
    """From when until when the calendar is drawn: the day, and further where a block is earlier or later."""
    blocks = [one for day in shown.days for one in day.blocks]
    first = min([_EARLY, *(one.starts // 60 for one in blocks)])
    last = max([_LATE, *(min(24, -(-one.ends // 60)) for one in blocks)])
    return {"from_hour": f"{first:02d}:00", "until_hour": f"{last:02d}:00"}
