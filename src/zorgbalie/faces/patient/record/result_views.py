"""Reports of the laboratory, with what the practice says of them (REQ 16; ux 30 to 33)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.links import ask_href
from zorgbalie.faces.patient.record.views import explained, page_number, page_of
from zorgbalie.kernel.ids import LabReportId
from zorgbalie.record.queries import patient_results


@explained
def results(request: HttpRequest) -> HttpResponse:
    """All reports, the latest first."""
    asked = cast(FaceRequest, request)
    found = patient_results.list_reports(viewer=asked.viewer, now=asked.now, page=page_number(asked))
    return page_of(asked, "results", {"reports": found.items}, found)


@require_safe
def result(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report. What can frighten asks first whether one wants to read it now (ux 33)."""
    asked, wanted = cast(FaceRequest, request), LabReportId(report_id)
    if "lees" not in asked.GET and patient_results.is_upsetting(viewer=asked.viewer, report_id=wanted, now=asked.now):
        return page_of(asked, "result_wait", {"read_href": f"{asked.path}?lees=nu"})
    found = patient_results.get_report(viewer=asked.viewer, report_id=wanted, now=asked.now)
    return page_of(asked, "result", {"report": found, "ask_href": ask_href(asked, "uitslag", report_id)})
