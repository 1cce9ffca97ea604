"""`Verwerk postbericht`: decide what a patient reads of a laboratory report (REQ 62 to 64; R1, R2; ux 50)."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.queries.invited import list_bookable
from zorgbalie.faces.desk.lab.forms import DecisionForm, initial_of
from zorgbalie.faces.desk.lab.terms import opened_with, preview_with, shown, terms_of, ticked_in
from zorgbalie.faces.desk.lab.words import STATE_NAMES, STATUS_NAMES, done_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import LabReportId, PersonId
from zorgbalie.kernel.language_meter import Measure
from zorgbalie.record.actions.lab_decisions import check_decision, decide_on_report
from zorgbalie.record.actions.lab_terms import check_terms
from zorgbalie.record.queries import glossary
from zorgbalie.record.queries.lab import get_lab_report, list_templates
from zorgbalie.record.queries.language import measure_language
from zorgbalie.record.types.lab import DeskLabReport, LabAction, LabDecision, ReportDecided
from zorgbalie.ui.types import GlossaryTerm

_ACTIONS = {
    "publiceren": LabAction.PUBLISH,
    "uitnodigen": LabAction.INVITE,
    "opslaan": LabAction.SAVE,
    "afronden": LabAction.CLOSE,
}
_ASKED_TWICE = (LabAction.PUBLISH, LabAction.INVITE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Which report of whom."""

    patient_id: PersonId
    report_id: LabReportId


@require_http_methods(["GET", "HEAD", "POST"])
def process(request: HttpRequest, patient_id: int, report_id: int) -> HttpResponse:
    """The report, the form, and what the patient would see of it."""
    asked = cast(FaceRequest, request)
    place = _Place(patient_id=PersonId(patient_id), report_id=LabReportId(report_id))
    templates = list_templates(
        viewer=asked.viewer, patient_id=place.patient_id, report_id=place.report_id, now=asked.now
    )
    bookable = list_bookable(viewer=asked.viewer)
    if asked.method == "POST":
        return _answer(asked, place, DecisionForm(asked.POST, templates=templates, bookable=bookable))
    report = _report(asked, place, None)
    rules = terms_of(asked, place.patient_id, place.report_id, ticked_in(report))
    initial = {**initial_of(report), **opened_with(report, rules, local_date(asked.now))}
    return _page(
        asked, place, preview_with(report, rules), DecisionForm(initial=initial, templates=templates, bookable=bookable)
    )


def _answer(request: FaceRequest, place: _Place, form: DecisionForm) -> HttpResponse:
    wish = request.POST.get("doen", "")
    action = _ACTIONS.get(wish)
    if not form.is_valid():
        return _page(request, place, _report(request, place, None), form, 422)
    draft = form.decision(action=action or LabAction.SAVE, ticked=request.POST.getlist("toon"))
    report = _report(request, place, draft)
    if action is None:
        return _look_again(request, place, form, report, fill=wish == "sjabloon")
    if not report.can_decide:
        messages.warning(request, _("Deze uitslag is al verwerkt. Er is nu niets gewijzigd."))
        return redirect("desk_lab_process", place.patient_id, place.report_id)
    try:
        check_decision(state=report.state, decision=draft, now=request.now)
        rules = terms_of(request, place.patient_id, place.report_id, draft.shared)
        check_terms(terms=rules, decision=draft, now=request.now)
        if action in _ASKED_TWICE and "zeker" not in request.POST:
            return _confirm(request, place, report, form, draft, wish)
        state = decide_on_report(
            viewer=request.viewer,
            patient_id=place.patient_id,
            report_id=place.report_id,
            decision=draft,
            now=request.now,
        )
    except ReportDecided as refusal:
        messages.warning(request, refusal.message)
        return redirect("desk_lab_process", place.patient_id, place.report_id)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, place, report, form, 422)
    messages.success(request, done_words(state, report.patient.full_name, reads_online=report.reads_online))
    return redirect("desk_inbox_list")


def _look_again(
    request: FaceRequest, place: _Place, form: DecisionForm, report: DeskLabReport, *, fill: bool
) -> HttpResponse:
    """The page with another text or other ticks; htmx asks for the patient's side alone."""
    template = form.chosen_template() if fill else None
    if template is not None:
        texts = {"conclusion": template.conclusion, "advice": template.advice}
        filled = DecisionForm(initial={**form.cleaned_data, **texts}, templates=form.templates, bookable=form.bookable)
        draft = form.decision(action=LabAction.SAVE, ticked=request.POST.getlist("toon"))
        written = replace(draft, conclusion=template.conclusion, advice=template.advice)
        return _page(request, place, _report(request, place, written), filled)
    if request.headers.get("HX-Request"):
        looked = {"report": report, "terms": _terms(), "language": _language(request, form)}
        return render(request, "desk/lab/_looked.html", looked)
    return _page(request, place, report, form)


def _confirm(
    request: FaceRequest,
    place: _Place,
    report: DeskLabReport,
    form: DecisionForm,
    draft: LabDecision,
    wish: str,
) -> HttpResponse:
    """Exactly what the patient will see, and a button with a verb (ux 50)."""
    kept = [(name, value) for name in form.fields for value in [request.POST.get(name, "")] if value]
    kept += [("toon", str(one)) for one in sorted(draft.shared)]
    values = {
        "report": report,
        "wish": wish,
        "kept": kept,
        "draft": draft,
        "booking_href": "#" if draft.booking else "",
        "language": _language(request, form),
        "today": local_date(request.now),
        "values_shown": len(report.preview.values),
        "values_left_out": len(report.results) - len(report.preview.values),
    }
    return _render(request, place, "confirm", report, values, 200)


def _page(
    request: FaceRequest, place: _Place, report: DeskLabReport, form: DecisionForm, status: int = 200
) -> HttpResponse:
    values = {
        "report": report,
        "form": form,
        "language": _language(request, form),
        "state_name": STATE_NAMES[report.state],
        "status_name": STATUS_NAMES[report.status],
        "versions": [(one, STATUS_NAMES[one.status], STATE_NAMES[one.state]) for one in report.versions],
    }
    return _render(request, place, "process", report, values, status)


def _render(
    request: FaceRequest, place: _Place, name: str, report: DeskLabReport, values: dict[str, Any], status: int
) -> HttpResponse:
    rules = terms_of(request, place.patient_id, place.report_id, ticked_in(report))
    values["rules"] = shown(rules, request.now)
    frame = {**around(request, place.patient_id), "patient": report.patient, "terms": _terms(), "here": request.path}
    return render(request, f"desk/lab/{name}.html", {**frame, **values}, status=status)


def _report(request: FaceRequest, place: _Place, draft: LabDecision | None) -> DeskLabReport:
    return get_lab_report(
        viewer=request.viewer, patient_id=place.patient_id, report_id=place.report_id, draft=draft, now=request.now
    )


def _language(request: FaceRequest, form: DecisionForm) -> Measure:
    """What the language meter says of the texts as they stand in the form."""
    texts = [str(form[name].value() or "") for name in ("conclusion", "advice")]
    return measure_language(viewer=request.viewer, texts=texts)


def _terms() -> list[GlossaryTerm]:
    """The words that the patient's page explains."""
    found = glossary.list_terms(language=get_language() or "nl")
    return [
        GlossaryTerm(term=term, meaning=meaning, spellings=(term[:1].upper() + term[1:],))
        for term, meaning in found.items()
    ]
