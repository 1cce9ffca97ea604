"""A laboratory report comes in: kept as it is, shown to no patient, and put in the inbox (REQ 62; R1)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import AccountId, LabReportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.record.rules.lab import find_requester, is_older
from zorgbalie.record.types.lab import (
    NewLabReport,
    NewLabResult,
    ReceivedReport,
    ReportState,
    ReportStatus,
    has_alarming_flag,
)
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

_REPORT_FIELDS = tuple(name for name in NewLabReport.__dataclass_fields__ if name != "results")
_WAITING = (ReportState.NEW, ReportState.SAVED, ReportState.SCHEDULED)
_RESULT_FIELDS = tuple(NewLabResult.__dataclass_fields__)


def receive_report(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, report: NewLabReport, now: datetime
) -> ReceivedReport:
    """Keep a report, unshared, and put it in the inbox of who asked for it.

    The same message twice is recognised by its digest. A later version of the same report (laboratory and number)
    takes the place of the former, which is kept; what was published stays visible until the later one is published.
    Raises NotVisible, NotAllowed. Audit: `lab.receive`.
    """
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.LAB_REPORTS,
        use=Use.CHANGE,
        event="lab.receive",
        now=now,
        action=AuditAction.CREATE,
        object_type="lab_report",
        object_id=report.report_number,
        detail={"status": report.status, "results": len(report.results)},
    )
    with transaction.atomic():
        known = _versions(grant, report).filter(digest=report.digest).values_list("pk", flat=True).first()
        if known is not None:
            return ReceivedReport(report_id=LabReportId(known), was_known=True)
        return _store_version(viewer, grant, report, now)


def _versions(grant: Grant, report: NewLabReport) -> QuerySet[LabReport]:
    rows = LabReport.objects.filter(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        laboratory=report.laboratory,
        report_number=report.report_number,
    )
    return rows.order_by("-reported_at", "-pk")


def _store_version(viewer: Viewer, grant: Grant, report: NewLabReport, now: datetime) -> ReceivedReport:
    former = _versions(grant, report).select_for_update().first()
    overtaken = former is not None and is_older(
        status=report.status,
        reported_at=report.reported_at,
        than_status=ReportStatus(former.status),
        than_reported_at=former.reported_at,
    )
    row = _store(grant, report, now, supersedes=None if overtaken else former)
    if overtaken:
        row.state = ReportState.REPLACED
        row.save(update_fields=["state"])
    else:
        _set_aside(viewer, grant, report, row, now)
        _put_in_inbox(grant, report, row)
    return ReceivedReport(report_id=LabReportId(row.pk), was_known=False)


def _store(grant: Grant, report: NewLabReport, now: datetime, *, supersedes: LabReport | None) -> LabReport:
    whose = {"patient_id": grant.patient_id, "practice_id": grant.practice_id}
    accounts = practices.list_accounts(practice_id=grant.practice_id)
    row = LabReport.objects.create(
        **whose,
        **{name: getattr(report, name) for name in _REPORT_FIELDS},
        account_id=find_requester(accounts=accounts, agb=report.requested_by_agb, name=report.requested_by_name),
        supersedes=supersedes,
        received_at=now,
    )
    LabResult.objects.bulk_create(
        LabResult(**whose, report=row, position=position, **{name: getattr(result, name) for name in _RESULT_FIELDS})
        for position, result in enumerate(report.results, start=1)
    )
    return row


def _set_aside(viewer: Viewer, grant: Grant, report: NewLabReport, row: LabReport, now: datetime) -> None:
    """Close what waits on earlier versions: nobody decides on them any more, and none is published later."""
    earlier = _versions(grant, report).exclude(pk=row.pk).filter(state__in=_WAITING)
    for pk in list(earlier.values_list("pk", flat=True)):
        for kind in (ItemKind.LAB_REPORT, ItemKind.ACTION):
            worklist.finish_items(viewer=viewer, practice_id=grant.practice_id, kind=kind, about_id=pk, now=now)
    earlier.update(state=ReportState.REPLACED, publish_on=None)


def _put_in_inbox(grant: Grant, report: NewLabReport, row: LabReport) -> None:
    worklist.add_item(
        practice_id=grant.practice_id,
        kind=ItemKind.LAB_REPORT,
        about_id=row.pk,
        person_id=grant.patient_id,
        for_right=StaffRight.PUBLISH_RESULTS,
        is_urgent=has_alarming_flag(flags=[result.flag for result in report.results]),
        account_id=AccountId(row.account_id) if row.account_id else None,
    )
