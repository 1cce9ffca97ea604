"""A message to a selection: whom, what, what each gets, and sending it (REQ 34; ux 50; security row 62)."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.consult.actions import mailings as actions
from zorgbalie.consult.queries import mailings as queries
from zorgbalie.consult.queries.answer_templates import preview_answer
from zorgbalie.consult.types import Mailing, MailingState, NewMessage, Preview, RecipientState
from zorgbalie.faces.desk.outgoing.forms import (
    ConfirmForm,
    SelectionForm,
    WriteForm,
    first_message,
    message_values,
)
from zorgbalie.faces.desk.outgoing.words import (
    criteria_rows,
    field_words,
    left_out_rows,
    recipient_words,
    state_words,
    why_short,
)
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import MailingId
from zorgbalie.kernel.listing import Listing
from zorgbalie.record.queries.language import measure_language

_MOST_ON_A_PAGE = 100
_LISTS = {
    "gekozen": (RecipientState.CHOSEN, RecipientState.UNTICKED),
    "weggelaten": (RecipientState.LEFT_OUT,),
    "verstuurd": (RecipientState.SENT,),
    "geweigerd": (RecipientState.REFUSED,),
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All messages to a group, newest first."""
    asked = cast(FaceRequest, request)
    listing = queries.list_mailings(viewer=asked.viewer, page=page_number(asked))
    context = {
        "rows": [(row, *state_words(row.state)) for row in listing.rows],
        "page": page_of(listing),
        "is_off": not queries.is_on(viewer=asked.viewer),
    }
    return render(request, "desk/outgoing/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Whom one looks for; the looking itself is the worker's."""
    asked = cast(FaceRequest, request)
    may_read, accounts = queries.get_form_place(viewer=asked.viewer)
    form = SelectionForm(asked.POST if asked.method == "POST" else None, accounts=accounts, may_read=may_read)
    if form.is_valid():
        try:
            mailing_id = actions.ask_selection(
                viewer=asked.viewer,
                title=form.cleaned_data["title"],
                wanted=form.criteria(),
                token=form.cleaned_data["token"],
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("desk_mailing", mailing_id)
    context = {"form": form, "may_read": may_read, "is_off": not queries.is_on(viewer=asked.viewer)}
    return render(request, "desk/outgoing/new.html", context, status=422 if form.errors else 200)


@require_safe
def mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """How far it is, and the next step."""
    asked = cast(FaceRequest, request)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=MailingId(mailing_id))
    context = _about(asked, found)
    if not asked.headers.get("HX-Request"):
        return render(request, "desk/outgoing/mailing.html", context)
    answer = render(request, "desk/outgoing/_progress.html", context)
    if not context["is_running"]:
        answer["HX-Refresh"] = "true"  # what can be done next stands beside the part that was asked for
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Who is in it; before sending single persons can be left out."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=wanted)
    if asked.method == "POST":
        try:
            actions.tick(viewer=asked.viewer, mailing_id=wanted, ticks=_ticks(asked), now=asked.now)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Bewaard."))
        return redirect(f"{asked.path}?page={page_number(asked)}")
    kind = asked.GET.get("lijst", "")
    kind = kind if kind in _LISTS else "gekozen" if found.state is MailingState.CHOOSING else "verstuurd"
    listing = queries.list_recipients(
        viewer=asked.viewer, mailing_id=wanted, states=_LISTS[kind], page=page_number(asked)
    )
    context = {
        **_about(asked, found),
        "kind": kind,
        "kinds": _kinds(found),
        "rows": [
            (row, recipient_words(row.state), why_short(row.why_not) if row.why_not else "") for row in listing.rows
        ],
        "page": page_of(listing),
        "number": listing.number,
        "can_tick": kind == "gekozen" and found.state is MailingState.CHOOSING,
    }
    return render(request, "desk/outgoing/recipients.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The text with its fields."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=wanted)
    if asked.method != "POST":
        return _write_page(asked, found, WriteForm(initial=_first(asked, found)))
    form = WriteForm(asked.POST)
    if not form.is_valid():
        return _write_page(asked, found, form, 422)
    try:
        actions.write(
            viewer=asked.viewer,
            mailing_id=wanted,
            message=form.message(),
            unread_days=form.cleaned_data["unread_days"],
            revision=form.cleaned_data["revision"],
            now=asked.now,
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _write_page(asked, found, form, 422)
    return redirect("desk_mailing_preview", wanted)


@require_safe
def preview(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """What each gets, one after the other (ux 50)."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=wanted)
    if found.state is not MailingState.CHOOSING:
        return redirect("desk_mailing", wanted)
    if not found.has_text:
        return redirect("desk_mailing_write", wanted)
    shown = queries.get_preview(viewer=asked.viewer, mailing_id=wanted, number=page_number(asked), now=asked.now)
    pages = Paginator(range(shown.total), 1).get_page(shown.number) if shown else None
    return render(
        request, "desk/outgoing/preview.html", {**_about(asked, found), **_shown(asked, shown), "page": pages}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """How many get what; who sends it types the number (ux 50)."""
    asked, wanted = cast(FaceRequest, request), MailingId(mailing_id)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=wanted)
    if found.state is not MailingState.CHOOSING or not found.has_text:
        return redirect("desk_mailing", wanted)
    form = ConfirmForm(asked.POST if asked.method == "POST" else None, initial={"revision": found.revision})
    if form.is_valid():
        try:
            actions.confirm(
                viewer=asked.viewer,
                mailing_id=wanted,
                typed=form.cleaned_data["typed"],
                revision=form.cleaned_data["revision"],
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Het bericht wordt nu verstuurd."))
            return redirect("desk_mailing", wanted)
    if form.errors:
        form.data = {**form.data.dict(), "revision": found.revision}  # type: ignore[attr-defined]  # a bound form
    shown = queries.get_preview(viewer=asked.viewer, mailing_id=wanted, number=1, now=asked.now)
    context = {**_about(asked, found), "form": form, **_shown(asked, shown)}
    return render(request, "desk/outgoing/send.html", context, status=422 if form.errors else 200)


def _shown(request: FaceRequest, found: Preview | None) -> dict[str, object]:
    """What one patient gets, with its links as that patient reads them (REQ 47)."""
    return {"shown": found, "shown_parts": preview_answer(viewer=request.viewer, text=found.text) if found else ()}


@require_POST
def stop(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Send it to nobody else."""
    asked = cast(FaceRequest, request)
    actions.stop(viewer=asked.viewer, mailing_id=MailingId(mailing_id), now=asked.now)
    messages.success(request, _("Gestopt. Wie het bericht al kreeg, houdt het."))
    return redirect("desk_mailing", mailing_id)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Throw a selection away that was not sent, after a page that says what it does."""
    asked = cast(FaceRequest, request)
    found = queries.get_mailing(viewer=asked.viewer, mailing_id=MailingId(mailing_id))
    if asked.method != "POST":
        return render(request, "desk/outgoing/drop.html", _about(asked, found))
    try:
        actions.drop(viewer=asked.viewer, mailing_id=found.mailing_id, now=asked.now)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("desk_mailing", mailing_id)
    messages.success(request, _("De selectie is weggegooid."))
    return redirect("desk_mailing_overview")


def _about(request: FaceRequest, found: Mailing) -> dict[str, Any]:
    state, tone = state_words(found.state)
    return {
        "mailing": found,
        "state": state,
        "tone": tone,
        "criteria": criteria_rows(found.criteria, found.account_name),
        "left_out": left_out_rows(found),
        "left_out_count": sum(count for _words, count in left_out_rows(found)),
        "refused": [(why_short(reason), count) for reason, count in found.refused.items()],
        "phone_from": queries.phone_from(found=found),
        "is_running": found.state in (MailingState.ASKED, MailingState.SENDING),
        "whole": found.chosen + found.handled,
    }


def _kinds(found: Mailing) -> list[tuple[str, str, int]]:
    kinds = [
        ("gekozen", _("Gekozen"), found.chosen + found.unticked),
        ("verstuurd", _("Verstuurd"), found.sent),
        ("geweigerd", _("Niet verstuurd"), sum(found.refused.values())),
        ("weggelaten", _("Kan het niet krijgen"), sum(found.left_out.values())),
    ]
    return [kind for kind in kinds if kind[2]]


def _first(request: FaceRequest, found: Mailing) -> dict[str, object]:
    values = {"revision": found.revision, "unread_days": found.unread_days}
    if found.has_text:
        return {**values, **message_values(found.message)}
    rules = queries.get_first_rules(viewer=request.viewer)
    return {**values, **first_message(rules, local_date(request.now))}


def _write_page(request: FaceRequest, found: Mailing, form: WriteForm, status: int = 200) -> HttpResponse:
    draft: NewMessage | None = form.message() if form.is_bound else None
    text = draft.text if draft else str(form.initial.get("text", ""))
    if form.is_bound and form.non_field_errors():
        # Somebody changed it meanwhile: what stands on this page now is newer than what they saw.
        form.data = {**form.data.dict(), "revision": found.revision}  # type: ignore[attr-defined]  # a bound form
    context = {
        **_about(request, found),
        "form": form,
        "fields": field_words(),
        "can_write": found.state is MailingState.CHOOSING,
        "language": measure_language(viewer=request.viewer, texts=[text]),
    }
    return render(request, "desk/outgoing/write.html", context, status=status)


def _ticks(request: FaceRequest) -> dict[int, bool]:
    """Which ticks differ from what was on the screen, as with questions that are answered."""
    shown, was = set(_numbers(request, "op_pagina")), set(_numbers(request, "stond"))
    wanted = set(_numbers(request, "kiest")) & shown
    return {patient: patient in wanted for patient in sorted(wanted ^ (was & shown))}


def _numbers(request: FaceRequest, name: str) -> list[int]:
    """Numbers of a form's boxes; what is none is left out."""
    texts = request.POST.getlist(name)[:_MOST_ON_A_PAGE]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def page_number(request: FaceRequest) -> int:
    """The page in the address; the first for what is no number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def page_of(found: Listing[Any]) -> Any:
    """What the pagination draws."""
    return Paginator(range(found.total), found.size).get_page(found.number)
