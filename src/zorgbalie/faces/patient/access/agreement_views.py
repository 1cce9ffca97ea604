"""The agreement at the portal: read, sign, keep, end (REQ 4, 5; R7)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.access.actions import agreements
from zorgbalie.access.queries.agreement_document import render_my_agreement
from zorgbalie.access.types import AgreementWords, PracticeAccess
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.access.forms import SignForm
from zorgbalie.faces.patient.access.steps import At, step_of
from zorgbalie.faces.patient.access.views import GET_AND_POST, get_access
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AgreementTextId, PracticeId


@require_safe
def agreement(request: HttpRequest, practice_id: int) -> HttpResponse:
    """The text: to sign, or as it was signed."""
    found = get_access(request, practice_id)
    if found.agreement is None or step_of(found).at in (At.INVITED, At.EXPIRED, At.BLOCKED):
        return redirect("patient_access_overview")
    return _page(request, found, None)


@require_http_methods(GET_AND_POST)
def sign(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Sign the version that stood on the screen; a refusal shows the page again, with the version of now."""
    asked = cast(FaceRequest, request)
    if asked.method != "POST":
        return redirect("patient_access_agreement", practice_id=practice_id)
    form = SignForm(asked.POST)
    if form.is_valid():
        try:
            agreements.sign_for_patient(
                viewer=asked.viewer,
                practice_id=PracticeId(practice_id),
                text_id=AgreementTextId(form.cleaned_data["text"]),
                now=asked.now,
            )
        except Refused as refusal:
            messages.warning(request, refusal.message)
            return redirect("patient_access_agreement", practice_id=practice_id)
        messages.success(request, _("U heeft de afspraken ondertekend."))
        return redirect("patient_access_overview")
    return _page(request, get_access(request, practice_id), form)


@require_safe
def download(request: HttpRequest, practice_id: int) -> HttpResponse:
    """The signed agreement as a PDF to keep."""
    asked = cast(FaceRequest, request)
    pdf = render_my_agreement(viewer=asked.viewer, practice_id=PracticeId(practice_id), now=asked.now)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="afspraken.pdf"'}
    )


@require_http_methods(GET_AND_POST)
def end(request: HttpRequest, practice_id: int) -> HttpResponse:
    """End the agreement, after a page that says what it does."""
    asked, found = cast(FaceRequest, request), get_access(request, practice_id)
    if found.agreement is None or found.agreement.ended_at is not None or not found.agreement.patient_signed_at:
        return redirect("patient_access_overview")
    if asked.method == "POST":
        agreements.end_for_patient(viewer=asked.viewer, practice_id=PracticeId(practice_id), now=asked.now)
        messages.success(request, _("De afspraken zijn gestopt. Het dossier is nu gesloten."))
        return redirect("patient_access_overview")
    return render(request, "patient/access/end.html", {"access": found})


def _page(request: HttpRequest, found: PracticeAccess, form: SignForm | None) -> HttpResponse:
    if found.agreement is None:
        return redirect("patient_access_overview")
    to_sign = found.agreement.newer_words or (None if found.agreement.patient_signed_at else found.agreement.words)
    if found.agreement.ended_at is not None:
        to_sign = None
    words = to_sign or found.agreement.words
    context = {
        "access": found,
        "agreement": found.agreement,
        "words": words,
        "parts": _parts(words),
        "form": (form or SignForm(initial={"text": words.text_id})) if to_sign else None,
        "is_newer": found.agreement.newer_words is not None and to_sign is not None,
    }
    return render(request, "patient/access/agreement.html", context)


def _parts(words: AgreementWords) -> list[tuple[str, list[str]]]:
    """The four parts as lists: one agreement per line of the text."""
    parts = [
        (_("Dit mag u"), words.patient_rights),
        (_("Dit doet u"), words.patient_duties),
        (_("Dit mag de praktijk"), words.practice_rights),
        (_("Dit doet de praktijk"), words.practice_duties),
    ]
    return [(title, [line for line in text.splitlines() if line.strip()]) for title, text in parts]
