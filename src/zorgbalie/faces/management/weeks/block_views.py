"""Adding, changing and removing a block of a week. What is in the way is shown before anything is stored."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import weeks as actions
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.weeks import AppointmentsInTheWay, ShownBlock, ShownWeek
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.weeks import words
from zorgbalie.faces.management.weeks.forms import FROM, ONLY, BlockForm, RemoveForm, initial_of
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.iso_weeks import week_name

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_STEP = 10


@_form_page
def new_block(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """A new block; a stretch that was drawn in the calendar is filled in."""
    day = read_day(request) or local_date(request.now)
    week = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    kinds = tuple((one.number, one.name) for one in week.kinds)
    initial = {"day": day, "step": _STEP, "scope": FROM, "every_weeks": 1, **_drawn(request)}
    form = BlockForm(request.POST if request.method == "POST" else None, initial=initial, kinds=kinds)

    def store(seen: str) -> None:
        actions.add_block(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), wanted=form.wanted(), seen=seen, now=request.now
        )

    back = _week_of(agenda_id, day)
    values = {"name": week.name, "agenda_id": agenda_id, "block": None, "has_kinds": bool(kinds), "back": back}
    return handle(request, form, store, "management/weeks/block.html", values)


@_form_page
def block(request: FaceRequest, agenda_id: int, block_id: int) -> HttpResponse:
    """Change a block from a week on, or in that week alone."""
    day, week, shown = _find(request, agenda_id, block_id)
    kinds = {one.number: one.name for one in week.kinds} | dict(shown.kinds if shown else ())
    initial = {**(initial_of(shown) if shown else {}), **_drawn(request)}
    form = BlockForm(request.POST if request.method == "POST" else None, initial=initial, kinds=tuple(kinds.items()))

    def store(seen: str) -> None:
        actions.change_block(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), block_id=block_id, day=day,
            only_day=form.only_day(), wanted=form.wanted(), stamp=form.cleaned_data["stamp"], seen=seen,
            now=request.now,
        )  # fmt: skip

    return handle(
        request, form, store, "management/weeks/block.html",
        {
            "name": week.name, "agenda_id": agenda_id, "block": shown, "block_id": block_id, "day": day,
            "has_kinds": True, "back": _week_of(agenda_id, day), **_now(shown),
        },
    )  # fmt: skip


@_form_page
def remove(request: FaceRequest, agenda_id: int, block_id: int) -> HttpResponse:
    """Take a block away on one day, or from that day on."""
    day, week, shown = _find(request, agenda_id, block_id)
    initial = {"stamp": shown.stamp, "scope": ONLY} if shown else {}
    form = RemoveForm(request.POST if request.method == "POST" else None, initial=initial)

    def store(seen: str) -> None:
        actions.remove_block(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), block_id=block_id, day=day,
            only_day=form.cleaned_data["scope"] == ONLY, stamp=form.cleaned_data["stamp"], seen=seen, now=request.now,
        )  # fmt: skip

    back = _week_of(agenda_id, day)
    values = {
        "name": week.name, "agenda_id": agenda_id, "block": shown, "day": day, "back": back,
        "times": words.times(shown) if shown else "",
    }  # fmt: skip
    return handle(request, form, store, "management/weeks/block_remove.html", values)


def handle(
    request: FaceRequest,
    form: BlockForm | RemoveForm,
    store: Callable[[str], None],
    template: str,
    values: dict[str, object],
) -> HttpResponse:
    """Show the form, store it, or show what is in the way with the form as it was filled in."""
    if not form.is_bound:
        return render(request, template, {**values, "form": form})
    if not form.is_valid():
        return render(request, template, {**values, "form": form}, status=422)
    try:
        store(request.POST.get("gezien", ""))
    except AppointmentsInTheWay as refusal:
        return render(request, template, {**values, "form": form, "conflicts": refusal.conflicts}, status=409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return render(request, template, {**values, "form": form}, status=422)
    messages.success(
        request, _("Opgeslagen. De afspraken blijven staan.") if request.POST.get("gezien") else _("Opgeslagen.")
    )
    return redirect(str(values["back"]))


def read_day(request: FaceRequest) -> date | None:
    """The day that the address names, when it is one."""
    try:
        day = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2199 else None


def _find(request: FaceRequest, agenda_id: int, block_id: int) -> tuple[date, ShownWeek, ShownBlock | None]:
    """The week of the day, and the block in it; when it is gone only a form that was sent is still answered."""
    day = read_day(request)
    if day is None:
        raise Http404
    week = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    blocks = (one for shown in week.days for one in shown.blocks if one.block_id == block_id and one.day == day)
    found = next(blocks, None)
    if found is None and request.method != "POST":
        raise Http404
    return day, week, found


def _drawn(request: FaceRequest) -> dict[str, object]:
    """What a drag in the calendar says; anything else is left out. The form asks it again before it is stored."""
    named = {"starts": request.GET.get("van", ""), "ends": request.GET.get("tot", "")}
    drawn: dict[str, object] = {key: text[:5] for key, text in named.items() if text and "\x00" not in text}
    for key, name in (("day", "naar"), ("end_day", "einddag")):
        try:
            drawn[key] = date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            continue
    end_day, ends = drawn.pop("end_day", None), drawn.get("ends")
    if "day" in drawn and end_day is not None:
        drawn["next_day"] = end_day != drawn["day"] and ends != "00:00"
    return drawn


def _now(block: ShownBlock | None) -> dict[str, str]:
    """What stands there, in words: after a drag the form already says something else."""
    return {"times": words.times(block), "repeats": words.repeats(block)} if block else {}


def _week_of(agenda_id: int, day: date) -> str:
    return f"{reverse('management_agenda_weeks', args=[agenda_id])}?week={week_name(day)}"
