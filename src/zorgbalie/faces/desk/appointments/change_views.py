"""Moving and cancelling an appointment on behalf of the practice (REQ 36; ux 43, 50; security row 47)."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions.desk import cancel_for, move_for
from zorgbalie.agenda.queries.desk_appointment import get_desk_appointment
from zorgbalie.agenda.queries.desk_places import find_places_to_move, name_places
from zorgbalie.agenda.types import AppointmentId, Place, PlaceTaken
from zorgbalie.agenda.types.desk import DeskAppointment, DeskPlaces
from zorgbalie.faces.desk.appointments.forms import CancelForm, MoveForm
from zorgbalie.faces.desk.appointments.places import (
    Asked,
    asked_of,
    chooser,
    place_at,
    place_of_text,
    place_text,
)
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.release import patient_card

_NO_WISH = Asked(kind_id=None, agenda_id=None, day=None, begin=None)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """Choose another time, then say so; the old one stays until the new one is certain."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    found = _found(asked, patient_id, appointment_id)
    if not found.can_change:
        return _over(asked, patient_id, appointment_id)
    if asked.method == "POST":
        return _move(asked, patient, found)
    wish = asked_of(asked)
    if wish.begin is not None and wish.agenda_id is not None:
        return _one(asked, patient, found, wish)
    return _times(asked, patient, found, wish, _places(asked, patient, found, wish))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """What the patient will read, and a button with a verb."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    found = _found(asked, patient_id, appointment_id)
    if not found.can_change:
        return _over(asked, patient_id, appointment_id)
    form = CancelForm(asked.POST if asked.method == "POST" else None, initial=_revision(found))
    if form.is_valid():
        try:
            cancel_for(
                viewer=asked.viewer,
                patient_id=patient,
                appointment_id=AppointmentId(appointment_id),
                revision=form.cleaned_data["revision"],
                text=form.words(),
                now=asked.now,
            )
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("De afspraak is afgezegd. De tijd is weer vrij."))
        return redirect("desk_appointment", patient_id, appointment_id)
    values = {"found": found, "card": found.detail.card, "form": form}
    return _page(asked, patient, "cancel", values, 422 if form.errors else 200)


def _times(
    request: FaceRequest, patient: PersonId, found: DeskAppointment, wish: Asked, places: DeskPlaces,
    warning: str = "",
) -> HttpResponse:  # fmt: skip
    href = reverse("desk_appointment_move", args=[patient, found.detail.card.appointment_id])
    values = {**chooser(places, wish, href, {}), "moving": found.detail.card, "warning": warning}
    return _page(request, patient, "times", values)


def _one(request: FaceRequest, patient: PersonId, found: DeskAppointment, wish: Asked) -> HttpResponse:
    wish = replace(wish, day=local_date(wish.begin) if wish.begin else None)
    places = _places(request, patient, found, wish)
    place = place_at(places, wish)
    if place is None:
        warning = _("Deze tijd is niet vrij voor deze soort. Kies een andere.")
        return _times(request, patient, found, wish, places, warning)
    form = MoveForm(initial={**_revision(found), "place": place_text(place.place)})
    return _page(request, patient, "move", {"form": form, "card": found.detail.card, "place": place})


def _move(request: FaceRequest, patient: PersonId, found: DeskAppointment) -> HttpResponse:
    form, card = MoveForm(request.POST), found.detail.card
    is_valid = form.is_valid()
    places = _places(request, patient, found, _NO_WISH)
    place = place_of_text(form.cleaned_data.get("place", ""), minutes=places.kind.minutes)
    if not is_valid or place is None:
        if place is None:
            form.add_error(None, _("Kies een tijd uit de lijst."))
        return _again(request, patient, found, form, places, (), 422)
    try:
        move_for(
            viewer=request.viewer,
            patient_id=patient,
            appointment_id=card.appointment_id,
            place=place,
            revision=form.cleaned_data["revision"],
            now=request.now,
        )
    except PlaceTaken as refusal:
        form.add_error(None, _("Deze tijd is net door iemand anders gekozen. De oude tijd staat er nog."))
        return _again(request, patient, found, form, places, refusal.alternatives, 409)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("De afspraak is verzet. De patiënt ziet de nieuwe tijd in het portaal."))
    return redirect("desk_appointment", patient, card.appointment_id)


def _again(
    request: FaceRequest, patient: PersonId, found: DeskAppointment, form: MoveForm, places: DeskPlaces,
    alternatives: tuple[Place, ...], status: int,
) -> HttpResponse:  # fmt: skip
    nearest = alternatives or tuple(one.place for one in places.first)
    named = name_places(viewer=request.viewer, places=nearest)
    values = {
        "form": form,
        "card": found.detail.card,
        "place": None,
        "revision": request.POST.get("revision", "")[:12],
        "alternatives": [(one, place_text(one.place)) for one in named],
    }
    return _page(request, patient, "move", values, status)


def _over(request: FaceRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    messages.info(request, _("Deze afspraak kan niet meer worden gewijzigd. Kijk wat er nu staat."))
    return redirect("desk_appointment", patient_id, appointment_id)


def _revision(found: DeskAppointment) -> dict[str, int]:
    return {"revision": found.detail.card.revision}


def _found(request: FaceRequest, patient_id: int, appointment_id: int) -> DeskAppointment:
    return get_desk_appointment(
        viewer=request.viewer,
        patient_id=PersonId(patient_id),
        appointment_id=AppointmentId(appointment_id),
        now=request.now,
    )


def _places(request: FaceRequest, patient: PersonId, found: DeskAppointment, wish: Asked) -> DeskPlaces:
    return find_places_to_move(
        viewer=request.viewer,
        patient_id=patient,
        appointment_id=found.detail.card.appointment_id,
        agenda_id=wish.agenda_id,
        day=wish.day,
        now=request.now,
    )


def _page(
    request: FaceRequest, patient: PersonId, name: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = {**around(request, patient), "patient": patient_card(patient_id=patient, now=request.now)}
    return render(request, f"desk/appointments/{name}.html", {**frame, **values}, status=status)
