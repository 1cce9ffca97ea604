"""Booking for who calls: kind, time, a word why (REQ 36, 74; R11). Each step has its address; no script needed."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions.desk import book_for
from zorgbalie.agenda.queries.desk_places import find_places_for, list_doubts, list_kinds_for, name_places
from zorgbalie.agenda.types import AppointmentKindId, Place, PlaceTaken
from zorgbalie.agenda.types.desk import DeskPlaces
from zorgbalie.faces.desk.appointments.forms import BookForm
from zorgbalie.faces.desk.appointments.places import (
    Asked,
    asked_of,
    chooser,
    place_at,
    place_of_text,
    place_text,
)
from zorgbalie.faces.desk.appointments.words import DOUBTS, MODE_NAMES
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.release import patient_card


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Choose a kind, then a time, then book."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    if asked.method == "POST":
        return _book(asked, patient)
    wish = asked_of(asked)
    if wish.kind_id is None:
        return _kinds(asked, patient, wish)
    if wish.begin is not None and wish.agenda_id is not None:
        return _one(asked, patient, wish)
    return _times(asked, patient, wish, _places(asked, patient, wish))


def _kinds(request: FaceRequest, patient: PersonId, wish: Asked) -> HttpResponse:
    kinds = list_kinds_for(
        viewer=request.viewer, patient_id=patient, agenda_id=wish.agenda_id, starts_at=wish.begin, now=request.now
    )
    kept = [(name, request.GET[name][:60]) for name in ("agenda", "begin", "dag") if request.GET.get(name)]
    values = {
        "kinds": [(one, MODE_NAMES[one.mode]) for one in kinds],
        "kept": kept,
        "begin": wish.begin if wish.agenda_id else None,
    }
    return _page(request, patient, "kinds", values)


def _times(request: FaceRequest, patient: PersonId, wish: Asked, found: DeskPlaces, warning: str = "") -> HttpResponse:
    href = reverse("desk_appointment_new", args=[patient])
    fixed = {"soort": str(wish.kind_id)}
    values = {**chooser(found, wish, href, fixed), "warning": warning, "kinds_href": href}
    return _page(request, patient, "times", values)


def _one(request: FaceRequest, patient: PersonId, wish: Asked) -> HttpResponse:
    """The time that was chosen, or the others of its day when it is not free (any more)."""
    day = local_date(wish.begin) if wish.begin else None
    wish = replace(wish, day=day)
    found = _places(request, patient, wish)
    place = place_at(found, wish)
    if place is None:
        return _times(request, patient, wish, found, _("Deze tijd is niet vrij voor deze soort. Kies een andere."))
    form = BookForm(initial={"soort": wish.kind_id, "place": place_text(place.place)})
    values = {
        "form": form,
        "found": found,
        "place": place,
        "doubts": _doubts(request, patient, wish, place.place),
        "times_href": _times_href(patient, found, place.place),
    }
    return _page(request, patient, "confirm", values)


def _book(request: FaceRequest, patient: PersonId) -> HttpResponse:
    form = BookForm(request.POST)
    is_valid = form.is_valid()
    kind_id = form.cleaned_data.get("soort")
    if kind_id is None:
        raise NotVisible("appointment kind")
    wish = Asked(kind_id=kind_id, agenda_id=None, day=None, begin=None)
    found = _places(request, patient, wish)
    place = place_of_text(form.cleaned_data.get("place", ""), minutes=found.kind.minutes)
    if not is_valid or place is None:
        if place is None:
            form.add_error(None, _("Kies een tijd uit de lijst."))
        return _again(request, patient, form, found, place, (), 422)
    try:
        card = book_for(
            viewer=request.viewer,
            patient_id=patient,
            kind_id=AppointmentKindId(kind_id),
            place=place,
            reason=form.cleaned_data["reason"],
            token=form.cleaned_data["token"],
            now=request.now,
        )
    except PlaceTaken as refusal:
        form.add_error(None, _("Deze tijd is net door iemand anders gekozen. Kies een andere."))
        return _again(request, patient, form, found, None, refusal.alternatives, 409)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("desk_patients_card", patient)
    messages.success(request, _("De afspraak staat in de agenda. De patiënt ziet hem in het portaal."))
    return redirect("desk_appointment", patient, card.appointment_id)


def _again(
    request: FaceRequest, patient: PersonId, form: BookForm, found: DeskPlaces, place: Place | None,
    alternatives: tuple[Place, ...], status: int,
) -> HttpResponse:  # fmt: skip
    """The form with what was typed, and the nearest free times where one must choose again."""
    named = name_places(viewer=request.viewer, places=alternatives or tuple(one.place for one in found.first))
    chosen = name_places(viewer=request.viewer, places=[place])[0] if place else None
    values = {
        "form": form,
        "found": found,
        "times_href": _times_href(patient, found, place),
        "place": chosen,
        "alternatives": [] if chosen else [(one, place_text(one.place)) for one in named],
    }
    return _page(request, patient, "confirm", values, status)


def _places(request: FaceRequest, patient: PersonId, wish: Asked) -> DeskPlaces:
    return find_places_for(
        viewer=request.viewer,
        patient_id=patient,
        kind_id=AppointmentKindId(wish.kind_id or 0),
        agenda_id=wish.agenda_id,
        day=wish.day,
        now=request.now,
    )


def _times_href(patient: PersonId, found: DeskPlaces, place: Place | None) -> str:
    """Back to the times of this kind, on the day that was looked at."""
    values = {"soort": str(found.kind.kind_id)}
    if place:
        values["dag"] = local_date(place.starts_at).isoformat()
    return f"{reverse('desk_appointment_new', args=[patient])}?{urlencode(values)}"


def _doubts(request: FaceRequest, patient: PersonId, wish: Asked, place: Place) -> list[str]:
    found = list_doubts(
        viewer=request.viewer,
        patient_id=patient,
        kind_id=AppointmentKindId(wish.kind_id or 0),
        starts_at=place.starts_at,
        now=request.now,
    )
    return [str(DOUBTS[one]) for one in found]


def _page(
    request: FaceRequest, patient: PersonId, name: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = {**around(request, patient), "patient": patient_card(patient_id=patient, now=request.now)}
    return render(request, f"desk/appointments/{name}.html", {**frame, **values}, status=status)
