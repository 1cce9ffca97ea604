"""For whom is the appointment: from a free time in the agenda to a patient (REQ 36; ux 46). Works without script."""

from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zorgbalie.access.queries.patients import list_patients, split_search
from zorgbalie.agenda.queries.day import list_agendas
from zorgbalie.faces.desk.appointments.forms import WhoForm
from zorgbalie.faces.desk.appointments.places import Asked, asked_of
from zorgbalie.faces.desk.release.frame import number_in
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.viewer import StaffRight


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The time that was pointed at, and a search for the patient; nobody is listed before one searches (R9)."""
    asked = cast(FaceRequest, request)
    agendas = dict(list_agendas(viewer=asked.viewer))
    wish = asked_of(asked)
    kept = _kept(wish) if wish.agenda_id in agendas and wish.begin else {}
    day = urlencode({"dag": local_date(wish.begin or asked.now).isoformat()})
    search = asked.GET.get("q", "")[:100].replace("\0", "").strip()
    form = WhoForm(initial={"q": search})
    if not search:
        form.fields["q"].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "search": search,
        "kept": kept.items(),
        "begin": wish.begin if kept else None,
        "agenda_name": agendas.get(wish.agenda_id, "") if wish.agenda_id and kept else "",
        "back_href": f"{reverse('desk_agenda')}?{day}",
        "fill_href": f"{reverse('desk_agenda_occupation_new')}?{day}&{urlencode(kept)}" if kept else "",
        # A BSN in the search field has gone into the address already; nothing is looked up by it.
        "looks_like_bsn": sum(sign.isdigit() for sign in search) >= 8 and not split_search(text=search)[1],
        "may_register": asked.viewer.has_right(StaffRight.INVITE_PATIENT),
    }
    if search and not context["looks_like_bsn"]:
        listing = list_patients(
            viewer=asked.viewer, search=search, sort="name", page=number_in(asked, "page"), now=asked.now
        )
        context |= {
            "rows": [(row, _new_href(row.patient_id, kept)) for row in listing.rows],
            "total": listing.total,
            "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        }
    return render(request, "desk/appointments/start.html", context)


def _kept(wish: Asked) -> dict[str, str]:
    begin = wish.begin.strftime("%Y-%m-%dT%H:%MZ") if wish.begin else ""
    return {"agenda": str(wish.agenda_id), "begin": begin}


def _new_href(patient_id: int, kept: dict[str, str]) -> str:
    href = reverse("desk_appointment_new", args=[patient_id])
    return f"{href}?{urlencode(kept)}" if kept else href
