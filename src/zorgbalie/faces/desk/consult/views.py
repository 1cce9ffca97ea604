"""A question of a patient: read, answer, put on a doctor's work list, note, close (REQ 41, 42, 48; ux 46 to 48)."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions import desk as actions
from zorgbalie.consult.queries.desk import get_desk_thread
from zorgbalie.consult.types import ConsultChanged, ConsultClosed, DeskThread, SentAlready
from zorgbalie.faces.desk.consult.forms import ThreadForm, fresh_form
from zorgbalie.faces.desk.consult.words import about_href, about_words, state_name
from zorgbalie.faces.desk.outgoing.thread_words import outgoing_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, ConsultId, PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.queries.language import measure_language
from zorgbalie.record.queries.release import patient_card

# Form errors say at which field; these refusals are about the thread as a whole.
_WHOLE = (ConsultChanged, ConsultClosed, SentAlready)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Which question of whom."""

    patient_id: PersonId
    consult_id: ConsultId


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """The question with all that is needed to answer it on one page."""
    asked = cast(FaceRequest, request)
    place = _Place(patient_id=PersonId(patient_id), consult_id=ConsultId(consult_id))
    found = _load(asked, place)
    if asked.method != "POST":
        return _page(asked, place, found, fresh_form(found))
    form = ThreadForm(asked.POST, accounts=found.accounts)
    if not form.is_valid():
        return _page(asked, place, found, form, 422)
    return _answer(asked, place, found, form)


def _answer(request: FaceRequest, place: _Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    wish = request.POST.get("doen", "")
    if wish == "afhandelen" and "zeker" not in request.POST:
        return _confirm(request, place, found, form)
    act = {"versturen": _send, "afhandelen": _close, "notitie": _note, "doorzetten": _hand}.get(wish)
    if act is None:
        return _look_again(request, place, found, form)
    try:
        return act(request, place, form)
    except _WHOLE as refusal:
        now_found = _load(request, place)
        kept = fresh_form(now_found, answer=form.cleaned_data["answer"], note=form.cleaned_data["note"])
        return _page(request, place, now_found, kept, 409, refused=refusal.message)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, place, found, form, 422)


def _send(request: FaceRequest, place: _Place, form: ThreadForm) -> HttpResponse:
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
    return redirect("desk_inbox_list")


def _close(request: FaceRequest, place: _Place, form: ThreadForm) -> HttpResponse:
    actions.close(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        revision=form.cleaned_data["revision"],
        now=request.now,
    )
    messages.success(request, _("De vraag is afgehandeld. De patiënt kan er niet meer bij schrijven."))
    return redirect("desk_inbox_list")


def _note(request: FaceRequest, place: _Place, form: ThreadForm) -> HttpResponse:
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


def _hand(request: FaceRequest, place: _Place, form: ThreadForm) -> HttpResponse:
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


def _stay(request: FaceRequest, place: _Place, *, answer: str, note: str = "") -> HttpResponse:
    """Back to the page; what was typed for something else is still there."""
    if not answer and not note:
        return redirect("desk_consult_thread", place.patient_id, place.consult_id)
    found = _load(request, place)
    return _page(request, place, found, fresh_form(found, answer=answer, note=note))


def _look_again(request: FaceRequest, place: _Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    """The page with the answer as the patient would read it, and how hard it reads; htmx asks for those alone."""
    if request.headers.get("HX-Request"):
        draft = form.cleaned_data["answer"]
        looked = {"thread": found, "draft": draft, "language": measure_language(viewer=request.viewer, texts=[draft])}
        return render(request, "desk/consult/_looked.html", looked)
    return _page(request, place, found, form)


def _confirm(request: FaceRequest, place: _Place, found: DeskThread, form: ThreadForm) -> HttpResponse:
    """Closing is an act of its own, and says what the patient sees (ux 48, 50)."""
    kept = [(name, request.POST.get(name, "")) for name in form.fields]
    return _render(request, place, "close", found, {"kept": kept, "unsent": form.cleaned_data["answer"]}, 200)


def _page(
    request: FaceRequest, place: _Place, found: DeskThread, form: ThreadForm, status: int = 200, refused: str = ""
) -> HttpResponse:
    draft = form.cleaned_data.get("answer", "") if form.is_bound else form.initial.get("answer", "")
    may_read = request.viewer.has_right(StaffRight.READ_RECORD)
    values = {
        "form": form,
        "draft": draft,
        "language": measure_language(viewer=request.viewer, texts=[draft]),
        "refused": refused,
        "state_name": state_name(found),
        "outgoing_words": outgoing_words(found),
        "about": about_words(found.about),
        "about_href": about_href(found, place.patient_id, may_read=may_read),
    }
    return _render(request, place, "thread", found, values, status)


def _render(
    request: FaceRequest, place: _Place, name: str, found: DeskThread, values: dict[str, object], status: int
) -> HttpResponse:
    frame = {
        **around(request, place.patient_id),
        "patient": patient_card(patient_id=place.patient_id, now=request.now),
        "thread": found,
        "here": request.path,
    }
    return render(request, f"desk/consult/{name}.html", {**frame, **values}, status=status)


def _load(request: FaceRequest, place: _Place) -> DeskThread:
    return get_desk_thread(
        viewer=request.viewer, patient_id=place.patient_id, consult_id=place.consult_id, now=request.now
    )
