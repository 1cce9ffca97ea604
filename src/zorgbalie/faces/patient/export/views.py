"""The page `Dossier opslaan`: asking for a file, seeing how far it is, and downloading it (REQ 10, 22; Wabvpz 15d)."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.exchange.actions import exports as actions
from zorgbalie.exchange.export_types import ExportCard, ExportKind, ExportOutdated, TooManyExports
from zorgbalie.exchange.queries import exports as queries
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.context import href_of
from zorgbalie.faces.patient.export.forms import ExportForm
from zorgbalie.faces.patient.export.words import fault_words, state_tag, step_words
from zorgbalie.faces.patient.record.views import explained, page_number
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ExportId

_FILES = {
    ExportKind.PDF: ("application/pdf", "pdf"),
    ExportKind.FHIR: ("application/fhir+json", "json"),
}


@explained
def overview(request: HttpRequest) -> HttpResponse:
    """What can be saved, and which files were made."""
    return _page(cast(FaceRequest, request))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a file; a second click gives the same one."""
    asked, form = cast(FaceRequest, request), ExportForm(request.POST)
    if not form.is_valid():
        return _page(asked, problem=str(form.errors["kind"][0]), status=422)
    try:
        actions.ask_for_export(viewer=asked.viewer, kind=form.chosen(), language=get_language() or "nl", now=asked.now)
    except TooManyExports:
        problem = _("U vroeg vandaag al om veel bestanden. Gebruik een bestand hieronder, of probeer het morgen weer.")
        return _page(asked, problem=problem, status=422)
    return redirect("patient_export_overview")


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes, for who has script."""
    asked = cast(FaceRequest, request)
    found = queries.list_progress(viewer=asked.viewer, now=asked.now)
    return render(request, "patient/export/_files.html", _files_context(found))


@require_safe
def download(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file, for the one who asked; never shown within a page (security rows 8, 27)."""
    asked = cast(FaceRequest, request)
    try:
        found = queries.get_download(viewer=asked.viewer, export_id=ExportId(export_id), now=asked.now)
    except ExportOutdated:
        messages.warning(request, _("Dit bestand klopt niet meer met uw dossier. Maak een nieuw bestand."))
        return redirect("patient_export_overview")
    content_type, ending = _FILES[found.kind]
    name = f"dossier-{local_date(found.asked_at).isoformat()}.{ending}"
    return HttpResponse(
        found.content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _page(request: FaceRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = queries.list_exports(viewer=request.viewer, now=request.now, page=page_number(request))
    context = {
        **_files_context(found.latest),
        # What is being made stands above, with its progress.
        "rows": [(card, state_tag(card)) for card in found.rows if not card.is_running],
        "page": Paginator(range(found.total), found.per_page).get_page(found.number),
        "problem": problem,
        "log_href": href_of("patient_log_overview"),
        "log_pdf_href": href_of("patient_log_download"),
        "is_representing": request.viewer.acts_for_other,
    }
    return render(request, "patient/export/overview.html", context, status=status)


def _files_context(latest: dict[ExportKind, ExportCard]) -> dict[str, Any]:
    files = [(kind.value, latest.get(kind), *_words_of(latest.get(kind))) for kind in ExportKind]
    return {"files": files, "is_running": any(card.is_running for card in latest.values())}


def _words_of(card: ExportCard | None) -> tuple[str, str]:
    return (step_words(card), fault_words(card)) if card else ("", "")
