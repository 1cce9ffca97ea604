"""Moving an appointment to a place that was pointed at: by dragging, or from a link (REQ 36; ux 50)."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions import desk as actions
from zorgbalie.agenda.queries.moving import get_move
from zorgbalie.agenda.types import AppointmentId, AppointmentState
from zorgbalie.faces.desk.agenda.choosing import Looked, agenda_of, moment_of_address
from zorgbalie.faces.desk.agenda.forms import MoveForm
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """Who goes from when to when, and that the patient is told; then, if it is sure, the move itself.

    Nothing moves before that: who does not go on finds the appointment where it was.
    """
    asked = cast(FaceRequest, request)
    agenda_id, begins = agenda_of(asked.GET), moment_of_address(asked.GET.get("begin", ""))
    if agenda_id is None or begins is None:
        raise Http404
    found = get_move(
        viewer=asked.viewer,
        patient_id=PersonId(patient_id),
        appointment_id=AppointmentId(appointment_id),
        agenda_id=agenda_id,
        begins=begins,
        now=asked.now,
    )
    card = found.detail.card
    back = Looked(day=local_date(card.starts_at), agenda_id=None).href()
    form = MoveForm(asked.POST or None, initial={"revision": card.revision})
    if form.is_bound and form.is_valid():
        try:
            actions.move_for(
                viewer=asked.viewer,
                patient_id=PersonId(patient_id),
                appointment_id=AppointmentId(appointment_id),
                place=found.place,
                revision=form.cleaned_data["revision"],
                now=asked.now,
            )
        except Refused as refusal:
            # The words of a taken place end in a list of others, which this page has not.
            taken = _("Dat kan niet: deze tijd is niet meer vrij. De afspraak staat nog waar hij stond.")
            messages.warning(request, taken if getattr(refusal, "alternatives", ()) else refusal.message)
            return redirect(back)
        messages.success(request, _("De afspraak van %(name)s is verzet.") % {"name": found.patient_name})
        return redirect(Looked(day=local_date(found.place.starts_at), agenda_id=None).href() + f"#a{appointment_id}")
    context = {
        "found": found,
        "card": card,
        "form": form,
        "back": back,
        "is_movable": card.state is AppointmentState.BOOKED,
        "is_same": card.starts_at == found.place.starts_at and found.detail.agenda_id == agenda_id,
    }
    return render(request, "desk/agenda/move.html", context, status=422 if form.is_bound else 200)
