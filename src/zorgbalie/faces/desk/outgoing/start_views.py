"""`Stuur een bericht`: the practice begins a thread with one patient (REQ 27, 34; ux 50)."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.starting import begin
from zorgbalie.consult.queries.answer_templates import list_start_texts, preview_answer
from zorgbalie.consult.queries.outgoing import get_start_place
from zorgbalie.consult.queries.texts import fill
from zorgbalie.consult.queries.why_not import why_words
from zorgbalie.consult.types import NewMessage, StartPlace
from zorgbalie.faces.desk.outgoing.forms import StartForm, first_message
from zorgbalie.faces.desk.outgoing.words import field_words, hint_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.language import measure_language
from zorgbalie.record.queries.release import patient_card


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The form with what the patient will see beside it; sent by its own button."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    place = get_start_place(viewer=asked.viewer, patient_id=patient, now=asked.now)
    standards = list_start_texts(viewer=asked.viewer, now=asked.now)
    if asked.method != "POST":
        first = first_message(place.rules, local_date(asked.now))
        return _page(asked, place, StartForm(initial=first, standards=standards))
    form = StartForm(asked.POST, standards=standards)
    if asked.POST.get("doen") == "standaard" and "standard" in form.fields:
        filled = StartForm(initial=form.with_standard(place.rules.start_text), standards=standards)
        return _page(asked, place, filled)
    is_right = form.is_valid()
    if asked.headers.get("HX-Request"):
        return render(request, "desk/outgoing/_looked.html", _preview(asked, place, form.message()))
    if not is_right:
        return _page(asked, place, form, 422)
    if asked.POST.get("doen") != "versturen":
        return _page(asked, place, form)
    try:
        consult_id = begin(
            viewer=asked.viewer,
            patient_id=patient,
            message=form.message(),
            token=form.cleaned_data["token"],
            now=asked.now,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, place, form, 422)
    messages.success(request, _("Het bericht is verstuurd."))
    return redirect("desk_consult_thread", patient, consult_id)


def _page(request: FaceRequest, place: StartPlace, form: StartForm, status: int = 200) -> HttpResponse:
    message = form.message() if form.is_bound else _begun(form)
    why = place.reachable.why_not
    values: dict[str, Any] = {
        **around(request, place.patient_id),
        "patient": patient_card(patient_id=place.patient_id, now=request.now),
        "form": form,
        "here": request.path,
        "is_off": not place.rules.is_on,
        "why_not": why_words(reason=why) if why else "",
        "hints": [hint_words(hint) for hint in place.reachable.hints],
        "fields": field_words(),
        **_preview(request, place, message),
    }
    return render(request, "desk/outgoing/start.html", values, status=status)


def _begun(form: StartForm) -> NewMessage:
    """What a fresh form holds, for the preview."""
    subject, text = (str(form.initial.get(name, "")) for name in ("subject", "text"))
    until = form.initial.get("reply_until") if form.initial.get("replies") == "until" else None
    return NewMessage(
        subject=subject,
        text=text,
        takes_replies=form.initial.get("replies") != "no",
        reply_until=until if isinstance(until, date) else None,
    )


def _preview(request: FaceRequest, place: StartPlace, message: NewMessage) -> dict[str, Any]:
    text = fill(text=message.text, fields=place.fields)
    return {
        "message": message,
        "shown_text": text,
        "shown_parts": preview_answer(viewer=request.viewer, text=text),
        "practice_name": place.fields["praktijk"],
        "language": measure_language(viewer=request.viewer, texts=[text]),
    }
