"""The inbox of questions: list, filter, search, and what is done without opening a question (REQ 41, 42; ux 47)."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.consult.actions import desk as desk_actions
from zorgbalie.consult.actions import inbox as actions
from zorgbalie.consult.queries.inbox import MOST_LISTED, count_inbox, list_inbox
from zorgbalie.consult.types import InboxCounts, InboxFilter, InboxRow, InboxSort, InboxState, InboxWith
from zorgbalie.faces.desk.consult.inbox_forms import HandForm, InboxForm
from zorgbalie.faces.desk.consult.inbox_words import presence_words, promise_words
from zorgbalie.faces.desk.consult.words import STATE_NAMES, about_words
from zorgbalie.faces.desk.inbox.taking import put_item_back, take_item
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, ConsultId, PersonId
from zorgbalie.ui.types import Tab
from zorgbalie.worklist import queries as worklist_queries

_PARAMETERS = ("q", "stand", "bij", "volgorde", "van", "tot", "spoed", "laat", "page")


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, most pressing first; by filter also what was answered and closed."""
    asked = cast(FaceRequest, request)
    accounts = worklist_queries.list_team(viewer=asked.viewer, now=asked.now).accounts
    form = InboxForm(asked.GET, accounts=accounts)
    wanted = form.wanted()
    found = list_inbox(viewer=asked.viewer, wanted=wanted, page=_page_number(asked), now=asked.now)
    counts = count_inbox(viewer=asked.viewer, now=asked.now)
    listing = found.listing
    context = {
        "form": form,
        "rows": [_shown(row, asked) for row in listing.rows],
        "total": listing.total,
        "is_cut": found.is_cut,
        "most": MOST_LISTED,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "tabs": _tabs(wanted, counts),
        "waiting": counts.waiting,
        "is_filtered": wanted != InboxFilter(sort=wanted.sort),
        "more_filters": _has_more(wanted),
        "accounts": accounts,
        "back": _kept(asked.GET),
    }
    return render(request, "desk/consult/inbox.html", context)


@require_POST
def hand(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Put a question on a doctor's work list, in one press."""
    asked = cast(FaceRequest, request)
    form = HandForm(asked.POST)
    if not form.is_valid():
        messages.warning(request, _("Kies bij wie de vraag moet komen."))
        return _back(asked)
    try:
        name = desk_actions.hand_to(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            consult_id=ConsultId(consult_id),
            account_id=AccountId(form.cleaned_data["account"]),
            revision=form.cleaned_data["revision"],
            now=asked.now,
        )
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("De vraag staat nu op de werklijst van %(name)s.") % {"name": name})
    return _back(asked)


@require_POST
def urgent(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Mark a question as urgent, or take the mark away."""
    asked = cast(FaceRequest, request)
    is_urgent = asked.POST.get("spoed") == "1"
    place = {"patient_id": PersonId(patient_id), "consult_id": ConsultId(consult_id)}
    try:
        actions.mark_urgent(viewer=asked.viewer, is_urgent=is_urgent, now=asked.now, **place)  # type: ignore[arg-type]  # two kinds of number
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        words = _("Deze vraag staat nu als spoed bovenaan.") if is_urgent else _("De spoed is weggehaald.")
        messages.success(request, words)
    if asked.POST.get("terug") == "vraag":
        return redirect("desk_consult_thread", patient_id, consult_id)
    return _back(asked)


@require_POST
def take(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take a question on."""
    asked = cast(FaceRequest, request)
    take_item(asked, item_id)
    return _back(asked)


@require_POST
def give_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give a question back to all."""
    asked = cast(FaceRequest, request)
    put_item_back(asked, item_id)
    return _back(asked)


def _has_more(wanted: InboxFilter) -> bool:
    """Whether something is chosen that neither a tab nor a field in sight tells."""
    by_tab = (InboxState.OPEN, InboxState.ANSWERED, InboxState.CLOSED)
    is_plain = wanted.sort is InboxSort.PROMISE and wanted.state in by_tab
    return bool(wanted.sent_from or wanted.sent_until) or not is_plain


def _shown(row: InboxRow, request: FaceRequest) -> dict[str, Any]:
    return {
        "row": row,
        "href": reverse("desk_consult_thread", args=[row.patient_id, row.consult_id]),
        "subject": row.subject or about_words(row.about),
        "about": about_words(row.about) if row.subject else "",
        "state": STATE_NAMES[row.state],
        "promise": _promise(row, request) if row.is_open else "",
        "present": presence_words(row.present),
    }


def _promise(row: InboxRow, request: FaceRequest) -> str:
    if row.is_slipped:
        return _("te laat")
    return promise_words(answer_by=row.answer_by, now=request.now)


def _tabs(wanted: InboxFilter, counts: InboxCounts) -> list[Tab]:
    """The lists one comes back to all day; the numbers are of what waits, whatever a filter leaves."""
    home = reverse("desk_consult_inbox")
    is_open = wanted.state is InboxState.OPEN
    mine, urgent_only, late = wanted.lies_with is InboxWith.ME, wanted.only_urgent, wanted.only_late
    plain = is_open and not (mine or urgent_only or late)
    return [
        Tab(label=_("Alles wat wacht"), href=home, current=plain, count=counts.waiting, live="waiting"),
        Tab(label=_("Te laat"), href=f"{home}?laat=on", current=is_open and late, count=counts.late, live="late"),
        Tab(
            label=_("Spoed"),
            href=f"{home}?spoed=on",
            current=is_open and urgent_only and not late,
            count=counts.urgent,
            live="urgent",
        ),
        Tab(
            label=_("Van mij"),
            href=f"{home}?bij=mij",
            current=is_open and mine and not urgent_only and not late,
            count=counts.mine,
            live="mine",
        ),
        Tab(label=_("Beantwoord"), href=f"{home}?stand=beantwoord", current=wanted.state is InboxState.ANSWERED),
        Tab(label=_("Afgerond"), href=f"{home}?stand=afgerond", current=wanted.state is InboxState.CLOSED),
    ]


def _page_number(request: FaceRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _kept(query: QueryDict) -> str:
    """The list as it is, for coming back to it; only its own parameters, never an address."""
    return urlencode({name: query[name][:100] for name in _PARAMETERS if query.get(name)})


def _back(request: FaceRequest) -> HttpResponse:
    kept = _kept(QueryDict(request.POST.get("back", "")[:900]))
    return redirect(reverse("desk_consult_inbox") + (f"?{kept}" if kept else ""))
