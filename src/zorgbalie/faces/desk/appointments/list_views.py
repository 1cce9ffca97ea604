"""The practice's appointments: search, filter, leaf (REQ 36; security row 40)."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zorgbalie.agenda.queries.desk_search import list_filters, search_appointments
from zorgbalie.faces.desk.appointments.forms import SearchForm
from zorgbalie.faces.desk.appointments.words import STATE_NAMES, STATE_TONES, change_words
from zorgbalie.faces.desk.release.frame import number_in
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date


@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """A page of the list; from today on until one asks for something else."""
    asked = cast(FaceRequest, request)
    agendas, kinds = list_filters(viewer=asked.viewer)
    is_asked = any(name in asked.GET for name in SearchForm.base_fields)
    first = {"van": local_date(asked.now).isoformat()}
    form = SearchForm(asked.GET if is_asked else first, agendas=agendas, kinds=kinds)
    wanted = form.wanted()
    listing = search_appointments(viewer=asked.viewer, wanted=wanted, page=number_in(asked, "page"), now=asked.now)
    context = {
        "form": form,
        "rows": [
            (
                row,
                STATE_NAMES[row.state],
                STATE_TONES[row.state],
                change_words(what=row.latest, by_patient=row.latest_by_patient),
            )
            for row in listing.rows
        ],
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "is_filtered": is_asked,
        "more_open": any(asked.GET.get(name) for name in ("soort", "stand", "volgorde", "patient")),
    }
    return render(request, "desk/appointments/list.html", context)
