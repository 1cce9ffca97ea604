"""The list of questions, one thread, and the page after sending (REQ 28, 32; ux 7, 37)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.billing.queries.settings import find_patient_text
from zorgbalie.consult.actions import patient as actions
from zorgbalie.consult.queries import drafts as draft_queries
from zorgbalie.consult.queries import patient as queries
from zorgbalie.consult.queries import promises
from zorgbalie.consult.queries.places import get_asking
from zorgbalie.consult.types import Thread
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.attachments import FilesForm, is_about_files
from zorgbalie.faces.patient.consult.file_views import take_along
from zorgbalie.faces.patient.consult.flow import answer_rows
from zorgbalie.faces.patient.consult.forms import FollowUpForm
from zorgbalie.faces.patient.consult.words import TONES, about_words, href_of_about, step_line, step_words, title_of
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ConsultId


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """A new question, what was not sent yet, and all questions with how far they are."""
    asked = cast(FaceRequest, request)
    listing = queries.list_threads(viewer=asked.viewer, now=asked.now, page=_page_number(asked))
    drafts = draft_queries.list_drafts(viewer=asked.viewer, now=asked.now) if listing.number == 1 else ()
    context = {
        "threads": [
            (
                one,
                title_of(one.about, one.subject),
                step_words(one.step, one.with_name, one.is_from_practice, is_pharmacy=one.is_pharmacy),
                TONES[one.step],
            )
            for one in listing.rows
        ],
        "asking": get_asking(viewer=asked.viewer, now=asked.now),
        "drafts": [(one, title_of(one.about, one.subject)) for one in drafts],
        "door": promises.get_door(viewer=asked.viewer, now=asked.now),
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
    }
    return render(request, "patient/consult/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, consult_id: int) -> HttpResponse:
    """All texts of one question, and a further text while it is not closed."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    form = FollowUpForm(asked.POST) if asked.method == "POST" else FollowUpForm()
    taken = take_along(asked, wanted)
    if taken.refused or is_about_files(asked):
        form = FollowUpForm(initial={name: asked.POST.get(name, "") for name in ("text", "token")})
    if form.is_bound and form.is_valid():
        try:
            actions.follow_up(
                viewer=asked.viewer,
                consult_id=wanted,
                text=form.cleaned_data["text"],
                token=form.cleaned_data["token"],
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            messages.success(request, _("Uw tekst is verstuurd."))
            return redirect("patient_consult_thread", wanted)
    found = queries.get_thread(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    status = 422 if form.is_bound or taken.refused else 200
    values = {"form": form, "files_form": FilesForm(taken), **_words(found)}
    is_billed = not found.is_pharmacy and not found.is_from_practice
    values["billing_text"] = find_patient_text(viewer=asked.viewer) if is_billed else ""
    return render(request, "patient/consult/thread.html", values, status=status)


@require_safe
def sent(request: HttpRequest, consult_id: int) -> HttpResponse:
    """What happens next, and when (ux 7)."""
    asked = cast(FaceRequest, request)
    found = queries.get_thread(viewer=asked.viewer, consult_id=ConsultId(consult_id), now=asked.now)
    return render(request, "patient/consult/sent.html", _words(found))


def _words(found: Thread) -> dict[str, object]:
    about = found.about
    return {
        "thread": found,
        "title": title_of(about, found.subject),
        "about": about_words(about),
        "about_href": href_of_about(about) if about and found.is_about_open else "",
        "answer_rows": answer_rows(found.answers),
        "step": step_words(found.step, found.with_name, found.is_from_practice, is_pharmacy=found.is_pharmacy),
        "tone": TONES[found.step],
        "steps": step_line(found),
    }


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
