"""A question of a patient: read, answer, put on a doctor's work list, note, close (REQ 41, 42, 48; ux 46 to 48)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions import desk as actions
from zorgbalie.consult.queries.answer_templates import preview_answer
from zorgbalie.consult.queries.desk import get_desk_thread
from zorgbalie.consult.queries.reporting import get_reporting
from zorgbalie.consult.types import ConsultChanged, ConsultClosed, DeskThread, SentAlready
from zorgbalie.faces.desk.consult import answering, timing
from zorgbalie.faces.desk.consult.answering import Place
from zorgbalie.faces.desk.consult.file_views import take_along
from zorgbalie.faces.desk.consult.forms import ThreadForm, fresh_form
from zorgbalie.faces.desk.consult.presence_parts import (
    QUESTIONS_SEEN,
    ask_before_crossing,
    kept_through,
    leave,
    thread_part,
)
from zorgbalie.faces.desk.consult.stored import say_stored
from zorgbalie.faces.desk.consult.words import about_href, about_words, answer_rows, state_name
from zorgbalie.faces.desk.outgoing.thread_words import outgoing_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.attachments import FilesForm, Outcome, is_about_files
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, ConsultId, PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.queries.language import measure_language
from zorgbalie.record.queries.release import patient_card

# Form errors say at which field; these refusals are about the thread as a whole.
_WHOLE = (ConsultChanged, ConsultClosed, SentAlready)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """The question with all that is needed to answer it on one page."""
    asked = cast(FaceRequest, request)
    place = Place(patient_id=PersonId(patient_id), consult_id=ConsultId(consult_id))
    found = _load(asked, place)
    if asked.method != "POST":
        return _page(asked, place, found, None)
    answering.keep_ticks(asked, place)
    form = ThreadForm(asked.POST, accounts=found.accounts)
    taken = take_along(asked, place.patient_id, place.consult_id)
    if taken.refused or is_about_files(asked):
        kept = fresh_form(found, answer=asked.POST.get("answer", ""), note=asked.POST.get("note", ""))
        return _page(asked, place, _load(asked, place), kept, 422 if taken.refused else 200, taken=taken)
    is_kept = timing.keep(request=asked, patient_id=place.patient_id, consult_id=place.consult_id)
    if not form.is_valid() or not is_kept:
        answering.keep_draft(asked, place, asked.POST.get("answer", ""))
        return _page(asked, place, found, form, 422)
    return _answer(asked, place, found, form)


def _answer(request: FaceRequest, place: Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    wish = request.POST.get("doen", "")
    if wish in (answering.TEMPLATES, answering.LINKS):
        return _pick(request, place, found, form, wish)
    if wish == "versturen" and QUESTIONS_SEEN not in request.POST:
        warnings = answering.warnings_of(request, place, form.cleaned_data["answer"])
        if warnings and form.cleaned_data["answer"]:
            return _warn(request, place, found, form, warnings)
    if wish == "afhandelen" and "zeker" not in request.POST:
        return _confirm(request, place, found, form)
    act = {"versturen": _send, "afhandelen": _close, "notitie": _note, "doorzetten": _hand}.get(wish)
    if act is None:
        return _look_again(request, place, found, form)
    asks = ask_before_crossing(request, found, list(form.fields)) if act is _send else None
    if asks is not None:
        return asks
    try:
        answer = act(request, place, form)
    except _WHOLE as refusal:
        answering.keep_draft(request, place, form.cleaned_data["answer"])
        now_found = _load(request, place)
        kept = fresh_form(now_found, answer=form.cleaned_data["answer"], note=form.cleaned_data["note"])
        return _page(request, place, now_found, kept, 409, refused=refusal.message)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, place, found, form, 422)
    if act in (_send, _close):
        leave(request, found)
    return answer


def _send(request: FaceRequest, place: Place, form: ThreadForm) -> HttpResponse:
    actions.answer(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        revision=form.cleaned_data["revision"],
        text=form.cleaned_data["answer"],
        token=form.cleaned_data["token"],
        now=request.now,
    )
    messages.success(request, _("Uw antwoord is verstuurd. De patiënt kan het nu lezen."))
    # Closing is a second act, and the next question one press away: both stand on the page of the question.
    return redirect("desk_consult_thread", place.patient_id, place.consult_id)


def _close(request: FaceRequest, place: Place, form: ThreadForm) -> HttpResponse:
    stored = actions.close(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        revision=form.cleaned_data["revision"],
        now=request.now,
    )
    messages.success(request, _("De vraag is afgehandeld. De patiënt kan er niet meer bij schrijven."))
    say_stored(request, stored)
    timing.propose_at_close(request=request, patient_id=place.patient_id, consult_id=place.consult_id)
    return redirect("desk_consult_inbox")


def _note(request: FaceRequest, place: Place, form: ThreadForm) -> HttpResponse:
    actions.add_note(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        text=form.cleaned_data["note"],
        token=form.cleaned_data["token"],
        now=request.now,
    )
    messages.success(request, _("De notitie is bewaard."))
    return _stay(request, place, answer=form.cleaned_data["answer"])


def _hand(request: FaceRequest, place: Place, form: ThreadForm) -> HttpResponse:
    name = actions.hand_to(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        account_id=AccountId(form.cleaned_data["account"] or 0),
        revision=form.cleaned_data["revision"],
        now=request.now,
    )
    messages.success(request, _("De vraag staat nu op de werklijst van %(name)s.") % {"name": name})
    return _stay(request, place, answer=form.cleaned_data["answer"], note=form.cleaned_data["note"])


def _stay(request: FaceRequest, place: Place, *, answer: str, note: str = "") -> HttpResponse:
    """Back to the page; what was typed for something else is still there."""
    answering.keep_draft(request, place, answer)
    if not answer and not note:
        return redirect("desk_consult_thread", place.patient_id, place.consult_id)
    found = _load(request, place)
    return _page(request, place, found, fresh_form(found, answer=answer, note=note))


def _look_again(request: FaceRequest, place: Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    """The page with the answer as the patient would read it, and how hard it reads; htmx asks for those alone."""
    draft = form.cleaned_data["answer"]
    if request.headers.get("HX-Request"):
        looked = {
            "thread": found,
            "draft": draft,
            "language": measure_language(viewer=request.viewer, texts=[draft]),
            "answering": {"parts": preview_answer(viewer=request.viewer, text=draft)},
        }
        return render(request, "desk/consult/_looked.html", looked)
    chosen = answering.placed(request, draft)
    answering.keep_draft(request, place, draft if chosen is None else chosen)
    if chosen is not None:
        form = fresh_form(found, answer=chosen, note=form.cleaned_data["note"])
    return _page(request, place, found, form)


def _pick(request: FaceRequest, place: Place, found: DeskThread, form: ThreadForm, what: str) -> HttpResponse:
    """Standard answers or links to choose from: in the page with script, else on a page of their own."""
    values = answering.pick(request, place, found, what)
    if request.headers.get("HX-Request"):
        return answering.part(request, "picker", values)
    answering.keep_draft(request, place, form.cleaned_data["answer"])
    return _render(request, place, "pick", found, {**values, "kept": _kept(request, form)}, 200)


def _warn(
    request: FaceRequest, place: Place, found: DeskThread, form: ThreadForm, warnings: dict[str, object]
) -> HttpResponse:
    """Before sending with questions left: it warns and does not block (REQ 46)."""
    answering.keep_draft(request, place, form.cleaned_data["answer"])
    return _render(request, place, "unanswered", found, {**warnings, "kept": _kept(request, form)}, 200)


def _kept(request: FaceRequest, form: ThreadForm) -> list[tuple[str, str]]:
    """What was typed, for a page in between."""
    return kept_through(request, list(form.fields))


def _confirm(request: FaceRequest, place: Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    """Closing is an act of its own, and says what the patient sees (ux 48, 50)."""
    answering.keep_draft(request, place, form.cleaned_data["answer"])
    values = {"kept": _kept(request, form), "unsent": form.cleaned_data["answer"]}
    return _render(request, place, "close", found, values, 200)


def _page(
    request: FaceRequest,
    place: Place,
    found: DeskThread,
    form: ThreadForm | None,
    status: int = 200,
    refused: str = "",
    taken: Outcome | None = None,
) -> HttpResponse:
    """The page; without a form it is a fresh one, with what this employee typed before."""
    aids = answering.aids_of(request, place)
    form = form or fresh_form(found, answer=aids.draft.text if aids.draft else "")
    draft = form.cleaned_data.get("answer", "") if form.is_bound else form.initial.get("answer", "")
    may_read = request.viewer.has_right(StaffRight.READ_RECORD)
    values = {
        "form": form,
        "files_form": FilesForm(taken),
        "draft": draft,
        "language": measure_language(viewer=request.viewer, texts=[draft]),
        "refused": refused,
        "state_name": state_name(found),
        "answer_rows": answer_rows(found),
        "outgoing_words": outgoing_words(found),
        "about": about_words(found.about),
        "about_href": about_href(found, place.patient_id, may_read=may_read),
        "answering": answering.context_of(request, place, aids, draft),
        "reporting": get_reporting(
            viewer=request.viewer, patient_id=place.patient_id, consult_id=place.consult_id, now=request.now
        ),
    }
    return _render(request, place, "thread", found, values, status)


def _render(
    request: FaceRequest, place: Place, name: str, found: DeskThread, values: dict[str, object], status: int
) -> HttpResponse:
    frame = {
        **around(request, place.patient_id),
        "patient": patient_card(patient_id=place.patient_id, now=request.now),
        "thread": found,
        "here": request.path,
    }
    if name == "thread":
        frame["timed"] = timing.panel(request=request, found=found)
        # Last: it writes, and what the parts above read together is forgotten then.
        frame["inbox"] = thread_part(request, found)
    return render(request, f"desk/consult/{name}.html", {**frame, **values}, status=status)


def _load(request: FaceRequest, place: Place) -> DeskThread:
    return get_desk_thread(
        viewer=request.viewer, patient_id=place.patient_id, consult_id=place.consult_id, now=request.now
    )
