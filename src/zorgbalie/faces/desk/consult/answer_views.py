"""Small pages around an answer: ticks and drafts as they are made, and the next question (ux 46)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.consult.queries.beside import find_next_question
from zorgbalie.faces.desk.consult.answering import Place, aids_of, keep_draft, keep_ticks, part
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import ConsultId, PersonId


@require_POST
def ticks(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Store the ticks at once; the list comes back with what colleagues ticked meanwhile."""
    asked = cast(FaceRequest, request)
    place = Place(patient_id=PersonId(patient_id), consult_id=ConsultId(consult_id))
    keep_ticks(asked, place)
    if not asked.headers.get("HX-Request"):
        return redirect("desk_consult_thread", patient_id, consult_id)
    return part(asked, "questions", {"aids": aids_of(asked, place), "is_open": True})


@require_POST
def draft(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Keep what was typed; the answer says when."""
    asked = cast(FaceRequest, request)
    place = Place(patient_id=PersonId(patient_id), consult_id=ConsultId(consult_id))
    saved = keep_draft(asked, place, asked.POST.get("answer", ""))
    if not asked.headers.get("HX-Request"):
        return redirect("desk_consult_thread", patient_id, consult_id)
    return part(asked, "saved", {"saved": saved})


@require_safe
def following(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """On to the question that waits next."""
    asked = cast(FaceRequest, request)
    found = find_next_question(viewer=asked.viewer, after=ConsultId(consult_id))
    if found is None:
        messages.info(asked, _("Er wacht geen andere vraag."))
        return redirect("desk_consult_inbox")
    return redirect("desk_consult_thread", *found)
