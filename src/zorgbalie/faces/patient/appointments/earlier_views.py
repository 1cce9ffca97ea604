"""`Zet mij op de lijst voor eerder`, and the times that are offered (ux 43)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.agenda.actions import wishes as actions
from zorgbalie.agenda.queries import offers as offer_queries
from zorgbalie.agenda.queries import own as queries
from zorgbalie.agenda.types import AppointmentId
from zorgbalie.agenda.types.own import EarlierOfferId
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.appointments.forms import EarlierForm, RevisionForm, initial_of
from zorgbalie.faces.patient.appointments.views import page_of
from zorgbalie.faces.patient.appointments.words import offer_words, ways_words
from zorgbalie.faces.patient.context import shell_of
from zorgbalie.kernel.errors import Refused

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def earlier(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """What one asks for; the widest choice stands ready, so that one press is enough."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found = queries.get_own(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    name = found.detail.card.agenda_name
    form = EarlierForm(asked.POST if asked.method == "POST" else None, name=name, initial=initial_of(found.wish))
    if form.is_bound and form.is_valid():
        try:
            actions.ask_earlier(viewer=asked.viewer, appointment_id=wanted, now=asked.now, **form.asked())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("U staat op de lijst voor eerder. Uw afspraak blijft gewoon staan."))
            return redirect("patient_appointment", wanted)
    values = {**page_of(asked, found), "form": form, "ways": ways_words(found.ways)}
    return render(request, "patient/appointments/earlier.html", values, status=422 if form.errors else 200)


@require_POST
def stop(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Off the list."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    actions.stop_earlier(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    messages.success(request, _("U staat niet meer op de lijst voor eerder. Uw afspraak blijft staan."))
    return redirect("patient_appointment", wanted)


@_form_page
def offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The offered time beside the own one: yes or no."""
    asked, wanted, fault = cast(FaceRequest, request), EarlierOfferId(offer_id), ""
    if asked.method == "POST":
        try:
            return _answer(asked, wanted)
        except Refused as refusal:
            fault = refusal.message
    found = offer_queries.get_offer(viewer=asked.viewer, offer_id=wanted, now=asked.now)
    practice = shell_of(asked).practice
    values = {
        "offer": found,
        "card": found.appointment.card,
        "fault": fault,
        "phone": practice.phone if practice else "",
        **offer_words(found),
    }
    return render(request, "patient/appointments/offer.html", values, status=409 if fault else 200)


def _answer(request: FaceRequest, offer_id: EarlierOfferId) -> HttpResponse:
    """Yes moves the appointment, no leaves all as it was. Raises Refused."""
    if request.POST.get("antwoord") == "nee":
        actions.refuse_offer(viewer=request.viewer, offer_id=offer_id, now=request.now)
        messages.success(request, _("U houdt uw afspraak. U blijft op de lijst voor eerder."))
        return redirect("patient_appointments")
    if request.POST.get("antwoord") != "ja":
        raise Refused(_("Kies ja of nee."))
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    card = actions.accept_offer(viewer=request.viewer, offer_id=offer_id, revision=revision, now=request.now)
    messages.success(request, _("Uw afspraak is verzet naar de eerdere tijd. Uw oude tijd is vrij voor iemand anders."))
    return redirect("patient_appointment", card.appointment_id)
