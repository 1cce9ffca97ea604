"""The form of the practice: the reason, its questions one by one, and what may help already (REQ 28, 30; ux 1, 4)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.consult.actions import answers as actions
from zorgbalie.consult.queries import drafts
from zorgbalie.consult.queries.reasons import get_self_care, list_reasons
from zorgbalie.consult.types import AskedQuestion, Draft
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.flow import back_href, go_on, leads_on_when_sent
from zorgbalie.faces.patient.consult.reason_forms import AnswerForm, ReasonForm
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.kernel.ids import ConsultId, ReasonId

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@leads_on_when_sent
def reason(request: HttpRequest, consult_id: int) -> HttpResponse:
    """What it is about, as the practice divides it."""
    asked, draft = _draft(request, consult_id)
    offered = list_reasons(viewer=asked.viewer, consult_id=draft.consult_id, now=asked.now)
    if not offered or draft.about is not None:
        return redirect("patient_consult_subject", consult_id)
    form = ReasonForm(asked.POST if asked.method == "POST" else None, offered=offered, chosen=draft.reason_name)
    if form.is_bound and form.is_valid():
        try:
            actions.choose_reason(
                viewer=asked.viewer,
                consult_id=draft.consult_id,
                reason_id=ReasonId(form.cleaned_data["reason"]),
                now=asked.now,
            )
            return go_on(asked, draft.consult_id, from_form=True)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    values = {"form": form, "back_href": back_href(draft, "reason")}
    return render(request, "patient/consult/reason.html", values, status=_status(form.is_bound))


@_form_page
@leads_on_when_sent
def answer(request: HttpRequest, consult_id: int, place: int) -> HttpResponse:
    """One question (ux 1)."""
    asked, draft = _draft(request, consult_id)
    question = _question(draft, place)
    form = AnswerForm(asked.POST if asked.method == "POST" else None, asked=question)
    if form.is_bound and form.is_valid():
        values, is_unknown = form.given()
        try:
            actions.save_answer(
                viewer=asked.viewer,
                consult_id=draft.consult_id,
                place=place,
                values=values,
                is_unknown=is_unknown,
                now=asked.now,
            )
            return go_on(asked, draft.consult_id, from_form=True)
        except Refused as refusal:
            form.add_error("answer", refusal.message)
    numbers = {"place": place, "total": len(draft.answers)}
    context = {
        "form": form,
        "question": question.question,
        "progress": _("Vraag %(place)s van %(total)s") % numbers,
        "keep": f"antwoord-{asked.viewer.person_id}-{consult_id}-{place}",
        "back_href": back_href(draft, "answer", place),
    }
    return render(request, "patient/consult/answer.html", context, status=_status(form.is_bound))


@require_safe
@leads_on_when_sent
def self_care(request: HttpRequest, consult_id: int) -> HttpResponse:
    """What may help already. One leaves the portal; going on with the question comes first."""
    asked, draft = _draft(request, consult_id)
    links = get_self_care(viewer=asked.viewer, consult_id=draft.consult_id, now=asked.now)
    if not links:
        return go_on(asked, draft.consult_id)
    values = {
        "links": links,
        "back_href": back_href(draft, "self_care"),
        "on_href": reverse("patient_consult_question", args=[consult_id]),
    }
    response = render(request, "patient/consult/self_care.html", values)
    # Some browsers look the host of a link up before anybody clicks; that alone would tell a name server.
    response.headers["X-DNS-Prefetch-Control"] = "off"
    return response


def _draft(request: HttpRequest, consult_id: int) -> tuple[FaceRequest, Draft]:
    asked = cast(FaceRequest, request)
    return asked, drafts.get_draft(viewer=asked.viewer, consult_id=ConsultId(consult_id), now=asked.now)


def _question(draft: Draft, place: int) -> AskedQuestion:
    found = next((one for one in draft.answers if one.place == place), None)
    if found is None:
        raise NotVisible("consult_answer")
    return found


def _status(is_bound: bool) -> int:
    """A form that comes back was not accepted."""
    return 422 if is_bound else 200
