"""Days on which one agenda offers nothing: leave, a training."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.agenda.actions import weeks as actions
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.weeks import AppointmentsInTheWay
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.weeks.forms import LeaveForm
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.iso_weeks import week_name

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_TEMPLATE = "management/weeks/leave.html"


@_form_page
def new_leave(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """Some days."""
    return _edit(request, agenda_id, None)


@_form_page
def leave(request: FaceRequest, agenda_id: int, leave_id: int) -> HttpResponse:
    """Other days."""
    return _edit(request, agenda_id, leave_id)


@require_POST
def remove(request: FaceRequest, agenda_id: int, leave_id: int) -> HttpResponse:
    """Those days offer the blocks again."""
    actions.remove_leave(viewer=request.viewer, agenda_id=AgendaId(agenda_id), leave_id=leave_id)
    messages.success(request, _("De vrije dagen zijn weg. De blokken van die dagen gelden weer."))
    return redirect("management_agenda_weeks", agenda_id)


def _edit(request: FaceRequest, agenda_id: int, leave_id: int | None) -> HttpResponse:
    week = queries.get_week(
        viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=local_date(request.now), now=request.now
    )
    old = next((one for one in week.leave if one.leave_id == leave_id), None)
    if leave_id is not None and old is None:
        raise Http404
    initial = (
        {"starts_on": old.starts_on, "ends_on": old.ends_on, "reason": old.reason, "stamp": old.stamp} if old else {}
    )
    form = LeaveForm(request.POST if request.method == "POST" else None, initial=initial)
    values: dict[str, object] = {"form": form, "name": week.name, "agenda_id": agenda_id, "leave": old}
    if not form.is_bound:
        return render(request, _TEMPLATE, values)
    if not form.is_valid():
        return render(request, _TEMPLATE, values, status=422)
    given = form.cleaned_data
    try:
        actions.save_leave(
            viewer=request.viewer, agenda_id=AgendaId(agenda_id), leave_id=leave_id, starts_on=given["starts_on"],
            ends_on=given["ends_on"] or given["starts_on"], reason=" ".join(given["reason"].split()),
            stamp=given["stamp"], seen=request.POST.get("gezien", ""), now=request.now,
        )  # fmt: skip
    except AppointmentsInTheWay as refusal:
        return render(request, _TEMPLATE, {**values, "conflicts": refusal.conflicts}, status=409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return render(request, _TEMPLATE, values, status=422)
    messages.success(
        request, _("Opgeslagen. De afspraken blijven staan.") if request.POST.get("gezien") else _("Opgeslagen.")
    )
    return redirect(f"{reverse('management_agenda_weeks', args=[agenda_id])}?week={week_name(given['starts_on'])}")
