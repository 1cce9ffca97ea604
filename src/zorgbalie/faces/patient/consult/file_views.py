"""Photos and files with a question: a page of their own before sending, and with a later text (REQ 28, 29; ux 11)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.consult.queries import drafts as queries
from zorgbalie.consult.queries.attachments import list_unsent
from zorgbalie.consult.types import Draft, Place
from zorgbalie.faces.entry import attachments as entry
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.flow import leads_on_when_sent
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.ui.types import SummaryRow

SCRIPT = "X-Zb-Files"


@require_http_methods(["GET", "HEAD", "POST"])
@leads_on_when_sent
def files(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Of a draft. What was taken stays, also when something else of the same form was refused."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    outcome = entry.change_files(asked, Place(consult_id=wanted)) if asked.method == "POST" else entry.Outcome()
    if asked.method == "POST" and SCRIPT in asked.headers:
        return _for_script(asked, wanted, outcome)
    if asked.method == "POST" and not outcome.refused:
        return redirect("patient_consult_files" if entry.is_about_files(asked) else "patient_consult_check", wanted)
    chosen = draft.files
    if asked.method == "POST":
        chosen = list_unsent(viewer=asked.viewer, place=Place(consult_id=wanted), now=asked.now)
    values = {
        "form": entry.FilesForm(outcome),
        "files": chosen,
        "files_href": _base(wanted),
        "files_post": asked.path,
        "back_href": reverse("patient_consult_question", args=[wanted]),
    }
    return render(request, "patient/consult/files.html", values, status=422 if outcome.refused else 200)


@require_POST
def thread_files(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Of a later text, one by one by script; without it they come with the text itself."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    outcome = entry.change_files(asked, Place(consult_id=wanted))
    if SCRIPT in asked.headers:
        return _for_script(asked, wanted, outcome)
    return redirect("patient_consult_thread", wanted)


@require_safe
def file(request: HttpRequest, consult_id: int, attachment_id: int) -> HttpResponse:
    """The whole photo or file."""
    return entry.file_response(cast(FaceRequest, request), Place(consult_id=ConsultId(consult_id)), attachment_id)


@require_safe
def thumbnail(request: HttpRequest, consult_id: int, attachment_id: int) -> HttpResponse:
    """The small image."""
    return entry.thumbnail_response(cast(FaceRequest, request), Place(consult_id=ConsultId(consult_id)), attachment_id)


def take_along(request: FaceRequest, consult_id: ConsultId) -> entry.Outcome:
    """Store what came with the form of a later text, whatever button was pressed: nothing that arrived is lost."""
    if request.method != "POST" or not (entry.has_files(request) or entry.is_about_files(request)):
        return entry.Outcome()
    return entry.change_files(request, Place(consult_id=consult_id))


def files_row(draft: Draft) -> SummaryRow:
    """The line of `Controleer uw vraag`."""
    names = "\n".join(one.file_name for one in draft.files)
    change = reverse("patient_consult_files", args=[draft.consult_id])
    return SummaryRow(label=_("Foto's of bestanden"), value=names or _("Geen"), change_href=change)


def _for_script(request: FaceRequest, consult_id: ConsultId, outcome: entry.Outcome) -> HttpResponse:
    found = list_unsent(viewer=request.viewer, place=Place(consult_id=consult_id), now=request.now)
    return entry.answer_script(request, outcome, found, _base(consult_id))


def _base(consult_id: ConsultId) -> str:
    return reverse("patient_consult_thread", args=[consult_id])
