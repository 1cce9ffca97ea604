"""The patient's own access: how far it is, taking up an invitation, asking for the record, taking it back.

Addresses hold the number of a practice and never that of a patient (A1): the patient is the one of the session.
"""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.access.actions import invitations, requests
from zorgbalie.access.queries import patient_access as queries
from zorgbalie.access.types import Acceptance, PracticeAccess, RequestState
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.access.forms import CodeForm
from zorgbalie.faces.patient.access.steps import At, step_of
from zorgbalie.kernel.ids import PracticeId

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How far one is at each practice, and what the next step is."""
    asked = cast(FaceRequest, request)
    found = queries.list_my_access(viewer=asked.viewer, now=asked.now)
    context = {"places": [step_of(access) for access in found], "is_other": asked.viewer.acts_for_other}
    return render(request, "patient/access/overview.html", context)


@require_http_methods(GET_AND_POST)
def invitation(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Take up an invitation: with the code of the letter, or after an e-mail with one press."""
    asked, found = cast(FaceRequest, request), get_access(request, practice_id)
    if step_of(found).at is not At.INVITED or found.invitation is None:
        return redirect("patient_access_overview")
    needs_code = found.invitation.needs_code
    form = CodeForm(asked.POST or None) if needs_code else None
    if asked.method == "POST" and (form is None or form.is_valid()):
        code = form.cleaned_data["code"] if form else ""
        answer = invitations.accept_invitation(
            viewer=asked.viewer, practice_id=PracticeId(practice_id), code=code, now=asked.now
        )
        if answer is Acceptance.ACCEPTED:
            return redirect("patient_access_agreement", practice_id=practice_id)
        if answer is not Acceptance.WRONG_CODE or form is None:
            return redirect("patient_access_overview")
        form.add_error("code", _("Deze code klopt niet. Kijk nog eens goed in uw brief."))
    return render(request, "patient/access/invitation.html", {"access": found, "form": form})


@require_http_methods(GET_AND_POST)
def ask(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Ask to read the record."""
    asked, found = cast(FaceRequest, request), get_access(request, practice_id)
    if step_of(found).at not in (At.TO_ASK, At.REFUSED, At.CLOSED):
        return redirect("patient_access_overview")
    if asked.method == "POST":
        state = requests.ask_to_read(viewer=asked.viewer, practice_id=PracticeId(practice_id), now=asked.now)
        if state is RequestState.RELEASED:
            messages.success(request, _("Het dossier is nu open. U kunt het meteen lezen."))
        else:
            messages.success(request, _("Uw vraag is verstuurd naar de praktijk. U hoeft nu niets te doen."))
        return redirect("patient_access_overview")
    return render(request, "patient/access/ask.html", {"access": found})


@require_http_methods(GET_AND_POST)
def withdraw(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Take a request back, or close an open record."""
    asked, found = cast(FaceRequest, request), get_access(request, practice_id)
    at = step_of(found).at
    if at not in (At.ASKED, At.LEFT_OPEN, At.OPEN):
        return redirect("patient_access_overview")
    if asked.method == "POST":
        requests.withdraw_request(viewer=asked.viewer, practice_id=PracticeId(practice_id), now=asked.now)
        if at is At.OPEN:
            messages.success(request, _("Het dossier is nu gesloten. U kunt er later weer om vragen."))
        else:
            messages.success(request, _("Uw vraag is ingetrokken."))
        return redirect("patient_access_overview")
    return render(request, "patient/access/withdraw.html", {"access": found, "is_open": at is At.OPEN})


def get_access(request: HttpRequest, practice_id: int) -> PracticeAccess:
    """How far the patient of the session is at this practice, through the gate."""
    asked = cast(FaceRequest, request)
    return queries.get_my_access(viewer=asked.viewer, practice_id=PracticeId(practice_id), now=asked.now)
