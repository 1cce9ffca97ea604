"""Declarations: the list, deciding on several or on one, and the files for the GP system (REQ 50; ux 50)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.billing.actions import declarations as actions
from zorgbalie.billing.actions.exporting import export
from zorgbalie.billing.queries import declarations as queries
from zorgbalie.billing.queries.settings import is_billing_on
from zorgbalie.billing.types import (
    BatchId,
    BillingRefused,
    DeclarationDetails,
    DeclarationId,
    DeclarationRow,
    DeclarationState,
)
from zorgbalie.faces.desk.billing.forms import ChosenForm, CorrectForm, ExportForm, ListForm, RefuseForm, typed
from zorgbalie.faces.desk.billing.words import REASONS, STATES, STEPS
from zorgbalie.faces.desk.log.views import page_number
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.downloads import download
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.ui.types import Tab


@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    """The list: by default what waits for a confirmation."""
    asked = cast(FaceRequest, request)
    start = asked.GET if "stand" in asked.GET else {**asked.GET.dict(), "stand": DeclarationState.PROPOSED.value}
    form = ListForm(start)
    wanted = form.wanted(sort=asked.GET.get("sort", "-day")[:20])
    found, totals = queries.list_declarations(viewer=asked.viewer, wanted=wanted, page=page_number(asked))
    context = {
        "form": form,
        "rows": [_worded(row) for row in found.rows],
        "totals": totals,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "is_filtered": bool(wanted.words or wanted.code or wanted.since or wanted.until),
        "is_waiting": wanted.state is DeclarationState.PROPOSED,
        "may_confirm": queries.may_confirm(viewer=asked.viewer),
        "is_on": is_billing_on(viewer=asked.viewer),
        "may_manage": asked.viewer.has_right(StaffRight.MANAGE_PRACTICE),
        "tabs": _tabs(asked),
    }
    return render(request, "desk/billing/list.html", context)


@require_POST
def confirm_chosen(request: HttpRequest) -> HttpResponse:
    """What was ticked, once more in full; then confirmed, all or nothing (ux 50)."""
    asked = cast(FaceRequest, request)
    chosen = ChosenForm(asked.POST).chosen()
    if not chosen:
        messages.warning(request, _("Vink eerst aan wat u wilt bevestigen."))
        return redirect("desk_billing_list")
    if "zeker" in asked.POST:
        return _confirmed(asked, chosen)
    rows = queries.list_chosen(viewer=asked.viewer, ids=chosen)
    context = {
        "rows": [_worded(row) for row in rows],
        "keys": [f"{row.declaration_id}-{chosen[row.declaration_id]}" for row in rows],
        "cents": sum(row.amount_cents or 0 for row in rows),
        "without": sum(row.amount_cents is None for row in rows),
    }
    return render(request, "desk/billing/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """One declaration with its trail: confirm, correct, take back."""
    asked, wanted = cast(FaceRequest, request), DeclarationId(declaration_id)
    found = queries.get_declaration(viewer=asked.viewer, declaration_id=wanted)
    if asked.method != "POST":
        return _page(asked, found, 200)
    form = CorrectForm(asked.POST, tariffs=found.tariffs)
    is_correction = asked.POST.get("doen") == "verbeteren"
    if is_correction and not form.is_valid():
        return _page(asked, found, 422, form)
    try:
        done = _corrected(asked, wanted, form) if is_correction else _decided(asked, wanted)
    except BillingRefused as refusal:
        if is_correction and refusal.field in form.fields:
            form.add_error(refusal.field, refusal.message)
            return _page(asked, found, 422, form)
        messages.warning(request, refusal.message)
        return _page(asked, queries.get_declaration(viewer=asked.viewer, declaration_id=wanted), 409)
    if done:
        messages.success(request, done)
    return redirect("desk_billing_one", declaration_id)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Not declaring, with a reason from a list."""
    asked, wanted = cast(FaceRequest, request), DeclarationId(declaration_id)
    found = queries.get_declaration(viewer=asked.viewer, declaration_id=wanted)
    form = RefuseForm(asked.POST) if asked.method == "POST" else RefuseForm(initial={"revision": found.row.revision})
    if form.is_bound and form.is_valid():
        try:
            actions.refuse(
                viewer=asked.viewer,
                declaration_id=wanted,
                revision=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
                now=asked.now,
            )
        except BillingRefused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, _("Dit wordt niet gedeclareerd."))
        return redirect("desk_billing_one", declaration_id)
    context = {"row": found.row, "form": form}
    return render(request, "desk/billing/refuse.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """Files that were made, and making one of all that is confirmed."""
    asked = cast(FaceRequest, request)
    if asked.method == "POST":
        return _exported(asked)
    found = queries.list_batches(viewer=asked.viewer, page=page_number(asked))
    context = {
        "rows": found.rows,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "waiting": queries.count_waiting(viewer=asked.viewer),
        "form": ExportForm(),
        "tabs": _tabs(asked, is_files=True),
    }
    return render(request, "desk/billing/batches.html", context)


@require_safe
def file(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A file, the same each time."""
    asked = cast(FaceRequest, request)
    batch, content = queries.get_file(viewer=asked.viewer, batch_id=BatchId(batch_id))
    return download(name=f"declaraties-{batch.number}.csv", media_type="text/csv", content=content)


def _confirmed(request: FaceRequest, chosen: dict[DeclarationId, int]) -> HttpResponse:
    try:
        count = actions.confirm(viewer=request.viewer, chosen=chosen, now=request.now)
    except BillingRefused as refusal:
        messages.warning(request, refusal.message)
    else:
        words = ngettext("%(count)s declaratie is bevestigd.", "%(count)s declaraties zijn bevestigd.", count)
        messages.success(request, words % {"count": count})
    return redirect("desk_billing_list")


def _decided(request: FaceRequest, declaration_id: DeclarationId) -> str:
    revision = _number(request.POST.get("revision", ""))
    if request.POST.get("doen") == "bevestigen":
        actions.confirm(viewer=request.viewer, chosen={declaration_id: revision}, now=request.now)
        return _("De declaratie is bevestigd.")
    if request.POST.get("doen") == "terug":
        actions.reopen(viewer=request.viewer, declaration_id=declaration_id, revision=revision, now=request.now)
        return _("De declaratie is opnieuw voorgesteld.")
    return ""


def _corrected(request: FaceRequest, declaration_id: DeclarationId, form: CorrectForm) -> str:
    actions.correct(
        viewer=request.viewer,
        declaration_id=declaration_id,
        revision=form.cleaned_data["revision"],
        seconds=form.cleaned_data["minutes"] or 0,
        code=form.cleaned_data["code"],
        now=request.now,
    )
    return _("De declaratie is verbeterd. Zij wacht nu op een bevestiging.")


def _exported(request: FaceRequest) -> HttpResponse:
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Er ging iets mis met het formulier. Probeer het nog een keer."))
        return redirect("desk_billing_batches")
    try:
        batch = export(viewer=request.viewer, token=form.cleaned_data["token"], now=request.now)
    except BillingRefused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Bestand %(number)s staat klaar om te bewaren.") % {"number": batch.number})
    return redirect("desk_billing_batches")


def _page(
    request: FaceRequest, found: DeclarationDetails, status: int, form: CorrectForm | None = None
) -> HttpResponse:
    row = found.row
    start = {"revision": row.revision, "minutes": typed(row.seconds)}
    is_open = row.state in (DeclarationState.PROPOSED, DeclarationState.CONFIRMED) and row.corrects_nothing
    context = {
        **_worded(row),
        "has_bsn": found.has_bsn,
        "events": [(one, STEPS[one.step], REASONS[one.reason] if one.reason else "") for one in found.events],
        "form": form or (CorrectForm(initial=start, tariffs=found.tariffs) if is_open else None),
        "is_open": is_open,
        "may_confirm": row.state is DeclarationState.PROPOSED and queries.may_confirm(viewer=request.viewer),
        "may_reopen": row.corrects_nothing and row.state in (DeclarationState.CONFIRMED, DeclarationState.REFUSED),
        "thread_may_open": request.viewer.has_right(StaffRight.ANSWER_CONSULTS),
    }
    return render(request, "desk/billing/one.html", context, status=status)


def _worded(row: DeclarationRow) -> dict[str, object]:
    name, tone = STATES[row.state]
    return {"row": row, "state_name": name, "tone": tone, "reason": REASONS[row.reason] if row.reason else ""}


def _tabs(request: FaceRequest, *, is_files: bool = False) -> list[Tab]:
    return [
        Tab(label=_("Declaraties"), href=reverse("desk_billing_list"), current=not is_files),
        Tab(label=_("Bestanden voor het HIS"), href=reverse("desk_billing_batches"), current=is_files),
    ]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
