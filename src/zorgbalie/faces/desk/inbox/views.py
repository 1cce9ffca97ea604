"""The desk's home: what waits for the practice (REQ 41, 42, 55; ux 46 to 49)."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.agenda.queries.desk_search import list_latest_changes
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.consult.queries.concerned import list_concerned
from zorgbalie.faces.desk.inbox.forms import APPOINTMENT_WORDS, KIND_NAMES, FilterForm
from zorgbalie.faces.desk.inbox.taking import put_item_back, take_item
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId, WorkItemId
from zorgbalie.ui.types import Tab
from zorgbalie.worklist import actions, queries
from zorgbalie.worklist.types import ItemCounts, ItemFilter, ItemKind, ItemState, WorkItemRow

_LIST_PARAMETERS = ("q", "soort", "van", "gedaan", "page")
_QUESTIONS = (ItemKind.CONSULT, ItemKind.FOLLOW_UP, ItemKind.CONSULT_TO_STORE)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Open items, what is late first, then urgent and oldest; done ones on the last tab."""
    asked = cast(FaceRequest, request)
    state = ItemState.DONE if asked.GET.get("gedaan") else ItemState.OPEN
    form = FilterForm(asked.GET, team=queries.list_team(viewer=asked.viewer, now=asked.now))
    wanted = form.wanted(state=state)
    listing = queries.list_items(viewer=asked.viewer, wanted=wanted, page=_page_number(asked), now=asked.now)
    questions = [row.about_id for row in listing.rows if row.kind in _QUESTIONS]
    concerned = list_concerned(viewer=asked.viewer, consult_ids=questions)
    booked = [row.about_id for row in listing.rows if row.kind is ItemKind.APPOINTMENT]
    changes = list_latest_changes(viewer=asked.viewer, appointment_ids=booked)
    context = {
        "form": form,
        "items": [(row, _kind_words(row, concerned, changes), address_of(row)) for row in listing.rows],
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "tabs": _tabs(wanted, queries.count_items(viewer=asked.viewer)),
        "is_action_list": wanted.kind is ItemKind.ACTION,
        "is_done": state is ItemState.DONE,
        "is_filtered": wanted != ItemFilter(state=state),
        "back": asked.GET.urlencode(),
        "now": asked.now,
    }
    return render(request, "desk/inbox/list.html", context)


@require_POST
def take(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item on."""
    asked = cast(FaceRequest, request)
    take_item(asked, item_id)
    return _back(asked)


@require_POST
def give_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give an item back to all."""
    asked = cast(FaceRequest, request)
    put_item_back(asked, item_id)
    return _back(asked)


@require_POST
def close(request: HttpRequest, item_id: int) -> HttpResponse:
    """Mark a notice as read."""
    asked = cast(FaceRequest, request)
    try:
        actions.close_item(viewer=asked.viewer, item_id=WorkItemId(item_id), now=asked.now)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Afgehandeld."))
    return _back(asked)


def _kind_words(row: WorkItemRow, concerned: dict[int, str], changes: dict[int, ChangeKind]) -> str:
    """The kind of an item, of a question whom it is about where that is somebody else (R12), of an appointment what."""
    if row.kind is ItemKind.APPOINTMENT and row.about_id in changes:
        return str(APPOINTMENT_WORDS[changes[row.about_id]])
    name = concerned.get(row.about_id) if row.kind in _QUESTIONS else None
    if name is None:
        return str(KIND_NAMES[row.kind])
    about = _("gaat over %(name)s") % {"name": name} if name else _("gaat over iemand anders")
    return f"{KIND_NAMES[row.kind]}, {about}"


def _page_number(request: FaceRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _tabs(wanted: ItemFilter, counts: ItemCounts) -> list[Tab]:
    """The lists, with how much waits in each; the numbers are of the whole list, not of what a filter leaves."""
    home, is_open = reverse("desk_inbox_list"), wanted.state is ItemState.OPEN
    is_actions, is_mine = wanted.kind is ItemKind.ACTION, wanted.only_mine
    return [
        Tab(
            label=_("Te doen"),
            href=home,
            current=is_open and not is_actions and not is_mine,
            count=counts.open,
            live="open",
        ),
        Tab(
            label=_("Van mij"),
            href=f"{home}?van=mij",
            current=is_open and is_mine and not is_actions,
            count=counts.mine,
            live="items-mine",
        ),
        Tab(
            label=_("Actielijst"),
            href=f"{home}?soort={ItemKind.ACTION.value}",
            current=is_open and is_actions,
            count=counts.actions,
            live="actions",
        ),
        Tab(label=_("Gedaan"), href=f"{home}?gedaan=1", current=not is_open),
    ]


def address_of(row: WorkItemRow) -> str:
    """The page on which an item of this kind is handled; empty where this version has none for it."""
    to_patient = ("desk_patients_card", [row.patient_id]) if row.patient_id and row.patient_name else None
    page = {
        ItemKind.ACCESS_REQUEST: ("desk_release_cockpit", [row.about_id]),
        ItemKind.AUTOMATIC_RELEASE: to_patient,
        ItemKind.AGREEMENT_TO_SIGN: ("desk_patients_agreement", [row.patient_id]) if row.patient_id else None,
        ItemKind.EMERGENCY_REVIEW: ("desk_log_emergency_review", [row.about_id]),
        ItemKind.LAB_REPORT: _to_report(row),
        ItemKind.ACTION: _to_report(row),
        ItemKind.ACTION_NOTE: ("desk_inbox_item", [row.item_id]) if row.action_text else None,
        ItemKind.LAB_UNMATCHED: ("desk_lab_unmatched_message", [row.about_id]),
        ItemKind.DOCUMENT: ("desk_documents_document", [row.patient_id, row.about_id]) if row.patient_id else None,
        ItemKind.CONSULT: ("desk_consult_thread", [row.patient_id, row.about_id]) if row.patient_id else None,
        ItemKind.FOLLOW_UP: ("desk_consult_thread", [row.patient_id, row.about_id]) if row.patient_id else None,
        ItemKind.CONSULT_TO_STORE: ("desk_consult_thread", [row.patient_id, row.about_id]) if row.patient_id else None,
        ItemKind.APPOINTMENT: ("desk_appointment", [row.patient_id, row.about_id]) if row.patient_id else None,
        ItemKind.CORRECTION: ("desk_correction", [row.patient_id, row.about_id]) if row.patient_id else None,
    }[row.kind]
    try:
        return reverse(page[0], args=page[1]) if page else ""
    except NoReverseMatch:
        return ""


def _to_report(row: WorkItemRow) -> tuple[str, list[PersonId | int]] | None:
    return ("desk_lab_process", [row.patient_id, row.about_id]) if row.patient_id else None


def _back(request: FaceRequest) -> HttpResponse:
    return redirect(list_address(request.POST.get("back", "")))


def list_address(text: str) -> str:
    """The list as it was; only its own parameters are taken over, never an address."""
    kept = QueryDict(text[:500])
    query = urlencode({name: kept[name] for name in _LIST_PARAMETERS if kept.get(name)})
    return reverse("desk_inbox_list") + (f"?{query}" if query else "")
