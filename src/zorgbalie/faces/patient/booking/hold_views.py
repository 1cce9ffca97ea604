"""While a time is held: what is asked, everything once more, booking, and the page after that (REQ 36; ux 6, 7, 43)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.agenda.actions import booking as actions
from zorgbalie.agenda.actions import patient
from zorgbalie.agenda.queries.booking import get_texts
from zorgbalie.agenda.queries.details import get_appointment
from zorgbalie.agenda.types import (
    AgendaRefused,
    AppointmentDetail,
    AppointmentId,
    AppointmentState,
    HoldOver,
    Place,
    PlaceTaken,
)
from zorgbalie.agenda.types.booking import AnswersRefused
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.booking.forms import BookForm, DetailsForm
from zorgbalie.faces.patient.booking.passed import forget, report_of
from zorgbalie.faces.patient.booking.times import place_buttons, read_place
from zorgbalie.faces.patient.booking.words import detail_rows, where_words, whom_words
from zorgbalie.faces.patient.context import shell_of

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def details(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Why one comes and what the practice asks. `doen`: go on, hold the time (again), another time, or stop."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found = get_appointment(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    if found.card.state is not AppointmentState.HELD:
        return _elsewhere(asked, found)
    form = DetailsForm(asked.POST if asked.method == "POST" else None, reason=found.reason, asked=found.answers)
    if not form.is_bound:
        return _details(asked, found, form)
    wish = asked.POST.get("doen", "verder")
    is_saved = _save(asked, wanted, form, is_draft=wish == "anders")
    if wish in ("anders", "stop"):
        return _leave(asked, found, wish)
    if wish == "vast" or asked.POST.get("plek"):
        return _keep(asked, found, form, read_place(asked.POST), is_saved=is_saved)
    if not is_saved:
        return _details(asked, found, form, status=422)
    if not _is_kept(found, asked):
        return _details(asked, found, form, status=409)
    return redirect("patient_booking_check", wanted)


@_form_page
def check(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Everything once more, and booking. Pressed twice it is booked once."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    if asked.method == "POST":
        form = BookForm(asked.POST)
        revision = form.cleaned_data["revision"] if form.is_valid() else -1
        try:
            actions.book_held(
                viewer=asked.viewer,
                appointment_id=wanted,
                revision=revision,
                report_id=report_of(asked),
                now=asked.now,
            )
        except (HoldOver, AnswersRefused) as refusal:
            messages.warning(request, refusal.message)
            return redirect("patient_booking_details", wanted)
        except AgendaRefused as refusal:
            messages.warning(request, refusal.message)
            return redirect("patient_booking_check", wanted)
        forget(asked)
        return redirect("patient_booking_done", wanted)
    found = get_appointment(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    if found.card.state is not AppointmentState.HELD:
        return _elsewhere(asked, found)
    if not _is_kept(found, asked) or any(not one.is_answered for one in found.answers):
        return redirect("patient_booking_details", wanted)
    href = reverse("patient_booking_details", args=[wanted])
    values = {
        **_about(asked, found),
        "rows": detail_rows(found, shell_of(asked), change_href=href),
        "back_href": href,
        "is_changeable": found.change_until > asked.now,
    }
    return render(request, "patient/booking/check.html", values)


@require_safe
def done(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """The appointment in words, and what one needs to come. Looking again changes nothing."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found = get_appointment(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    if found.card.state is AppointmentState.HELD:
        return redirect("patient_booking_check", wanted)
    if found.card.state is not AppointmentState.BOOKED:
        return _elsewhere(asked, found)
    shell = shell_of(asked)
    values = {
        **_about(asked, found),
        "texts": get_texts(viewer=asked.viewer),
        "whom": whom_words(found),
        "where": where_words(found, shell),
        "is_at_practice": found.card.mode.value == "practice",
        "is_changeable": found.change_until > asked.now,
    }
    return render(request, "patient/booking/done.html", values)


@require_POST
def leave(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Another time, or stop: the place is free at once."""
    asked, wanted = cast(FaceRequest, request), AppointmentId(appointment_id)
    found = get_appointment(viewer=asked.viewer, appointment_id=wanted, now=asked.now)
    if found.card.state is not AppointmentState.HELD:
        return _elsewhere(asked, found)
    return _leave(asked, found, asked.POST.get("doen", "stop"))


def _save(request: FaceRequest, wanted: AppointmentId, form: DetailsForm, *, is_draft: bool) -> bool:
    """Store what can be stored; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        actions.save_details(
            viewer=request.viewer,
            appointment_id=wanted,
            reason=form.cleaned_data["reason"],
            answers=form.answers(),
            is_draft=is_draft,
            now=request.now,
        )
    except AnswersRefused as refusal:
        for place, sentence in refusal.faults.items():
            form.add_error(f"answer-{place}", sentence)
        return False
    except AgendaRefused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _keep(
    request: FaceRequest, found: AppointmentDetail, form: DetailsForm, place: Place | None, *, is_saved: bool
) -> HttpResponse:
    wanted = found.card.appointment_id
    try:
        actions.keep(viewer=request.viewer, appointment_id=wanted, place=place, now=request.now)
    except PlaceTaken as refusal:
        return _details(request, found, form, alternatives=refusal.alternatives, is_taken=True, status=409)
    except AgendaRefused as refusal:
        messages.warning(request, refusal.message)
        return redirect("patient_booking_details", wanted)
    if is_saved:
        return redirect("patient_booking_details", wanted)
    fresh = get_appointment(viewer=request.viewer, appointment_id=wanted, now=request.now)
    return _details(request, fresh, form, status=422)


def _leave(request: FaceRequest, found: AppointmentDetail, wish: str) -> HttpResponse:
    wanted = found.card.appointment_id
    if wish == "anders":
        actions.release(viewer=request.viewer, appointment_id=wanted, now=request.now)
        return redirect("patient_booking_time", found.kind_id)
    patient.cancel(viewer=request.viewer, appointment_id=wanted, now=request.now)
    forget(request)
    messages.info(request, _("U bent gestopt. Er is geen afspraak gemaakt."))
    return redirect("patient_home")


def _details(
    request: FaceRequest,
    found: AppointmentDetail,
    form: DetailsForm,
    *,
    alternatives: tuple[Place, ...] = (),
    is_taken: bool = False,
    status: int = 200,
) -> HttpResponse:
    values = {
        **_about(request, found),
        "form": form,
        "is_kept": _is_kept(found, request),
        "is_taken": is_taken,
        "alternatives": place_buttons(places=alternatives, agendas=(), with_day=True),
        "keep": f"afspraak-{request.viewer.person_id}-{found.card.appointment_id}",
        "back_href": reverse("patient_booking_time", args=[found.kind_id]),
    }
    return render(request, "patient/booking/details.html", values, status=status)


def _about(request: FaceRequest, found: AppointmentDetail) -> dict[str, object]:
    until = found.card.until
    seconds = max(0, int((until - request.now).total_seconds())) if until else 0
    return {"detail": found, "card": found.card, "whom": whom_words(found), "seconds": seconds}


def _is_kept(found: AppointmentDetail, request: FaceRequest) -> bool:
    return found.card.until is not None and found.card.until > request.now


def _elsewhere(request: FaceRequest, found: AppointmentDetail) -> HttpResponse:
    """What is no held place any more has its own page; what was given back begins anew."""
    if found.card.state is AppointmentState.BOOKED:
        return redirect("patient_booking_done", found.card.appointment_id)
    if found.booked_at is not None:
        return redirect("patient_appointment", found.card.appointment_id)
    messages.info(request, _("Deze tijd is teruggegeven. U kunt hier opnieuw een tijd kiezen."))
    return redirect("patient_booking")
