"""Laboratory reports as frozen values, for the patient's page and the desk's preview alike (ux 50).

A result that is not published yet is made into the row that publishing would store, unsaved, so that the two screens
cannot differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import LabReportId
from zorgbalie.record.models import LabReport, LabResult, Observation
from zorgbalie.record.queries import said, shown, shown_scope
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.lab import ReportStatus
from zorgbalie.record.types.results import FormerVersion, ReportValue, ShownReport

_SAME = (
    "code_system", "code", "title", "value_number", "value_comparator", "value_text", "unit", "unit_code",
    "reference_low", "reference_high", "reference_text", "remark",
)  # fmt: skip
_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the practice writes with a report: stored, or being typed at the desk."""

    conclusion: str
    advice: str
    is_upsetting: bool
    doctor_name: str
    published_on: date


def report_day(report: LabReport) -> date:
    """The day that stands above a report: when the sample was taken, else when the laboratory reported."""
    return local_date(report.sampled_at or report.reported_at)


def observation_of(result: LabResult, report: LabReport) -> Observation:
    """The row of the record that publishing this result stores; unsaved."""
    moment = result.observed_at or report.sampled_at or report.reported_at
    return Observation(
        patient_id=report.patient_id,
        practice_id=report.practice_id,
        lab_report=report,
        author_name=report.laboratory,
        category=Observation.Category.LABORATORY,
        interpretation=result.flag,
        status=ReportStatus.PRELIMINARY if report.status == ReportStatus.PRELIMINARY else result.status,
        observed_on=local_date(moment),
        observed_at=moment,
        date_precision="day",
        **{name: getattr(result, name) for name in _SAME},
    )


def shown_report(
    *,
    report: LabReport,
    words: Words,
    values: Sequence[Observation],
    scope: shown_scope.Scope,
    former: Sequence[LabReport],
) -> ShownReport:
    """A report as the patient reads it, with trends; three queries at most.

    `former`: what was published before of the same report, newest first.
    """
    return ShownReport(
        report_id=LabReportId(report.pk),
        day=report_day(report),
        laboratory=report.laboratory,
        published_on=words.published_on,
        doctor_name=words.doctor_name,
        conclusion=words.conclusion,
        advice=words.advice,
        is_upsetting=words.is_upsetting,
        is_preliminary=report.status == ReportStatus.PRELIMINARY,
        is_corrected=report.status == ReportStatus.CORRECTED,
        values=_said(_with_trends(values, scope, {one.pk for one in former}), scope),
        former=_former(former, scope),
        said=said.about(
            patient_id=scope.patient_id, practice_id=scope.practice_id, kind=RecordItem.REPORT, item_id=report.pk
        ),
    )


def _said(values: Iterable[ReportValue], scope: shown_scope.Scope) -> tuple[ReportValue, ...]:
    values = tuple(values)
    with_words = said.beside(
        patient_id=scope.patient_id, practice_id=scope.practice_id, items=[one.value for one in values]
    )
    return tuple(replace(one, value=value) for one, value in zip(values, with_words, strict=True))


def _with_trends(
    values: Sequence[Observation], scope: shown_scope.Scope, former_ids: Iterable[int]
) -> tuple[ReportValue, ...]:
    drawn = {_key(row): row for row in values if row.value_number is not None and not row.value_comparator}
    known = _trends(drawn, scope, former_ids) if drawn else {}
    return tuple(_report_value(row, known.get(_key(row), []) if _key(row) in drawn else []) for row in values)


def _trends(wanted: Iterable[_Key], scope: shown_scope.Scope, former_ids: Iterable[int]) -> dict[_Key, list[Any]]:
    """Rows of the same determinations and units, newest first, at most as many as a trend draws."""
    keys = list(wanted)
    rank = Window(
        RowNumber(), partition_by=[F("group_key"), F("unit")], order_by=[F("observed_on").desc(), F("pk").desc()]
    )
    # A version that is about to be replaced is no earlier measurement of its own.
    rows = shown_scope.observation_rows(scope=scope).filter(
        Q(lab_report__isnull=True) | ~Q(lab_report_id__in=list(former_ids)),
        group_key__in=[key for key, _unit in keys],
        value_number__isnull=False,
        value_comparator="",
    )
    found: dict[_Key, list[Any]] = {}
    for row in rows.annotate(rank=rank).filter(rank__lte=shown.TREND_POINTS):
        found.setdefault((row.group_key, row.unit), []).append(row)
    return found


def _report_value(row: Observation, same: Sequence[Observation]) -> ReportValue:
    others = [one for one in same if one.pk != row.pk]
    drawable = row.value_number is not None and not row.value_comparator
    drawn = sorted([*others, row], key=lambda one: (one.observed_on, one.pk or 0))[-shown.TREND_POINTS :]
    points = rows_as.points(drawn[::-1]) if drawable else ()
    before = [point for point in points if point.day < row.observed_on]
    return ReportValue(value=rows_as.value(row), previous=before[-1] if before else None, points=points)


def _key(row: Observation) -> _Key:
    """What belongs to one determination, as `shown` says it in SQL, and the unit."""
    return (f"{row.code_system}|{row.code}" if row.code else f"={row.title.lower()}", row.unit)


def _former(former: Sequence[LabReport], scope: shown_scope.Scope) -> tuple[FormerVersion, ...]:
    if not former:
        return ()
    # Not replaced yet in a preview, replaced on the patient's page.
    of_these = {"lab_report_id__in": [report.pk for report in former]}
    rows = [
        *shown_scope.observation_rows(scope=scope, replaced=True).filter(**of_these).order_by("pk"),
        *shown_scope.observation_rows(scope=scope).filter(**of_these).order_by("pk"),
    ]
    return tuple(
        FormerVersion(
            published_on=local_date(report.published_at or report.reported_at),
            is_preliminary=report.status == ReportStatus.PRELIMINARY,
            conclusion=report.conclusion,
            advice=report.advice,
            values=tuple(rows_as.value(row) for row in rows if row.lab_report_id == report.pk),
        )
        for report in former
    )
