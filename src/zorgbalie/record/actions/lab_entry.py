"""A typed result goes the way of every report: kept, in the inbox, shown after a decision (REQ 62; R1)."""

from datetime import datetime, time
from hashlib import sha256

from django.db import IntegrityError
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import LabReportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.actions.lab import receive_report
from zorgbalie.record.models import LabReport
from zorgbalie.record.queries.lab_entry import may_enter_results
from zorgbalie.record.rules.lab_entry import flag_of
from zorgbalie.record.types.lab import NewLabReport, NewLabResult, ReceivedReport, ReportStatus
from zorgbalie.record.types.lab_entry import MOST_RESULTS, EntryNotUsable, TypedReport, TypedResult

NHG_CODES = "https://referentiemodel.nhg.org/tabellen/nhg-tabel-45-diagnostische-bepalingen"
_NOON = time(12)
_SAME = ("title", "code", "value_number", "value_comparator", "value_text", "unit", "reference_low", "reference_high")


def enter_report(*, viewer: Viewer, patient_id: PersonId, typed: TypedReport, now: datetime) -> ReceivedReport:
    """Keep a typed report, unshared, and put it in the inbox; the same form twice is one report (security row 48).

    Raises NotVisible, NotAllowed, EntryNotUsable (nothing filled in, a day to come, or the form was sent before with
    other values). Audit: `lab.receive` and `lab.enter`. Source: REQ 62; R1.
    """
    if viewer.practice_id is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    if may_enter_results(viewer=viewer, patient_id=patient_id, now=now):
        _check(patient_id, typed, now)
    report = _report(viewer, typed, now)
    received = _receive_once(viewer, patient_id, viewer.practice_id, report, now)
    if received.was_known:
        _check_same(received.report_id, report)
    else:
        gate.log_change(
            viewer=viewer,
            event="lab.enter",
            action=AuditAction.CREATE,
            object_type="lab_report",
            object_id=received.report_id,
            patient_id=patient_id,
        )
    return received


def _receive_once(
    viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, report: NewLabReport, now: datetime
) -> ReceivedReport:
    """Of two presses at once the database lets one through; the other then finds that report."""
    for _attempt in range(2):
        try:
            return receive_report(viewer=viewer, patient_id=patient_id, practice_id=practice_id, report=report, now=now)
        except IntegrityError:
            continue
    raise EntryNotUsable(_("Deze uitslag wordt net bewaard. Kijk in het postvak."))


def _check(patient_id: PersonId, typed: TypedReport, now: datetime) -> None:
    """Before anything is stored; not asked for somebody else's patient, whom the gate refuses next."""
    if not typed.results:
        raise EntryNotUsable(_("Vul ten minste één bepaling in."))
    if len(typed.results) > MOST_RESULTS:
        raise EntryNotUsable(_("U kunt 40 bepalingen tegelijk invoeren."))
    born = people.list_names(person_ids=[patient_id])[patient_id].birth_date
    if not born <= typed.day <= local_date(now):
        raise EntryNotUsable(_("Kies een dag na de geboorte en niet later dan vandaag."), field="day")


def _report(viewer: Viewer, typed: TypedReport, now: datetime) -> NewLabReport:
    assert viewer.practice_id is not None  # noqa: S101  (tells mypy what the caller checked)
    noon = datetime.combine(typed.day, _NOON, tzinfo=AMSTERDAM)
    key = sha256(typed.token.encode()).hexdigest()
    return NewLabReport(
        laboratory=typed.laboratory or practices.get_practice_card(practice_id=viewer.practice_id).name,
        report_number=f"INVOER-{key[:12].upper()}",
        digest=key,
        status=ReportStatus.FINAL,
        reported_at=now,
        sampled_at=min(noon, now),
        requested_by_name=typed.for_account,
        results=tuple(_result(result) for result in typed.results),
    )


def _result(typed: TypedResult) -> NewLabResult:
    return NewLabResult(
        title=typed.title,
        code=typed.code,
        code_system=NHG_CODES if typed.code else "",
        value_number=typed.number,
        value_comparator=typed.comparator,
        value_text=typed.text,
        unit=typed.unit,
        reference_low=typed.low,
        reference_high=typed.high,
        flag=flag_of(result=typed),
    )


def _check_same(report_id: LabReportId, report: NewLabReport) -> None:
    """A second sending with other values is no repetition: it is refused, and the first stays."""
    row = LabReport.objects.get(pk=report_id)
    kept = [tuple(getattr(one, name) for name in _SAME) for one in row.results.order_by("position")]
    sent = [tuple(getattr(one, name) for name in _SAME) for one in report.results]
    if kept != sent or row.laboratory != report.laboratory:
        raise EntryNotUsable(_("Dit formulier is al verstuurd, met andere waarden. Open een nieuw formulier."))
