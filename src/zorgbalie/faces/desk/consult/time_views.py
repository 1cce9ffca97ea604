"""The time that a question cost and what is declared of it: a page of its own, and what the counting page sends."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.billing.types import BillingRefused, SourceBilling, TimeEntryId
from zorgbalie.consult.actions import billing as actions
from zorgbalie.consult.queries.billing import get_billing
from zorgbalie.faces.desk.billing.forms import CountForm, EntryForm, typed
from zorgbalie.faces.desk.consult import timing
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.record.queries.release import patient_card


@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Who spent how long; correct the own time, propose, or say that it was administration."""
    asked = cast(FaceRequest, request)
    place = {"patient_id": PersonId(patient_id), "consult_id": ConsultId(consult_id)}
    if asked.method != "POST":
        return _page(asked, place, 200)
    form = EntryForm(asked.POST) if asked.POST.get("doen") == "verbeteren" else None
    if form is not None and not form.is_valid():
        return _page(asked, place, 422, form)
    try:
        words = _act(asked, place, form)
    except BillingRefused as refusal:
        messages.warning(request, refusal.message)
        return _page(asked, place, 409)
    if words:
        messages.success(request, words)
    return redirect("desk_consult_time", patient_id, consult_id)


@require_POST
def count(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """What the page of a question counted so far; it sends it now and then and when it is left. No answer is read."""
    asked = cast(FaceRequest, request)
    form = CountForm(asked.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        actions.add_time(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            consult_id=ConsultId(consult_id),
            # What was typed is kept when a button is pressed: it may not be finished yet.
            seconds=form.cleaned_data["time_seconds"] or 0,
            token=form.cleaned_data["time_token"],
            now=asked.now,
        )
    except BillingRefused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _act(request: FaceRequest, place: dict[str, int], form: EntryForm | None) -> str:
    who = {"viewer": request.viewer, "now": request.now, **place}
    wish = request.POST.get("doen", "")
    if form is not None:
        values = form.cleaned_data
        actions.correct_time(
            entry_id=TimeEntryId(values["entry"]), revision=values["revision"], seconds=values["minutes"] or 0,
            **who,  # type: ignore[arg-type]  # who and where
        )  # fmt: skip
        return _("Uw tijd is verbeterd.")
    if wish == "voorstellen":
        actions.propose(**who)  # type: ignore[arg-type]  # who and where
        return _("De declaratie is voorgesteld.")
    if wish in ("administratie", "consult"):
        actions.mark_administration(is_administration=wish == "administratie", **who)  # type: ignore[arg-type]  # who and where
        return _("Opgeslagen.")
    return ""


def _page(request: FaceRequest, place: dict[str, int], status: int, form: EntryForm | None = None) -> HttpResponse:
    patient_id, consult_id = PersonId(place["patient_id"]), ConsultId(place["consult_id"])
    found = get_billing(viewer=request.viewer, patient_id=patient_id, consult_id=consult_id, now=request.now)
    if found is None:
        raise Http404
    context = {
        **around(request, patient_id),
        **timing.state_words(found),
        "patient": patient_card(patient_id=patient_id, now=request.now),
        "consult_id": consult_id,
        "entries": _entries(found, form),
        "here": request.path,
    }
    return render(request, "desk/consult/time.html", context, status=status)


def _entries(found: SourceBilling, form: EntryForm | None) -> list[tuple[object, EntryForm | None]]:
    """Each row, the own ones with a form; the one that was sent wrong as it was sent."""
    rows: list[tuple[object, EntryForm | None]] = []
    for one in found.entries:
        mine = None
        if one.is_own and not found.is_fixed:
            is_sent = form is not None and form.cleaned_data.get("entry") == one.entry_id
            start = {"entry": one.entry_id, "revision": one.revision, "minutes": typed(one.seconds)}
            mine = form if is_sent else EntryForm(initial=start, auto_id=f"id_%s_{one.entry_id}")
        rows.append((one, mine))
    return rows
