"""Signs in a browser, switched on in that browser (web push; REQ 9)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.notices.forms import BrowserForm
from zorgbalie.kernel.errors import Refused
from zorgbalie.messaging.actions import preferences


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """The script of the page posts what the browser gave; it then shows the page anew."""
    asked, form = cast(FaceRequest, request), BrowserForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"said": _("Dit apparaat kan geen melding krijgen. Kies e-mail of sms.")}, status=422)
    try:
        preferences.add_browser(
            viewer=asked.viewer,
            address=form.cleaned_data["address"],
            device=form.cleaned_data["device"],
            now=asked.now,
        )
    except Refused as refusal:
        return JsonResponse({"said": refusal.message}, status=422)
    messages.success(request, _("Meldingen staan aan op dit apparaat."))
    return JsonResponse({"said": ""})


@require_POST
def drop(request: HttpRequest, device_id: int) -> HttpResponse:
    """Signs off."""
    asked = cast(FaceRequest, request)
    preferences.drop_browser(viewer=asked.viewer, device_id=device_id, now=asked.now)
    messages.success(request, _("Op dat apparaat krijgt u geen meldingen meer."))
    return redirect("patient_notices_overview")
