"""`Verzoek om correctie`: the item on both sides, the term, and what the practice does (AVG 12, 16, 17)."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.faces.desk.corrections.forms import DecisionForm, ExtendForm, NoteForm, TakeUpForm
from zorgbalie.faces.desk.corrections.words import ITEM_NAMES, STATE_NAMES, STEP_NAMES, WISH_NAMES, done_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import CorrectionId, PersonId
from zorgbalie.record.actions import correction_decisions as actions
from zorgbalie.record.queries.desk_corrections import get_desk_correction
from zorgbalie.record.types.corrections import CorrectionDecided, DeskCorrection

_ACTIONS: dict[str, Callable[..., None]] = {
    "take_up": actions.take_up_correction,
    "note": actions.add_note,
    "extend": actions.extend_correction,
}


@require_safe
def correction(request: HttpRequest, patient_id: int, correction_id: int) -> HttpResponse:
    """The request with everything that is needed to decide."""
    asked = cast(FaceRequest, request)
    return _page(asked, _get(asked, patient_id, correction_id), {})


@require_POST
def take_up(request: HttpRequest, patient_id: int, correction_id: int) -> HttpResponse:
    """Tell the patient that somebody works on it."""
    form = TakeUpForm(request.POST)
    return _do(request, patient_id, correction_id, "take_up", form, _("De patiënt ziet dat u ermee bezig bent."))


@require_POST
def note(request: HttpRequest, patient_id: int, correction_id: int) -> HttpResponse:
    """A note for colleagues."""
    return _do(request, patient_id, correction_id, "note", NoteForm(request.POST), _("De notitie is bewaard."))


@require_POST
def extend(request: HttpRequest, patient_id: int, correction_id: int) -> HttpResponse:
    """A later day for the answer."""
    form = ExtendForm(request.POST)
    return _do(request, patient_id, correction_id, "extend", form, _("Verlengd. De patiënt leest de reden."))


@require_POST
def decide(request: HttpRequest, patient_id: int, correction_id: int) -> HttpResponse:
    """Decide, after one look at what the patient will read (ux 50)."""
    asked = cast(FaceRequest, request)
    found = _get(asked, patient_id, correction_id)
    form = DecisionForm(asked.POST, found=found)
    if not form.is_valid():
        return _page(asked, found, {"decide": form}, 422)
    if "terug" in asked.POST:
        return _page(asked, found, {"decide": DecisionForm(initial=form.cleaned_data, found=found)})
    answer = form.given_answer()
    try:
        actions.check_answer(wish=found.card.wish, item_kind=found.card.item_kind or "", answer=answer)
        if "zeker" not in asked.POST:
            outcome = STATE_NAMES[answer.outcome]
            return _render(asked, found, "confirm", {"form": form, "answer": answer, "outcome_name": outcome})
        state = actions.decide_correction(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            correction_id=CorrectionId(correction_id),
            answer=answer,
            now=asked.now,
        )
    except CorrectionDecided as refusal:
        messages.warning(request, refusal.message)
        return redirect("desk_correction", patient_id, correction_id)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, found, {"decide": form}, 422)
    messages.success(request, done_words(state, found.patient.full_name))
    return redirect("desk_inbox_list")


def _do(
    request: HttpRequest, patient_id: int, correction_id: int, name: str, form: forms.Form, done: str
) -> HttpResponse:
    asked = cast(FaceRequest, request)
    found = _get(asked, patient_id, correction_id)
    if not form.is_valid():
        return _page(asked, found, {name: form}, 422)
    place = {"patient_id": PersonId(patient_id), "correction_id": CorrectionId(correction_id)}
    try:
        _ACTIONS[name](viewer=asked.viewer, **place, **form.cleaned_data, now=asked.now)
    except CorrectionDecided as refusal:
        messages.warning(request, refusal.message)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, found, {name: form}, 422)
    else:
        messages.success(request, done)
    return redirect("desk_correction", patient_id, correction_id)


def _get(request: FaceRequest, patient_id: int, correction_id: int) -> DeskCorrection:
    return get_desk_correction(
        viewer=request.viewer,
        patient_id=PersonId(patient_id),
        correction_id=CorrectionId(correction_id),
        now=request.now,
    )


def _page(request: FaceRequest, found: DeskCorrection, sent: dict[str, forms.Form], status: int = 200) -> HttpResponse:
    """The page; `sent` are the forms that came back with a fault, with what was typed."""
    start = {"revision": found.revision}
    values = {
        "take_up": sent.get("take_up") or TakeUpForm(initial=start),
        "note": sent.get("note") or NoteForm(),
        "extend": sent.get("extend") or ExtendForm(initial={**start, "due_on": found.longest_due}),
        "decide": sent.get("decide") or DecisionForm(initial={**start, "hide": True}, found=found),
        "trail": [(line, STEP_NAMES[line.step]) for line in found.trail],
        "earlier": [(card, WISH_NAMES[card.wish], STATE_NAMES[card.state]) for card in found.earlier],
        "open_form": next(iter(sent), ""),
    }
    return _render(request, found, "correction", values, status)


def _render(
    request: FaceRequest, found: DeskCorrection, name: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    card = found.card
    context = {
        **around(request, found.patient.patient_id),
        "patient": found.patient,
        "found": found,
        "wish_name": WISH_NAMES[card.wish],
        "item_name": ITEM_NAMES[card.item_kind] if card.item_kind else "",
        "state_name": STATE_NAMES[card.state],
        **values,
    }
    return render(request, f"desk/corrections/{name}.html", context, status=status)
