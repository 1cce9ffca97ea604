"""Messages to solve: list, one opened, assign to a patient, set aside (REQ 62)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.access.queries.patients import list_patients
from zorgbalie.exchange.actions.lab_solving import assign_message, set_message_aside
from zorgbalie.exchange.lab.outcome import MessageHandled, MessageId, MessageState, WaitingMessage
from zorgbalie.exchange.queries import lab as queries
from zorgbalie.faces.desk.log.views import page_number
from zorgbalie.faces.desk.unmatched import words
from zorgbalie.faces.desk.unmatched.forms import AssignForm, PatientForm, SearchForm, SetAsideForm
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.ui.formats import short_date
from zorgbalie.ui.types import SummaryRow, Tab


@require_safe
def messages_to_solve(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; what was solved on the second tab."""
    asked = cast(FaceRequest, request)
    solved, search = bool(asked.GET.get("opgelost")), asked.GET.get("q", "")[:100]
    listing = queries.list_messages(
        viewer=asked.viewer, solved=solved, search=search, page=page_number(asked), now=asked.now
    )
    context = {
        "rows": [(row, words.REASONS[row.reason], *words.STATES[row.state]) for row in listing.rows],
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "form": SearchForm(initial={"q": search}),
        "search": search,
        "is_solved": solved,
        "tabs": _tabs(solved),
    }
    return render(request, "desk/unmatched/list.html", context)


@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message, why it waits, and patients who may be meant."""
    asked = cast(FaceRequest, request)
    found = queries.get_message(viewer=asked.viewer, message_id=MessageId(message_id), now=asked.now)
    can_assign = found.row.state is MessageState.WAITING and found.row.is_readable
    search = asked.GET.get("patient", _suggestion(found))[:100]
    patients = (
        list_patients(viewer=asked.viewer, search=search, sort="name", page=1, now=asked.now).rows
        if can_assign and search.strip()
        else ()
    )
    context = {
        "found": found,
        "reason": words.REASONS[found.row.reason],
        "state": words.STATES[found.row.state],
        "rows": _summary(found),
        "is_waiting": found.row.state is MessageState.WAITING,
        "can_assign": can_assign,
        "form": PatientForm(initial={"patient": search}),
        "search": search.strip(),
        "patients": patients,
    }
    return render(request, "desk/unmatched/message.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, message_id: int, patient_id: int) -> HttpResponse:
    """The message beside the patient; then into the record."""
    asked = cast(FaceRequest, request)
    form = AssignForm(asked.POST if asked.method == "POST" else None)
    if form.is_valid():
        try:
            assign_message(
                viewer=asked.viewer, message_id=MessageId(message_id), patient_id=PersonId(patient_id), now=asked.now
            )
        except Refused as refusal:
            messages.warning(request, refusal.message)
            return redirect("desk_lab_unmatched_message", message_id=message_id)
        messages.success(request, _("Het bericht staat in het dossier. De uitslag ligt in het postvak."))
        return redirect("desk_lab_unmatched")
    found = queries.compare_message(
        viewer=asked.viewer, message_id=MessageId(message_id), patient_id=PersonId(patient_id), now=asked.now
    )
    if found.message.row.state is not MessageState.WAITING or not found.message.row.is_readable:
        return redirect("desk_lab_unmatched_message", message_id=message_id)
    context = {"found": found, "form": form}
    return render(request, "desk/unmatched/assign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a message off the list, with a reason."""
    asked = cast(FaceRequest, request)
    form = SetAsideForm(asked.POST if asked.method == "POST" else None)
    if form.is_valid():
        try:
            set_message_aside(
                viewer=asked.viewer,
                message_id=MessageId(message_id),
                note=form.cleaned_data["note"],
                now=asked.now,
            )
        except MessageHandled as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Het bericht is weggelegd. Het blijft bewaard."))
        return redirect("desk_lab_unmatched")
    found = queries.get_message(viewer=asked.viewer, message_id=MessageId(message_id), now=asked.now)
    context = {"found": found, "form": form, "reason": words.REASONS[found.row.reason]}
    return render(request, "desk/unmatched/set_aside.html", context, status=422 if form.errors else 200)


def _tabs(solved: bool) -> list[Tab]:
    home = reverse("desk_lab_unmatched")
    return [
        Tab(label=_("Op te lossen"), href=home, current=not solved),
        Tab(label=_("Opgelost"), href=f"{home}?opgelost=1", current=solved),
    ]


def _suggestion(found: WaitingMessage) -> str:
    """What to look for first: everybody with the birth date in the message."""
    day = found.row.stated_birth_date
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def _summary(found: WaitingMessage) -> list[SummaryRow]:
    day = found.row.stated_birth_date
    return [
        SummaryRow(label=_("Naam in het bericht"), value=found.row.stated_name),
        SummaryRow(label=_("Geboren"), value=short_date(value=day) if day else ""),
        SummaryRow(label=_("BSN"), value=found.masked_bsn),
        SummaryRow(label=_("Laboratorium"), value=found.row.laboratory),
        SummaryRow(label=_("Aangevraagd door"), value=found.requester_name),
    ]
