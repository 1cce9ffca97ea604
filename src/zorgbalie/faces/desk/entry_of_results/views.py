"""`Uitslag invoeren`: a measurement of the practice or a report on paper, row by row, without script too (REQ 62)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.desk.entry_of_results.forms import FIRST_ROWS, ReportForm, ResultForm, new_token
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.actions.lab_entry import enter_report
from zorgbalie.record.queries.lab_entry import get_entry_place
from zorgbalie.record.types.lab_entry import MOST_RESULTS, EntryPlace
from zorgbalie.ui.forms import ErrorLink, error_links


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The form; on sending the report goes to the inbox, where somebody decides what the patient reads."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    place = get_entry_place(viewer=asked.viewer, patient_id=patient, now=asked.now)
    if asked.method != "POST":
        return _page(asked, patient, place, _empty_form(asked, place), _rows(asked, FIRST_ROWS))
    form = ReportForm(asked.POST, account_names=place.account_names)
    rows = _rows(asked, _count(asked))
    if asked.POST.get("doen") == "rij":
        kept = ReportForm(initial=asked.POST.dict(), account_names=place.account_names)
        more = _rows(asked, min(_count(asked) + 1, MOST_RESULTS), bound=False)
        return _page(asked, patient, place, kept, more)
    filled = [row for row in rows if row.is_filled()]
    # Every row is checked, also after a wrong one: all messages at once.
    wrong = [row for row in filled if not row.is_valid()]
    if not form.is_valid() or wrong:
        return _page(asked, patient, place, form, rows, 422)
    try:
        typed = form.report(tuple(row.result() for row in filled))
        received = enter_report(viewer=asked.viewer, patient_id=patient, typed=typed, now=asked.now)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(asked, patient, place, form, rows, 422)
    messages.success(request, _("De uitslag is bewaard. De patiënt ziet hem pas als u hem publiceert."))
    return redirect("desk_lab_process", patient, received.report_id)


def _count(request: FaceRequest) -> int:
    """How many rows stand on the page that was sent."""
    text = request.POST.get("rows", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else FIRST_ROWS
    return min(max(number, 1), MOST_RESULTS)


def _rows(request: FaceRequest, count: int, *, bound: bool = True) -> list[ResultForm]:
    """The rows, each with a prefix of its own; `bound` ones are checked, the others only keep what was typed."""
    if request.method == "POST" and bound:
        return [ResultForm(request.POST, prefix=f"r{number}") for number in range(count)]
    return [
        ResultForm(
            prefix=f"r{number}",
            initial={name: request.POST.get(f"r{number}-{name}", "") for name in ResultForm.base_fields},
        )
        for number in range(count)
    ]


def _empty_form(request: FaceRequest, place: EntryPlace) -> ReportForm:
    initial = {
        "token": new_token(),
        "day": local_date(request.now),
        "source": "praktijk",
        "for_account": place.patients_account,
    }
    return ReportForm(initial=initial, account_names=place.account_names)


def _errors(form: ReportForm, rows: list[ResultForm]) -> list[ErrorLink]:
    """One summary for the form and its rows; a line about a row says which (ux 9)."""
    links = error_links(form=form) if form.is_bound else []
    for number, row in enumerate(rows, start=1):
        if row.is_bound:
            links += [
                ErrorLink(message=_("Rij %(n)s. %(error)s") % {"n": number, "error": one.message}, target=one.target)
                for one in error_links(form=row)
            ]
    return links


def _page(
    request: FaceRequest,
    patient_id: PersonId,
    place: EntryPlace,
    form: ReportForm,
    rows: list[ResultForm],
    status: int = 200,
) -> HttpResponse:
    context = {
        **around(request, patient_id),
        "patient": place.patient,
        "form": form,
        "errors": _errors(form, rows),
        "rows": rows,
        "row_count": len(rows),
        "can_add": len(rows) < MOST_RESULTS,
        "here": request.path,
    }
    return render(request, "desk/entry_of_results/form.html", context, status=status)
