"""One week as it is, to other weeks or to another agenda; first shown, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import weeks as actions
from zorgbalie.agenda.queries import week_copies
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.weeks import AppointmentsInTheWay, CopyPreview
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.weeks.forms import CopyForm
from zorgbalie.faces.management.weeks.views import day_values
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.iso_weeks import read_week, week_name


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """The form; sent, a preview of what will be there; sent again with that stamp, done."""
    asked = read_week(request.GET.get("week", ""))
    day = asked or local_date(request.now)
    week = queries.get_week(viewer=request.viewer, agenda_id=AgendaId(agenda_id), day=day, now=request.now)
    initial = {"week": week_name(day), "goes_to": agenda_id}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial, agendas=week.agendas)
    values = {"form": form, "name": week.name, "agenda_id": agenda_id, "name_of_week": week_name(day)}
    if not form.is_bound:
        return render(request, "management/weeks/copy.html", values)
    if not form.is_valid():
        return render(request, "management/weeks/copy.html", values, status=422)
    try:
        if "doe" in request.POST:
            return _do(request, form, agenda_id)
        return _preview(request, form, values, _look(request, form, agenda_id))
    except AppointmentsInTheWay:
        # Somebody booked meanwhile: the list as it is now, and asked again.
        return _preview(request, form, values, _look(request, form, agenda_id), 409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return render(request, "management/weeks/copy.html", values, status=422)


def _look(request: FaceRequest, form: CopyForm, agenda_id: int) -> CopyPreview:
    values = form.cleaned_data
    return week_copies.preview_copy(
        viewer=request.viewer, source_id=AgendaId(agenda_id), week=values["week"],
        agenda_id=AgendaId(values["goes_to"]), first=values["first"], last=values["last"], now=request.now,
    )  # fmt: skip


def _do(request: FaceRequest, form: CopyForm, agenda_id: int) -> HttpResponse:
    values = form.cleaned_data
    actions.copy_week(
        viewer=request.viewer, source_id=AgendaId(agenda_id), week=values["week"],
        agenda_id=AgendaId(values["goes_to"]), first=values["first"], last=values["last"], stamp=values["stamp"],
        seen=request.POST.get("gezien", ""), now=request.now,
    )  # fmt: skip
    messages.success(
        request,
        _("De week is gekopieerd. De afspraken blijven staan.")
        if request.POST.get("gezien")
        else _("De week is gekopieerd."),
    )
    address = reverse("management_agenda_weeks", args=[values["goes_to"]])
    return redirect(f"{address}?week={week_name(values['first'])}")


def _preview(
    request: FaceRequest, form: CopyForm, values: dict[str, object], found: CopyPreview, status: int = 200
) -> HttpResponse:
    today = local_date(request.now)
    shown = {
        "preview": [day_values(one, today) for one in found.days],
        "conflicts": found.conflicts if found.conflicts.digest else None,
        "stamp": found.stamp,
        "first": form.cleaned_data["first"],
        "number": form.cleaned_data["first"].isocalendar().week,
    }
    return render(request, "management/weeks/copy.html", {**values, **shown}, status=status)
