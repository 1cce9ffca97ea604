"""What the practice's rules and the patient's wish say of publishing one report."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import LabReportId, LabResultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.record.queries.lab import find_report_row
from zorgbalie.record.queries.result_kinds import list_rules
from zorgbalie.record.queries.wishes import list_wishes
from zorgbalie.record.rules.result_kinds import find_objection, find_rules, make_terms
from zorgbalie.record.types.lab import ReportState
from zorgbalie.record.types.result_kinds import Determination, Objection, PublicationTerms, Wishes


def get_terms(
    *, viewer: Viewer, patient_id: PersonId, report_id: LabReportId, ticked: Iterable[LabResultId], now: datetime
) -> PublicationTerms:
    """What holds for publishing the ticked results. Raises NotAllowed, NotVisible. Audit: `lab.read`, `wishes.read`."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    grant = gate.open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=viewer.practice_id, kind=DataKind.LAB_REPORTS, use=Use.READ,
        event="lab.read", now=now, object_type="lab_report", object_id=report_id,
    )  # fmt: skip
    row = find_report_row(grant=grant, report_id=report_id)
    wishes = list_wishes(viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, now=now)
    return read_terms(row=row, wishes=wishes, ticked=ticked, has_spoken=row.told_at is not None)


def read_terms(*, row: LabReport, wishes: Wishes, ticked: Iterable[int], has_spoken: bool) -> PublicationTerms:
    """The same for a row and wishes that this app holds already; two queries. With nothing ticked all results count."""
    chosen = set(ticked)
    results = list(LabResult.objects.filter(report=row).order_by("position"))
    counted = [one for one in results if one.pk in chosen] or results
    applied = find_rules(
        rules=list_rules(practice_id=PracticeId(row.practice_id)),
        results=[Determination(code=one.code, title=one.title, group_title=one.group_title) for one in counted],
    )
    return make_terms(
        applied=applied, wishes=wishes, received_on=local_date(row.received_at), has_spoken=has_spoken
    )  # fmt: skip


def find_due_objection(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, report_id: LabReportId, now: datetime
) -> tuple[int, Objection | None] | None:
    """The revision of a planned report, and what speaks against publishing it today; None when it is not planned.

    For this app's actions. Rules and wish are those of this moment, not those of when it was planned. Raises
    NotVisible. Audit: `wishes.read`.
    """
    wishes = list_wishes(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    planned = LabReport.objects.filter(patient_id=patient_id, practice_id=practice_id, state=ReportState.SCHEDULED)
    row = planned.filter(pk=report_id).first()
    if row is None:
        return None
    shared = list(LabResult.objects.filter(report=row, shared=True).values_list("pk", flat=True))
    has_spoken = row.told_at is not None
    terms = read_terms(row=row, wishes=wishes, ticked=shared, has_spoken=has_spoken)
    return row.revision, find_objection(terms=terms, day=local_date(now), has_spoken=has_spoken)
