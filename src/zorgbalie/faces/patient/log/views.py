"""The page that answers "wie heeft mijn dossier gezien?" and its PDF."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.access.log_types import LogTooLong
from zorgbalie.access.queries import access_log
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.context import shell_of
from zorgbalie.faces.patient.log import document
from zorgbalie.faces.patient.log.forms import LogFilterForm
from zorgbalie.faces.patient.log.words import days_of, entry_of


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who looked, newest first."""
    asked = cast(FaceRequest, request)
    form = LogFilterForm(request.GET)
    form.is_valid()
    found = access_log.list_own_log(
        viewer=asked.viewer,
        wanted=form.wanted(),
        others_only=form.others_only,
        page=_page_number(request),
        now=asked.now,
    )
    days = days_of(found.rows, asked.viewer)
    paginator = Paginator(range(found.total), found.size)
    context = {
        "form": form,
        "days": days,
        "page": paginator.get_page(found.number),
        "has_emergency": any(entry.emergency for day in days for entry in day.entries),
        "download_href": f"{reverse('patient_log_download')}?{request.GET.urlencode()}",
        "is_filtered": form.wanted() != LogFilterForm({}).wanted() or form.others_only,
    }
    return render(request, "patient/log/overview.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same period as a PDF."""
    asked = cast(FaceRequest, request)
    form = LogFilterForm(request.GET)
    form.is_valid()
    try:
        rows = access_log.export_own_log(
            viewer=asked.viewer, wanted=form.wanted(), others_only=form.others_only, now=asked.now
        )
    except LogTooLong:
        messages.warning(request, _("Dit overzicht is te lang voor één PDF. Kies een kortere periode."))
        return redirect(f"{reverse('patient_log_overview')}?{request.GET.urlencode()}")
    card = shell_of(asked).practice
    content = document.render(
        entries=[entry_of(row, asked.viewer) for row in rows],
        wanted=form.wanted(),
        others_only=form.others_only,
        practice=card.name if card else "",
        now=asked.now,
    )
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="wie-heeft-mijn-dossier-gezien.pdf"'},
    )


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
