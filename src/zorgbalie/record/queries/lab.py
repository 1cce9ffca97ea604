"""A laboratory report on the screen of who decides on it (REQ 62 to 64)."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import reads_results_online
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import LabReportId, LabResultId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.queries import shown_scope
from zorgbalie.record.queries.lab_rows import Words, observation_of, report_day, shown_report
from zorgbalie.record.queries.letters import offered_letters
from zorgbalie.record.queries.patient_results import former_versions
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.rules.lab import fill_template
from zorgbalie.record.rules.shown import NOT_TRUE
from zorgbalie.record.types.lab import (
    DeskLabReport,
    DeskLabResult,
    LabDecision,
    LabVersion,
    ReportState,
    ReportStatus,
    Template,
)
from zorgbalie.record.types.results import ShownReport
from zorgbalie.ui.formats import day_date


def get_lab_report(
    *, viewer: Viewer, patient_id: PersonId, report_id: LabReportId, draft: LabDecision | None, now: datetime
) -> DeskLabReport:
    """A report with what the patient would see of it: as stored, or with the ticks and texts of `draft`.

    Before anybody decided all results are ticked. Raises NotAllowed, NotVisible. Audit: `lab.read`. Source: REQ 62; R1.
    """
    grant = _open(viewer, patient_id, report_id, now)
    row = find_report_row(grant=grant, report_id=report_id)
    results = list(row.results.order_by("position"))
    ticked = _ticked(row, results, draft)
    names = practices.list_employee_names(employee_ids=[row.decided_by_id] if row.decided_by_id else [])
    return DeskLabReport(
        patient=patient_card(patient_id=patient_id, now=now),
        report_id=LabReportId(row.pk),
        revision=row.revision,
        state=ReportState(row.state),
        status=ReportStatus(row.status),
        laboratory=row.laboratory,
        report_number=row.report_number,
        requested_by=row.requested_by_name or row.requested_by_agb,
        sampled_at=row.sampled_at,
        reported_at=row.reported_at,
        remark=row.remark,
        results=tuple(_result(one, row, ticked) for one in results),
        versions=_versions(row),
        conclusion=row.conclusion,
        advice=row.advice,
        is_upsetting=row.is_upsetting,
        publish_on=row.publish_on,
        published_at=row.published_at,
        decided_at=row.decided_at,
        decided_by_name=names.get(row.decided_by_id or 0, ""),
        reads_online=reads_results_online(viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, now=now),
        practice_phone=practices.get_practice_card(practice_id=grant.practice_id).phone,
        preview=_preview(viewer, grant, row, [one for one in results if one.pk in ticked], draft, now),
    )


def list_templates(*, viewer: Viewer, patient_id: PersonId, report_id: LabReportId, now: datetime) -> list[Template]:
    """The practice's template letters and the viewer's own, filled in for this patient (REQ 64).

    Fields: {naam}, {datum} (of the sample), {praktijk}, {telefoon}, {arts}. Raises NotAllowed, NotVisible.
    Audit: `lab.read`.
    """
    grant = _open(viewer, patient_id, report_id, now)
    row = find_report_row(grant=grant, report_id=report_id)
    card = practices.get_practice_card(practice_id=grant.practice_id)
    fields = {
        "naam": people.list_names(person_ids=[patient_id])[patient_id].full_name,
        "datum": day_date(value=report_day(row)),
        "praktijk": card.name,
        "telefoon": card.phone,
        "arts": viewer.name,
    }
    return [
        Template(
            template_id=one.pk,
            title=one.title,
            conclusion=fill_template(text=one.conclusion, fields=fields),
            advice=fill_template(text=one.advice, fields=fields),
            is_personal=one.employee_id is not None,
        )
        for one in offered_letters(viewer=viewer, practice_id=grant.practice_id)
    ]


def find_report_row(*, grant: Grant, report_id: LabReportId) -> LabReport:
    """The row within a grant, for this app's actions. Raises NotVisible."""
    row = LabReport.objects.filter(
        pk=report_id, patient_id=grant.patient_id, practice_id=grant.practice_id
    ).first()  # fmt: skip
    if row is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    return row


def _open(viewer: Viewer, patient_id: PersonId, report_id: LabReportId, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.LAB_REPORTS,
        use=Use.READ,
        event="lab.read",
        now=now,
        object_type="lab_report",
        object_id=report_id,
    )


def _ticked(row: LabReport, results: list[LabResult], draft: LabDecision | None) -> set[int]:
    if draft is not None:
        return {one.pk for one in results if one.pk in draft.shared}
    if row.state == ReportState.NEW:
        return {one.pk for one in results if one.status not in NOT_TRUE}
    return {one.pk for one in results if one.shared}


def _result(row: LabResult, report: LabReport, ticked: set[int]) -> DeskLabResult:
    return DeskLabResult(
        result_id=LabResultId(row.pk),
        group_title=row.group_title,
        code=row.code,
        flag=row.flag,
        shared=row.pk in ticked,
        value=rows_as.value(observation_of(row, report)),
    )


def _versions(row: LabReport) -> tuple[LabVersion, ...]:
    same = LabReport.objects.filter(
        patient_id=row.patient_id,
        practice_id=row.practice_id,
        laboratory=row.laboratory,
        report_number=row.report_number,
    )
    return tuple(
        LabVersion(
            report_id=LabReportId(one.pk),
            status=ReportStatus(one.status),
            state=ReportState(one.state),
            reported_at=one.reported_at,
            published_at=one.published_at,
        )
        for one in same.exclude(pk=row.pk).order_by("-reported_at", "-pk")[:20]
    )


def _preview(
    viewer: Viewer, grant: Grant, row: LabReport, results: Iterable[LabResult], draft: LabDecision | None, now: datetime
) -> ShownReport:
    today = local_date(now)
    scope = shown_scope.release_scope(
        grant=grant,
        kinds=frozenset({DataKind.OBSERVATIONS}),
        rules=practices.get_showing_rules(practice_id=grant.practice_id),
        today=today,
        hidden=None,
    )
    text = draft or row
    words = Words(
        conclusion=text.conclusion,
        advice=text.advice,
        is_upsetting=text.is_upsetting,
        doctor_name=viewer.name,
        published_on=text.publish_on or today,
    )
    values = [observation_of(one, row) for one in results if one.status not in NOT_TRUE]
    first = scope.bounds.results_from
    return shown_report(
        report=row,
        words=words,
        values=[one for one in values if one.observed_on >= first],
        scope=scope,
        former=list(former_versions(report=row)),
    )
