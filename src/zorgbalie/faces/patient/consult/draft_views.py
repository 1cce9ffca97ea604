"""From `Stel een vraag` to sending, one question per page; each step is stored (ux 1 to 13, 30; REQ 28, 30, 32, 35)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.consult.actions import patient as actions
from zorgbalie.consult.queries import drafts as queries
from zorgbalie.consult.queries import promises
from zorgbalie.consult.queries.places import get_asking
from zorgbalie.consult.types import About, ConsultChanged, DeskClosed, Draft, OtherTextStored, PromiseLater
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.file_views import files_row
from zorgbalie.faces.patient.consult.flow import (
    answer_rows,
    back_href,
    begin,
    go_on,
    has_choice,
    leads_on_when_sent,
    missing,
    refused_to_parents,
)
from zorgbalie.faces.patient.consult.forms import AddresseeForm, QuestionForm, SendForm, SubjectForm, WarningForm
from zorgbalie.faces.patient.consult.words import ABOUT_WORDS, about_words, title_of, urgent_words
from zorgbalie.faces.patient.context import shell_of
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.ui.types import SummaryRow

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def start(request: HttpRequest) -> HttpResponse:
    """First: is it urgent? (R17, ux 13). Then a draft, about the result that one came from."""
    asked = cast(FaceRequest, request)
    signs = queries.get_warning(viewer=asked.viewer, now=asked.now)
    about = _about(asked)
    asking = get_asking(viewer=asked.viewer, now=asked.now)
    if not asking.is_open:
        return refused_to_parents(asked)
    if about is not None and not asking.places_for(about.kind):
        raise NotVisible("about")
    form = WarningForm(asked.POST) if asked.method == "POST" else WarningForm()
    if form.is_bound and form.is_valid():
        made = actions.start_draft(viewer=asked.viewer, about=about, now=asked.now)
        return begin(asked, made, asking)
    values = {
        "form": form,
        "signs": signs,
        "about": about_words(about),
        "parent_text": asking.parent_text,
        "urgent": urgent_words(promises.get_practice_now(viewer=asked.viewer, now=asked.now), shell_of(asked)),
        "door": promises.get_door(viewer=asked.viewer, now=asked.now),
    }
    return render(request, "patient/consult/start.html", values, status=_status(asked))


@_form_page
@leads_on_when_sent
def addressee(request: HttpRequest, consult_id: int) -> HttpResponse:
    """To whom."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    offered = queries.list_addressees(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    form = AddresseeForm(
        asked.POST if asked.method == "POST" else None,
        offered=offered,
        is_pharmacy=draft.is_pharmacy,
        initial={"addressee": draft.addressee_key},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.save_addressee(
                viewer=asked.viewer, consult_id=wanted, key=form.cleaned_data["addressee"], now=asked.now
            )
            return go_on(asked, wanted)
        except Refused as refusal:
            form.add_error("addressee", refusal.message)
    return _step(asked, draft, form, "addressee")


@_form_page
@leads_on_when_sent
def subject(request: HttpRequest, consult_id: int) -> HttpResponse:
    """About what."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    form = SubjectForm(
        asked.POST if asked.method == "POST" else None,
        has_about=draft.about is not None,
        initial={"subject": draft.subject, "keeps_about": True},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.save_subject(
                viewer=asked.viewer,
                consult_id=wanted,
                subject=form.cleaned_data["subject"],
                keeps_about=form.cleaned_data.get("keeps_about", False),
                now=asked.now,
            )
            return go_on(asked, wanted)
        except Refused as refusal:
            form.add_error("subject", refusal.message)
    return _step(asked, draft, form, "subject")


@_form_page
@leads_on_when_sent
def question(request: HttpRequest, consult_id: int) -> HttpResponse:
    """The question itself."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    form = QuestionForm(
        asked.POST if asked.method == "POST" else None, is_pharmacy=draft.is_pharmacy, initial={"text": draft.text}
    )
    if form.is_bound and form.is_valid():
        try:
            _store_text(asked, wanted, form)
            return go_on(asked, wanted) if "wijzig" in asked.GET else redirect("patient_consult_files", wanted)
        except OtherTextStored as refusal:
            form.add_error("text", refusal.message)
            draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
            return _step(asked, draft, form, "question", other_text=draft.text)
        except Refused as refusal:
            form.add_error("text", refusal.message)
    return _step(asked, draft, form, "question")


@require_POST
def keep_text(request: HttpRequest, consult_id: int) -> HttpResponse:
    """The text as it is typed, stored on the way (ux 8); the answer says so. Nothing typed: nothing to store."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    form = QuestionForm(asked.POST)
    if not form.is_valid():
        return render(request, "patient/consult/parts/kept.html", {})
    try:
        mark = _store_text(asked, wanted, form)
    except OtherTextStored:
        return render(request, "patient/consult/parts/kept.html", {"is_other": True})
    return render(request, "patient/consult/parts/kept.html", {"kept_at": asked.now, "mark": mark})


def _store_text(request: FaceRequest, consult_id: ConsultId, form: QuestionForm) -> str:
    """Over the text that this page showed, and over no other."""
    return actions.save_text(
        viewer=request.viewer,
        consult_id=consult_id,
        text=form.cleaned_data["text"],
        seen=request.POST.get("seen"),
        now=request.now,
    )


@_form_page
@leads_on_when_sent
def check(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Everything once more, and sending (ux 6). Pressed twice it is sent once (ux 12)."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    form = SendForm(asked.POST) if asked.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            _check_shown(asked, wanted, form)
            actions.send(viewer=asked.viewer, consult_id=wanted, revision=form.cleaned_data["revision"], now=asked.now)
            return redirect("patient_consult_sent", wanted)
        except (ConsultChanged, DeskClosed, PromiseLater) as refusal:
            messages.warning(request, refusal.message)
            return redirect("patient_consult_check", wanted)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    if missing(draft) is not None and form is None:
        return go_on(asked, wanted)
    values = {
        "form": form or SendForm(),
        "draft": draft,
        "rows": _summary(asked, draft),
        "card": promises.get_promise(viewer=asked.viewer, consult_id=wanted, now=asked.now),
        "back_href": reverse("patient_consult_files", args=[wanted]),
    }
    return render(request, "patient/consult/check.html", values, status=_status(asked))


@_form_page
@leads_on_when_sent
def drop(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Throw a draft away, after it was shown once more."""
    asked, wanted = cast(FaceRequest, request), ConsultId(consult_id)
    if asked.method == "POST":
        actions.drop_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
        messages.success(request, _("De vraag is weggegooid. Er is niets verstuurd."))
        return redirect("patient_consult_overview")
    draft = queries.get_draft(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    return render(request, "patient/consult/drop.html", {"draft": draft, "title": title_of(draft.about, draft.subject)})


def _check_shown(request: FaceRequest, consult_id: ConsultId, form: SendForm) -> None:
    """A page that was open for long may promise what cannot be promised any more: then it is shown again first."""
    shown = form.cleaned_data.get("promised")
    if shown is not None:
        promises.check_promise(viewer=request.viewer, consult_id=consult_id, shown=shown, now=request.now)


def _about(request: FaceRequest) -> About | None:
    """The part of the record that the address names. What cannot be read answers as what does not exist."""
    word, _dash, number = (request.POST.get("over") or request.GET.get("over", "")).partition("-")
    if not number:
        return None
    if word not in ABOUT_WORDS or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotVisible("about")
    return queries.find_about(viewer=request.viewer, kind=ABOUT_WORDS[word], about_id=int(number), now=request.now)


def _step(
    request: FaceRequest,
    draft: Draft,
    form: AddresseeForm | SubjectForm | QuestionForm,
    page: str,
    other_text: str = "",
) -> HttpResponse:
    chooses = page == "addressee" and has_choice(draft, get_asking(viewer=request.viewer, now=request.now))
    values = {
        "form": form,
        "draft": draft,
        "about": about_words(draft.about),
        "other_text": other_text,
        "keep": f"vraag-{request.viewer.person_id}-{draft.consult_id}",
        # One who was asked a page ago goes back to it; a correction comes by this page alone.
        "has_choice": chooses and draft.has_words,
        "back_href": (
            reverse("patient_consult_place", args=[draft.consult_id])
            if chooses and not draft.has_words
            else back_href(draft, page)
        ),
    }
    return render(request, f"patient/consult/{page}.html", values, status=_status(request))


def _summary(request: FaceRequest, draft: Draft) -> list[SummaryRow]:
    acting_for = shell_of(request).acting_for
    rows = [SummaryRow(label=_("Voor wie"), value=acting_for.name)] if acting_for else []
    links = {
        name: reverse(f"patient_consult_{name}", args=[draft.consult_id])
        for name in ("addressee", "subject", "reason", "question")
    }
    about = about_words(draft.about)
    topic = title_of(draft.about, draft.subject)
    return [
        *rows,
        SummaryRow(label=_("Aan"), value=draft.addressee_name or _("De praktijk"), change_href=links["addressee"]),
        SummaryRow(
            label=_("Gaat over"),
            value=f"{topic}\n{about}" if about and about != topic else topic,
            change_href=links["reason" if draft.offers_reasons or draft.reason_name else "subject"],
        ),
        *answer_rows(draft.answers, consult_id=draft.consult_id),
        SummaryRow(label=_("Uw vraag"), value=draft.text, change_href=f"{links['question']}?wijzig=1"),
        files_row(draft),
    ]


def _status(request: HttpRequest) -> int:
    """A form that comes back was not accepted."""
    return 422 if request.method == "POST" else 200
