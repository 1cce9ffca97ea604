"""`Toegangslog` of one patient with its files, and notices that did not arrive (REQ 61; NEN 7513)."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.access.log_types import LogTooLong
from zorgbalie.access.queries import access_log
from zorgbalie.audit.types import LogLine
from zorgbalie.faces.desk.log import words
from zorgbalie.faces.desk.log.forms import LogFilterForm
from zorgbalie.faces.desk.log.spreadsheet import csv_bytes
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.listing import PAGE_SIZE, Listing
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.messaging.queries.undelivered import list_undelivered
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.ui import formats

RIGHTS = (
    StaffRight.READ_ACCESS_LOG,
    StaffRight.EMERGENCY_ACCESS,
    StaffRight.MANAGE_PRACTICE,
    StaffRight.INVITE_PATIENT,
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Which of these pages are for this employee."""
    viewer = cast(FaceRequest, request).viewer
    may = [right.value for right in RIGHTS if viewer.has_right(right)]
    if not may:
        raise NotAllowed("log")
    return render(request, "desk/log/overview.html", {"may": may})


@require_safe
def patient(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The log of one patient, line by line."""
    asked = cast(FaceRequest, request)
    form = LogFilterForm(request.GET)
    form.is_valid()
    found = access_log.list_desk_log(
        viewer=asked.viewer,
        patient_id=PersonId(patient_id),
        wanted=form.wanted(),
        page=page_number(request),
        now=asked.now,
    )
    context = {
        "form": form,
        "patient_id": patient_id,
        "patient_name": access_log.patient_name(patient_id=PersonId(patient_id)),
        "rows": [
            (line, _deed(line), words.role_words(line), words.basis_words(line), words.fields_of(line))
            for line in found.rows
        ],
        "total": found.total,
        "page": page_of(found),
        "query": request.GET.urlencode(),
        "is_filtered": form.wanted() != LogFilterForm({}).wanted(),
    }
    return render(request, "desk/log/patient.html", context)


@require_safe
def csv_file(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The same lines as a file for a spreadsheet."""
    lines = _export(request, patient_id, access_log.MOST_IN_CSV)
    if lines is None:
        return _too_long(request, patient_id)
    fields = [words.fields_of(line) for line in lines]
    head = [name for name, _value in fields[0]] if fields else [_("Nummer")]
    content = csv_bytes(head=head, rows=([value for _name, value in row] for row in fields))
    return _file(content, "text/csv; charset=utf-8", "toegangslog.csv")


@require_safe
def pdf_file(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The same lines as a PDF."""
    asked = cast(FaceRequest, request)
    lines = _export(request, patient_id, access_log.MOST_IN_DESK_PDF)
    if lines is None:
        return _too_long(request, patient_id)
    name = access_log.patient_name(patient_id=PersonId(patient_id))
    content = render_pdf(template="access/desk_log", now=asked.now, data=_pdf_data(asked, name, lines))
    return _file(content, "application/pdf", "toegangslog.pdf")


@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """Notices that did not arrive: the desk tells the patient in another way."""
    asked = cast(FaceRequest, request)
    number = page_number(request)
    first = (number - 1) * PAGE_SIZE
    found = list_undelivered(viewer=asked.viewer, now=asked.now, first=first, size=PAGE_SIZE)
    paginator = Paginator(range(found.total), PAGE_SIZE)
    context = {
        "rows": [(row, _KINDS[row.kind]()) for row in found.rows],
        "page": paginator.get_page(number),
        "total": found.total,
        "leads_back": any(asked.viewer.has_right(right) for right in RIGHTS if right is not StaffRight.INVITE_PATIENT),
    }
    return render(request, "desk/log/undelivered.html", context)


_KINDS = {
    NoticeKind.RECORD_RELEASED: lambda: _("dossier vrijgegeven"),
    NoticeKind.REQUEST_ANSWERED: lambda: _("antwoord op verzoek"),
    NoticeKind.CONSULT_ANSWERED: lambda: _("bericht over een antwoord"),
    NoticeKind.APPOINTMENT_REMINDER: lambda: _("herinnering aan een afspraak"),
    NoticeKind.APPOINTMENT_CHANGED: lambda: _("bericht dat een afspraak is gewijzigd"),
    NoticeKind.EARLIER_TIME: lambda: _("bericht dat er eerder plaats is"),
    NoticeKind.CONSULT_DELAYED: lambda: _("bericht over een antwoord dat later komt"),
    NoticeKind.PRACTICE_MESSAGE: lambda: _("bericht van de praktijk"),
    NoticeKind.RESULT_READY: lambda: _("bericht over een uitslag"),
    NoticeKind.DOCUMENT_READY: lambda: _("bericht over een brief"),
    NoticeKind.CORRECTION_ANSWERED: lambda: _("antwoord op correctieverzoek"),
    NoticeKind.AGREEMENT: lambda: _("afspraken"),
    NoticeKind.EMERGENCY_ACCESS: lambda: _("noodtoegang"),
    NoticeKind.EXPORT_READY: lambda: _("bericht over een bewaard dossier"),
    NoticeKind.INVITATION: lambda: _("uitnodiging"),
    NoticeKind.ADDRESS_CHECK: lambda: _("code voor e-mailadres"),
}


def page_number(request: HttpRequest) -> int:
    """The page in the address; the first for what is no number."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def page_of(found: Listing[Any]) -> "Page[Any]":
    """What the pagination draws."""
    return Paginator(range(found.total), found.size).get_page(found.number)


def _export(request: HttpRequest, patient_id: int, most: int) -> tuple[LogLine, ...] | None:
    asked = cast(FaceRequest, request)
    form = LogFilterForm(request.GET)
    form.is_valid()
    try:
        return access_log.export_desk_log(
            viewer=asked.viewer, patient_id=PersonId(patient_id), wanted=form.wanted(), most=most, now=asked.now
        )
    except LogTooLong:
        return None


def _too_long(request: HttpRequest, patient_id: int) -> HttpResponse:
    messages.warning(request, _("Dit zijn te veel regels voor één bestand. Kies een kortere periode."))
    return redirect(f"{reverse('desk_log_patient', args=[patient_id])}?{request.GET.urlencode()}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _pdf_data(request: FaceRequest, name: str, lines: tuple[LogLine, ...]) -> dict[str, object]:
    return {
        "language": get_language() or "nl",
        "title": _("Toegangslog van %(name)s") % {"name": name},
        "sender": request.viewer.organisation,
        "footer": request.viewer.organisation,
        "page_words": [_("Pagina"), _("van")],
        "lead": _("Gemaakt op %(moment)s door %(who)s.")
        % {"moment": formats.long_moment(value=request.now), "who": request.viewer.name},
        "columns": [_("Tijdstip"), _("Wie"), _("Wat"), _("Grond en doel"), _("Herkomst")],
        "rows": [_pdf_row(line) for line in lines],
    }


def _deed(line: LogLine) -> str:
    return " ".join(part for part in (words.kind_words(line), words.action_words(line)) if part)


def _pdf_row(line: LogLine) -> list[object]:
    marks = [_("NOODTOEGANG")] if line.emergency else []
    marks += [_("GEWEIGERD")] if line.refused else []
    return [
        formats.short_moment(value=line.recorded_at),
        "\n".join([f"{line.user_name} ({line.user_id})", words.role_words(line), line.organisation_name]),
        "\n".join(
            [*marks, f"{line.event}, {words.action_words(line)}", f"{line.kind} {line.object_type} {line.object_id}"]
        ),
        "\n".join([words.basis_words(line), line.relation, line.purpose]),
        "\n".join([line.network_address, line.request_id, line.source_id]),
        bool(marks),
    ]
