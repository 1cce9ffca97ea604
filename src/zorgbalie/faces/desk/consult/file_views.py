"""Photos and files of a question at the desk: look at them, and send some along with an answer (REQ 29, 52)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.consult.queries.attachments import list_unsent
from zorgbalie.consult.types import Place
from zorgbalie.faces.entry import attachments as entry
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import ConsultId, PersonId

SCRIPT = "X-Zb-Files"


@require_POST
def thread_files(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Of the answer, one by one by script; without it they come with the answer itself."""
    asked, place = cast(FaceRequest, request), _place(patient_id, consult_id)
    outcome = entry.change_files(asked, place)
    if SCRIPT not in asked.headers:
        return redirect("desk_consult_thread", patient_id, consult_id)
    found = list_unsent(viewer=asked.viewer, place=place, now=asked.now)
    return entry.answer_script(asked, outcome, found, reverse("desk_consult_thread", args=[patient_id, consult_id]))


@require_safe
def file(request: HttpRequest, patient_id: int, consult_id: int, attachment_id: int) -> HttpResponse:
    """The whole photo or file."""
    return entry.file_response(cast(FaceRequest, request), _place(patient_id, consult_id), attachment_id)


@require_safe
def thumbnail(request: HttpRequest, patient_id: int, consult_id: int, attachment_id: int) -> HttpResponse:
    """The small image."""
    return entry.thumbnail_response(cast(FaceRequest, request), _place(patient_id, consult_id), attachment_id)


def take_along(request: FaceRequest, patient_id: PersonId, consult_id: ConsultId) -> entry.Outcome:
    """Store what came with the form of the answer, whatever button was pressed: nothing that arrived is lost."""
    if not (entry.has_files(request) or entry.is_about_files(request)):
        return entry.Outcome()
    return entry.change_files(request, _place(patient_id, consult_id))


def _place(patient_id: int, consult_id: int) -> Place:
    return Place(patient_id=PersonId(patient_id), consult_id=ConsultId(consult_id))
