"""`Mijn verzoeken`: how far each request is, its answer, and taking one back."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.corrections.words import steps_of, words_of
from zorgbalie.faces.patient.record.views import page_number
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import CorrectionId
from zorgbalie.record.actions.corrections import withdraw_correction
from zorgbalie.record.queries import corrections
from zorgbalie.record.types.corrections import PatientCorrection


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All requests, the latest first."""
    asked = cast(FaceRequest, request)
    found = corrections.list_my_corrections(viewer=asked.viewer, now=asked.now, page=page_number(asked))
    page = Paginator(range(found.total), found.per_page).get_page(found.number)
    context = {"items": [words_of(card) for card in found.items], "page": page}
    return render(request, "patient/corrections/overview.html", context)


@require_safe
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """One request with its answer."""
    return _page(cast(FaceRequest, request), "correction", _get(request, correction_id))


@require_safe
def sent(request: HttpRequest, correction_id: int) -> HttpResponse:
    """It was sent: what happens next, and when (ux 7)."""
    return _page(cast(FaceRequest, request), "sent", _get(request, correction_id))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Take a request back, after a question."""
    asked, found = cast(FaceRequest, request), _get(request, correction_id)
    if asked.method == "POST":
        try:
            withdraw_correction(viewer=asked.viewer, correction_id=CorrectionId(correction_id), now=asked.now)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Uw verzoek is ingetrokken."))
        return redirect("patient_correction", correction_id=correction_id)
    if not found.card.is_open:
        return redirect("patient_correction", correction_id=correction_id)
    return _page(asked, "withdraw", found)


def _get(request: HttpRequest, correction_id: int) -> PatientCorrection:
    asked = cast(FaceRequest, request)
    return corrections.get_my_correction(viewer=asked.viewer, correction_id=CorrectionId(correction_id), now=asked.now)


def _page(request: FaceRequest, name: str, found: PatientCorrection) -> HttpResponse:
    card = found.card
    context = {
        "found": found,
        "words": words_of(card),
        "steps": steps_of(card),
        "is_late": card.is_open and card.due_on < local_date(request.now),
    }
    return render(request, f"patient/corrections/{name}.html", context)
