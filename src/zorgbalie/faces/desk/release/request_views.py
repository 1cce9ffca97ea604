"""Answers to a request without a release: refuse, or leave open (R6)."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.access.actions import requests
from zorgbalie.access.queries.requests import get_request
from zorgbalie.faces.desk.release.forms import AnswerForm
from zorgbalie.faces.desk.release.frame import address, card_of, page
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccessRequestId

_MAY_POST = ["GET", "HEAD", "POST"]


@require_http_methods(_MAY_POST)
def refuse(request: HttpRequest, request_id: int) -> HttpResponse:
    """Refuse, with a reason that the patient reads."""
    words = {
        "title": _("Verzoek weigeren"),
        "button": _("Weiger het verzoek"),
        "done": _("Het verzoek is geweigerd. De patiënt leest uw uitleg."),
        "lead": _("De patiënt krijgt geen online inzage. Een nieuw verzoek blijft mogelijk."),
    }
    return _answer(cast(FaceRequest, request), request_id, requests.refuse_request, words)


@require_http_methods(_MAY_POST)
def leave_open(request: HttpRequest, request_id: int) -> HttpResponse:
    """Leave open, with a reason that the patient reads."""
    words = {
        "title": _("Verzoek open laten"),
        "button": _("Laat het verzoek open"),
        "done": _("Het verzoek blijft open. De patiënt leest uw uitleg."),
        "lead": _("U beslist later. Het verzoek verdwijnt uit het postvak en blijft staan bij de patiënt."),
    }
    return _answer(cast(FaceRequest, request), request_id, requests.leave_open, words)


def _answer(request: FaceRequest, request_id: int, action: Callable[..., None], words: dict[str, str]) -> HttpResponse:
    card = get_request(viewer=request.viewer, request_id=AccessRequestId(request_id), now=request.now)
    back = reverse("desk_release_cockpit", args=[request_id])
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            action(
                viewer=request.viewer,
                request_id=card.request_id,
                reason=form.cleaned_data["reason"],
                now=request.now,
            )
        except Refused as refusal:
            if refusal.field is None:
                messages.warning(request, refusal.message)
                return redirect(back)
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, words["done"])
            return redirect(address("desk_inbox_list") or back)
    values = {"form": form, "words": words, "back": back, "asked": card, "patient": card_of(card)}
    return page(request, "answer", card.patient_id, values, status=422 if form.errors else 200)
