"""`Naar het journaal`: what a question and its answers become in the record, in one action (REQ 29, 43, 57; ux 46)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.copying import KIND_OF_CONTACT, copy_to_journal
from zorgbalie.consult.queries.reporting import get_journal_source
from zorgbalie.consult.types import ConsultChanged, JournalSource
from zorgbalie.faces.desk.consult.journal_forms import LOOSE, NEW, EntryForm, LineForm, fresh_form, fresh_rows
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.types.journal import MOST_LINES
from zorgbalie.ui.forms import ErrorLink, error_links


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """The texts as rows; on sending they are lines in the record."""
    asked, patient, consult = cast(FaceRequest, request), PersonId(patient_id), ConsultId(consult_id)
    source = get_journal_source(viewer=asked.viewer, patient_id=patient, consult_id=consult, now=asked.now)
    if asked.method != "POST":
        return _page(asked, source, fresh_form(source, local_date(asked.now)), fresh_rows(source))
    form = EntryForm(asked.POST, source=source)
    rows = [LineForm(asked.POST, prefix=f"r{number}") for number in range(_count(asked))]
    # Every row is checked, also after a wrong one: all messages at once.
    wrong = [row for row in rows if not row.is_valid()]
    if not form.is_valid() or wrong:
        return _page(asked, source, form, rows, 422)
    wanted = form.wanted(tuple(row.line() for row in rows if row.is_chosen()))
    try:
        copy_to_journal(viewer=asked.viewer, patient_id=patient, consult_id=consult, wanted=wanted, now=asked.now)
    except ConsultChanged as refusal:
        return _look_again(asked, patient, consult, rows, refusal)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, source, form, rows, 422)
    messages.success(request, _("Dit staat nu in het dossier."))
    return redirect("desk_consult_thread", patient, consult)


def _look_again(
    request: FaceRequest, patient_id: PersonId, consult_id: ConsultId, rows: list[LineForm], refusal: Refused
) -> HttpResponse:
    """The page for the record in which it belongs now, with all that was typed."""
    source = get_journal_source(viewer=request.viewer, patient_id=patient_id, consult_id=consult_id, now=request.now)
    values = request.POST.copy()
    values["record"] = str(source.concerns_id)
    values["episode"] = NEW if values.get("episode") == NEW else LOOSE
    form = EntryForm(values, source=source)
    form.add_error(None, refusal.message)
    return _page(request, source, form, rows, 409)


def _count(request: FaceRequest) -> int:
    """How many rows stand on the page that was sent."""
    text = request.POST.get("rows", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return min(number, MOST_LINES)


def _errors(form: EntryForm, rows: list[LineForm]) -> list[ErrorLink]:
    """One summary for the form and its rows; a line about a row says which (ux 9)."""
    links = error_links(form=form) if form.is_bound else []
    for number, row in enumerate(rows, start=1):
        if row.is_bound:
            links += [
                ErrorLink(message=_("Regel %(n)s. %(error)s") % {"n": number, "error": one.message}, target=one.target)
                for one in error_links(form=row)
            ]
    return links


def _page(
    request: FaceRequest, source: JournalSource, form: EntryForm, rows: list[LineForm], status: int = 200
) -> HttpResponse:
    context = {
        **around(request, source.concerns_id),
        # Whose record it is that one writes in: the question may be another's.
        "patient": patient_card(patient_id=source.concerns_id, now=request.now),
        "source": source,
        "is_moved": source.concerns_id != source.patient_id,
        "form": form,
        "errors": _errors(form, rows),
        "rows": rows,
        "row_count": len(rows),
        "kind_of_contact": KIND_OF_CONTACT,
        "here": request.path,
    }
    return render(request, "desk/consult/journal.html", context, status=status)
