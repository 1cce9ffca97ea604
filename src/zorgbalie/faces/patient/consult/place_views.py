"""For whom, and at which practice: asked only of who has a choice (REQ 8, 28, 79; ux 1, 41)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.places import ask_at
from zorgbalie.consult.queries import drafts
from zorgbalie.consult.queries.places import get_asking, list_for_whom, may_ask_for
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.flow import after_place, go_on, has_choice, leads_on_when_sent
from zorgbalie.faces.patient.consult.place_forms import ForWhomForm, PlaceForm
from zorgbalie.faces.patient.home.acting import act_for
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.record.queries.patient_home import check_may_act_for

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@leads_on_when_sent
def for_whom(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Oneself, a child or somebody whom one helps. Who chooses another reads the signs that go with that age."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    drafts.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    others = list_for_whom(viewer=asked.viewer, now=asked.now)
    if not others:
        return go_on(asked, wanted)
    form = ForWhomForm(asked.POST if asked.method == "POST" else None, others=others)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["person"]
        if chosen == 0:
            return _to_place(asked, wanted)
        if may_ask_for(viewer=asked.viewer, person_id=PersonId(chosen), now=asked.now):
            act_for(asked, check_may_act_for(viewer=asked.viewer, person_id=PersonId(chosen), now=asked.now))
            return redirect("patient_consult_start")
        form.add_error("person", _("Voor deze persoon kunt u hier geen vraag stellen. Bel de praktijk."))
    values = {"form": form, "back_href": reverse("patient_consult_start")}
    return render(request, "patient/consult/for_whom.html", values, status=422 if form.is_bound else 200)


@_form_page
@leads_on_when_sent
def place(request: HttpRequest, consult_id: int) -> HttpResponse:
    """The GP practice or the pharmacy."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    draft = drafts.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    asking = get_asking(viewer=asked.viewer, now=asked.now)
    if not has_choice(draft, asking):
        return go_on(asked, wanted)
    known = draft.is_pharmacy or draft.has_words
    chosen = next((one.practice_id for one in asking.places if known and one.is_pharmacy is draft.is_pharmacy), None)
    form = PlaceForm(asked.POST if asked.method == "POST" else None, places=asking.places, chosen=chosen)
    if form.is_bound and form.is_valid():
        made = ask_at(
            viewer=asked.viewer,
            consult_id=wanted,
            practice_id=PracticeId(form.cleaned_data["place"]),
            now=asked.now,
        )
        if made != wanted and _stays(asked, wanted):
            messages.warning(
                asked, _("Niet alles kon mee. Wat bleef staan, vindt u bij Stel een vraag, onder Nog niet verstuurd.")
            )
        return after_place(asked, made)
    values = {"form": form, "back_href": reverse("patient_consult_overview"), "draft": draft}
    return render(request, "patient/consult/place.html", values, status=422 if form.is_bound else 200)


def _stays(request: FaceRequest, consult_id: ConsultId) -> bool:
    """Whether something of a question is still there after it was put elsewhere (REQ 32)."""
    left = drafts.get_draft(viewer=request.viewer, consult_id=consult_id, now=request.now)
    return bool(left.text or left.files)


def _to_place(request: FaceRequest, consult_id: ConsultId) -> HttpResponse:
    if len(get_asking(viewer=request.viewer, now=request.now).places) > 1:
        return redirect("patient_consult_place", consult_id)
    return after_place(request, consult_id)
