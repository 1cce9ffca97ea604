"""One appointment at the desk: all there is to know of it, and its item (REQ 36; ux 46)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.agenda.queries.desk_appointment import get_desk_appointment
from zorgbalie.agenda.types import AppointmentId
from zorgbalie.agenda.types.desk import DeskAppointment
from zorgbalie.consult.queries.answers import answer_words
from zorgbalie.faces.desk.appointments import words
from zorgbalie.faces.desk.inbox.taking import put_item_back, take_item
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.release import patient_card
from zorgbalie.ui.formats import long_moment
from zorgbalie.ui.types import SummaryRow
from zorgbalie.worklist import actions
from zorgbalie.worklist.queries import find_item_about
from zorgbalie.worklist.types import ItemKind


@require_safe
def appointment(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """When, with whom, why, what was asked before, and what happened to it."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    found = _found(asked, patient_id, appointment_id)
    card = found.detail.card
    answers = [SummaryRow(label=one.question.label, value=answer_words(asked=one)) for one in found.detail.answers]
    context = {
        **around(asked, patient),
        "patient": patient_card(patient_id=patient, now=asked.now),
        "found": found,
        "card": card,
        "state": words.STATE_NAMES[card.state],
        "tone": words.STATE_TONES[card.state],
        "mode": words.MODE_NAMES[card.mode],
        "answers": answers,
        "journal_text": _journal_text(found, answers),
        "history": [(line, words.step_words(line)) for line in found.history],
        "wish": words.wish_words(found.wish) if found.wish else "",
        "item": find_item_about(viewer=asked.viewer, kind=ItemKind.APPOINTMENT, about_id=appointment_id, now=asked.now),
        "agenda_href": (
            f"{reverse('desk_agenda')}?dag={local_date(card.starts_at).isoformat()}&agenda={found.detail.agenda_id}"
            f"#a{card.appointment_id}"
        ),
    }
    return render(request, "desk/appointments/appointment.html", context)


@require_POST
def item(request: HttpRequest, patient_id: int, appointment_id: int) -> HttpResponse:
    """Take the item about it on, give it back, or mark it as seen."""
    asked = cast(FaceRequest, request)
    _found(asked, patient_id, appointment_id)
    row = find_item_about(viewer=asked.viewer, kind=ItemKind.APPOINTMENT, about_id=appointment_id, now=asked.now)
    here = redirect("desk_appointment", patient_id, appointment_id)
    if row is None:
        messages.info(request, _("Dit stond al niet meer in het postvak."))
        return here
    wish = asked.POST.get("doen", "")
    if wish == "pak":
        take_item(asked, row.item_id)
    elif wish == "terug":
        put_item_back(asked, row.item_id)
    elif wish == "gezien":
        try:
            actions.close_item(viewer=asked.viewer, item_id=row.item_id, now=asked.now)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Afgehandeld."))
            return redirect("desk_inbox_list")
    return here


def _found(request: FaceRequest, patient_id: int, appointment_id: int) -> DeskAppointment:
    return get_desk_appointment(
        viewer=request.viewer,
        patient_id=PersonId(patient_id),
        appointment_id=AppointmentId(appointment_id),
        now=request.now,
    )


def _journal_text(found: DeskAppointment, answers: list[SummaryRow]) -> str:
    """Reason and answers as plain text, to copy into the journal; empty where the patient wrote nothing."""
    if not found.detail.reason and not answers:
        return ""
    card = found.detail.card
    lines = [f"{card.kind_name}, {long_moment(value=card.starts_at)}"]
    if found.detail.reason:
        lines.append(_("Reden: %(text)s") % {"text": found.detail.reason})
    lines += [f"{row.label}: {row.value or _('niet ingevuld')}" for row in answers]
    return "\n".join(lines)
