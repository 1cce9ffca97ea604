"""`Hoe gaat het over twee weken?`: planned, changed and taken back at the desk (REQ 33)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions import follow_ups
from zorgbalie.consult.queries.follow_ups import get_follow_up_place
from zorgbalie.faces.desk.outgoing.forms import FollowUpForm, follow_up_values
from zorgbalie.faces.desk.outgoing.words import field_words, follow_up_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.record.queries.release import patient_card


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """The day and the question, with what the patient reads until then."""
    asked, patient, consult = cast(FaceRequest, request), PersonId(patient_id), ConsultId(consult_id)
    place = get_follow_up_place(viewer=asked.viewer, patient_id=patient, consult_id=consult, now=asked.now)
    quick = place.quick_days
    posted = asked.POST if asked.method == "POST" else None
    form = FollowUpForm(posted, quick=quick, initial=follow_up_values(place.planned, place.rules, quick))
    is_cancel = posted is not None and posted.get("doen") == "weg"
    status = 200
    if form.is_valid() or (is_cancel and "revision" in getattr(form, "cleaned_data", {})):
        try:
            _act(asked, patient, consult, form, is_cancel)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = 409
        else:
            return redirect("desk_consult_thread", patient, consult)
    elif form.is_bound:
        status = 422
    context = {
        **around(asked, patient),
        "patient": patient_card(patient_id=patient, now=asked.now),
        "form": form,
        "here": asked.path,
        "planned": place.planned,
        "planned_words": follow_up_words(place.planned),
        "is_off": not place.rules.is_on,
        "fields": field_words(),
        "consult_id": consult,
    }
    return render(request, "desk/outgoing/follow_up.html", context, status=status)


def _act(
    request: FaceRequest, patient_id: PersonId, consult_id: ConsultId, form: FollowUpForm, is_cancel: bool
) -> None:
    revision = form.cleaned_data["revision"]
    if is_cancel:
        follow_ups.cancel(
            viewer=request.viewer, patient_id=patient_id, consult_id=consult_id, revision=revision, now=request.now
        )
        messages.success(request, _("De geplande vraag is weggehaald."))
        return
    follow_ups.plan(
        viewer=request.viewer,
        patient_id=patient_id,
        consult_id=consult_id,
        day=form.cleaned_data["chosen"],
        text=form.cleaned_data["text"],
        revision=revision,
        now=request.now,
    )
    messages.success(request, _("Gepland. De patiënt ziet op welke dag we vragen hoe het gaat."))
