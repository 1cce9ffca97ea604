"""Which page of a question comes next, and which came before (ux 1, 2, 6). Nothing here decides what is allowed."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.consult.queries import drafts as queries
from zorgbalie.consult.queries.answers import answer_words
from zorgbalie.consult.queries.patient import was_sent
from zorgbalie.consult.queries.places import list_for_whom
from zorgbalie.consult.queries.reasons import get_self_care
from zorgbalie.consult.types import AskedQuestion, Asking, Draft
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.ui.types import SummaryRow

_Page = tuple[str, list[int]]


def begin(request: FaceRequest, consult_id: ConsultId, asking: Asking) -> HttpResponse:
    """After the warning: for whom and where, if there is a choice; a draft that has words already goes on."""
    draft = queries.get_draft(viewer=request.viewer, consult_id=consult_id, now=request.now)
    if draft.has_words:
        messages.info(request, _("Deze vraag had u al opgeschreven, maar nog niet verstuurd. U kunt hier verdergaan."))
        return _next(draft)
    if draft.about is None and list_for_whom(viewer=request.viewer, now=request.now):
        return redirect("patient_consult_for_whom", consult_id)
    if has_choice(draft, asking):
        return redirect("patient_consult_place", consult_id)
    return redirect("patient_consult_addressee", consult_id)


def leads_on_when_sent(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For each page of a draft: who comes back to it after sending finds the question that was sent (ux 12)."""

    @wraps(page)
    def wrapped(request: HttpRequest, consult_id: int, *args: int, **values: int) -> HttpResponse:
        asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
        try:
            return page(request, consult_id, *args, **values)
        except NotVisible:
            if not was_sent(viewer=asked.viewer, consult_id=wanted, now=asked.now):
                raise
        messages.info(request, _("Deze vraag is al verstuurd."))
        return redirect("patient_consult_thread", consult_id)

    return wrapped


def has_choice(draft: Draft, asking: Asking) -> bool:
    """Whether one chooses where to ask."""
    return len(asking.places_for(draft.about.kind if draft.about else None)) > 1


def after_place(request: FaceRequest, consult_id: ConsultId) -> HttpResponse:
    """To whom, for a question without a word yet (or thrown away before); else to what is missing."""
    draft = queries.get_draft(viewer=request.viewer, consult_id=consult_id, now=request.now)
    return _next(draft) if draft.has_words else redirect("patient_consult_addressee", consult_id)


def go_on(request: FaceRequest, consult_id: ConsultId, *, from_form: bool = False) -> HttpResponse:
    """To what is missing, else back to the overview of the answers: a correction returns there (ux 6).

    `from_form`: from the reason or its questions; before the first word of the question comes what may help already.
    """
    draft = queries.get_draft(viewer=request.viewer, consult_id=consult_id, now=request.now)
    is_before_text = missing(draft) == ("patient_consult_question", [consult_id])
    if from_form and is_before_text and get_self_care(viewer=request.viewer, consult_id=consult_id, now=request.now):
        return redirect("patient_consult_self_care", consult_id)
    return _next(draft)


def missing(draft: Draft) -> _Page | None:
    """The first page that was not filled in yet."""
    number = int(draft.consult_id)
    if not draft.addressee_key:
        return "patient_consult_addressee", [number]
    if draft.about is None and not draft.reason_name and not draft.subject and draft.offers_reasons:
        return "patient_consult_reason", [number]
    for one in draft.answers:
        if not one.is_answered:
            return "patient_consult_answer", [number, one.place]
    if draft.about is None and not draft.subject:
        return "patient_consult_subject", [number]
    return None if draft.text else ("patient_consult_question", [number])


def back_href(draft: Draft, page: str, place: int = 0) -> str:
    """The page before; from a correction back to the overview of the answers."""
    number = draft.consult_id
    if missing(draft) is None:
        return reverse("patient_consult_check", args=[number])
    if page == "addressee":
        return reverse("patient_consult_overview")
    if page == "reason" or (draft.about is not None and page in ("subject", "question")):
        return reverse("patient_consult_addressee", args=[number])
    if page == "answer":
        return reverse("patient_consult_answer", args=[number, place - 1]) if place > 1 else _reason(number)
    if draft.answers:
        return reverse("patient_consult_answer", args=[number, draft.answers[-1].place])
    if page == "question":
        return reverse("patient_consult_subject", args=[number])
    return _reason(number) if draft.reason_name else reverse("patient_consult_addressee", args=[number])


def answer_rows(answers: Iterable[AskedQuestion], consult_id: ConsultId | None = None) -> list[SummaryRow]:
    """What was asked and answered; with `consult_id` each can be changed (ux 6)."""
    return [
        SummaryRow(
            label=one.question.label,
            value=answer_words(asked=one),
            change_href=reverse("patient_consult_answer", args=[consult_id, one.place]) if consult_id else "",
        )
        for one in answers
    ]


def refused_to_parents(request: FaceRequest) -> HttpResponse:
    """The practice takes no questions of parents at this age: one phones (REQ 8)."""
    return render(request, "patient/consult/not_for_child.html", {})


def _next(draft: Draft) -> HttpResponse:
    found = missing(draft)
    if found is None:
        return redirect("patient_consult_check", draft.consult_id)
    return redirect(found[0], *found[1])


def _reason(number: int) -> str:
    return reverse("patient_consult_reason", args=[number])
