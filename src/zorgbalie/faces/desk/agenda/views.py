"""The agenda of the practice: a day or a week, of one agenda or of all, kept up to date (REQ 36; ux 49)."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.agenda.actions.attendance import mark as note
from zorgbalie.agenda.queries import day as queries
from zorgbalie.agenda.types import AppointmentId
from zorgbalie.agenda.types.day import Attendance
from zorgbalie.faces.desk.agenda import board as boards
from zorgbalie.faces.desk.agenda.choosing import DAY, WEEK, Looked, kept, looked_at
from zorgbalie.faces.desk.agenda.forms import LookForm, MarkForm, PrintForm
from zorgbalie.faces.desk.agenda.words import MODE_ICONS, mode_words, said_words, state_words
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.staff_middleware import background
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.ui.types import Tab


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """A day; a week of one agenda; or of all, in numbers."""
    asked = cast(FaceRequest, request)
    looked = looked_at(asked)
    context = _frame(asked, looked)
    if looked.is_week and looked.agenda_id is None:
        counts = queries.get_week_counts(viewer=asked.viewer, first=looked.first, days=looked.days, now=asked.now)
        weeks = [
            (looked.with_agenda(pk), name, [(one, looked.on(one.day).by(DAY).with_agenda(pk).href()) for one in days])
            for pk, name, days in counts.rows
        ]
        heads = [(day, looked.on(day).by(DAY).href()) for day in boards.days_of(looked)]
        context |= {"agendas": counts.agendas, "weeks": weeks, "heads": heads}
    else:
        context |= _board(asked, looked)
    context["form"] = LookForm(_chosen(looked), agendas=context["agendas"])
    return render(request, "desk/agenda/agenda.html", context)


@background
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The table alone, for a page that brings itself up to date; a look like any other, with its lines."""
    asked = cast(FaceRequest, request)
    looked = looked_at(asked)
    context = {**_board(asked, looked), "looked": looked, "today": local_date(asked.now)}
    answer = render(request, "desk/agenda/_board.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@background
@require_safe
def stamp(request: HttpRequest) -> HttpResponse:
    """Whether something changed, for the same page; names nobody."""
    asked = cast(FaceRequest, request)
    return JsonResponse({"stamp": _stamp(asked, looked_at(asked))}, headers={"Cache-Control": "no-store"})


@require_POST
def mark(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """Somebody is there, has been, did not come, or none of these after all."""
    asked = cast(FaceRequest, request)
    back = kept(asked.POST.get("back", ""), now=asked.now)
    form = MarkForm(asked.POST)
    if not form.is_valid():
        messages.warning(request, _("Er ging iets mis met het formulier. Probeer het nog een keer."))
        return redirect(back.href())
    what = Attendance(form.cleaned_data["wat"])
    try:
        note(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            appointment_id=AppointmentId(appointment_id),
            what=what,
            revision=form.cleaned_data["revision"],
            now=asked.now,
        )
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        name = queries.get_name(viewer=asked.viewer, patient_id=PersonId(patient_id))
        messages.success(request, said_words(what, name))
    return redirect(f"{back.href()}#a{appointment_id}")


@require_safe
def day_list(request: HttpRequest) -> HttpResponse:
    """Who comes on a day, for paper (REQ 36)."""
    asked = cast(FaceRequest, request)
    looked = looked_at(asked).by(DAY)
    found = queries.get_board(
        viewer=asked.viewer, first=looked.day, days=1, agenda_id=looked.agenda_id, now=asked.now, event="agenda.print"
    )
    with_reasons = asked.GET.get("redenen") == "on"
    context = {
        "looked": looked,
        "form": PrintForm({**_chosen(looked), "redenen": with_reasons}, agendas=found.agendas),
        "with_reasons": with_reasons,
        "lists": [(column, _listed(column)) for column in found.columns if any(_listed(column))],
        "printed_at": asked.now,
    }
    return render(request, "desk/agenda/print.html", context)


def _listed(column: Any) -> list[tuple[Any, Any, str, str]]:
    """The appointments of one agenda in order, with the words of how and of what is known."""
    return [
        (entry, entry.appointment, mode_words(entry.appointment.mode), state_words(entry.appointment.state))
        for entry in column.entries
        if entry.appointment is not None
    ]


def _frame(request: FaceRequest, looked: Looked) -> dict[str, Any]:
    """What stands around the table: earlier and later, and by day or by week."""
    today = looked.on(local_date(request.now))
    return {
        "looked": looked,
        "today": today.day,
        "today_href": today.href(),
        "before": looked.step(-1),
        "after": looked.step(1),
        "last": boards.days_of(looked)[-1],
        "may_manage": request.viewer.has_right(StaffRight.MANAGE_PRACTICE),
        "print_href": looked.href("desk_agenda_print"),
        "fill_href": f"{reverse('desk_agenda_occupation_new')}?{looked.query}",
        "tabs": [
            Tab(label=_("Dag"), href=looked.by(DAY).href(), current=not looked.is_week),
            Tab(label=_("Week"), href=looked.by(WEEK).href(), current=looked.is_week),
        ],
    }


def _board(request: FaceRequest, looked: Looked) -> dict[str, Any]:
    # First the stamp: what changes between the two is then seen once more, and not missed.
    sign = _stamp(request, looked)
    found = queries.get_board(
        viewer=request.viewer,
        first=looked.first,
        days=looked.days,
        agenda_id=looked.agenda_id,
        now=request.now,
        event="agenda.week" if looked.is_week else "agenda.day",
    )
    is_today = looked.day == local_date(request.now) and not looked.is_week
    return {
        "agendas": found.agendas,
        "columns": boards.heads_of(board=found, looked=looked, now=request.now),
        "rows": boards.rows_of(board=found, now=request.now),
        "waiting": boards.waiting_of(board=found, now=request.now) if is_today else [],
        "is_today": is_today,
        "stamp": sign,
        "stamp_href": looked.href("desk_agenda_stamp"),
        "board_href": looked.href("desk_agenda_board"),
        "icons": MODE_ICONS,
    }


def _stamp(request: FaceRequest, looked: Looked) -> str:
    return queries.get_stamp(
        viewer=request.viewer, first=looked.first, days=looked.days, agenda_id=looked.agenda_id, now=request.now
    )


def _chosen(looked: Looked) -> dict[str, str]:
    return {"dag": looked.day.isoformat(), "agenda": str(looked.agenda_id or "")}
