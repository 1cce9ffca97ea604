"""Laboratory reports as their patient reads them: only what the practice published, with its conclusion (REQ 16; R1).

Who may read measurements may read these, within the same months (R14). All raise NotVisible alike for what is not
open, not published and not there.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import RECORD_READ, check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.looks import seen_objects
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import LabReportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.models import LabInvitation, LabReport
from zorgbalie.record.queries import shown_scope
from zorgbalie.record.queries.lab_rows import Words, report_day, shown_report
from zorgbalie.record.queries.patient_home import check_record_practice, find_record_practice
from zorgbalie.record.rules.shown import clamp_page
from zorgbalie.record.types.lab import ReportState, ReportStatus
from zorgbalie.record.types.results import BookingWish, OpenInvitation, ReportCard, ResultNews, ShownReport
from zorgbalie.record.types.shown import Slice

RESULT_READ = "result.read"
_PER_PAGE = 20
_ON_HOME = 5
_LOOKED_AT = 100
"""Among which what nobody read is looked for: it may wait behind what came later and was read."""
_NEWS = timedelta(days=60)


def list_reports(*, viewer: Viewer, now: datetime, page: int, per_page: int = _PER_PAGE) -> Slice[ReportCard]:
    """Published reports, the latest first, in a fixed number of queries. Audit: `record.read`. Source: REQ 16."""
    grant = _open(viewer, RECORD_READ, now)
    rows = _reports(grant)
    total = rows.count()
    number = clamp_page(number=page, total=total, per_page=per_page)
    start = (number - 1) * per_page
    items = _cards(viewer, list(rows[start : start + per_page]) if total else [], now)
    return Slice(items=items, total=total, number=number, per_page=per_page)


def list_invitations(*, viewer: Viewer, now: datetime) -> tuple[OpenInvitation, ...]:
    """Where the practice asks to make an appointment about a result (REQ 63). Audit: `record.read`."""
    return _invitations(_open(viewer, RECORD_READ, now))


def is_upsetting(*, viewer: Viewer, report_id: LabReportId, now: datetime) -> bool:
    """Whether to ask first whether one wants to read this now (ux 33). Audit: `record.read`, not yet the reading."""
    return _one(_open(viewer, RECORD_READ, now, report_id), report_id).is_upsetting


def get_report(*, viewer: Viewer, report_id: LabReportId, now: datetime) -> ShownReport:
    """One report, with what was published before it. Audit: `result.read`. Source: REQ 16, 64; R1; ux 30."""
    grant = _open(viewer, RESULT_READ, now, report_id)
    row = _one(grant, report_id)
    rules = practices.get_showing_rules(practice_id=grant.practice_id)
    scope = shown_scope.patient_scope(grants={DataKind.OBSERVATIONS: grant}, rules=rules, today=local_date(now))
    values = shown_scope.observation_rows(scope=scope).filter(lab_report_id=row.pk).order_by("pk")
    return shown_report(
        report=row, words=_words(row), values=list(values), scope=scope, former=list(former_versions(report=row))
    )


def get_news(*, viewer: Viewer, now: datetime) -> ResultNews:
    """For the list of things to do; nothing, and no line, where results are not open. Audit: `home.read`."""
    card = find_record_practice(viewer=viewer)
    if card is None or card.kind is not PracticeKind.GP:
        return ResultNews()
    is_open = gate.may_open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=card.practice_id,
        kind=DataKind.OBSERVATIONS,
        use=Use.READ,
        now=now,
    )
    if not is_open:
        return ResultNews()
    grant = _open(viewer, "home.read", now)
    recent = _reports(grant).filter(published_at__gte=now - _NEWS)
    cards = _cards(viewer, list(recent[:_LOOKED_AT]), now)
    new = tuple(one for one in cards if one.is_new)[:_ON_HOME]
    return ResultNews(reports=new, invitations=_invitations(grant))


def list_unread_upsetting(*, viewer: Viewer, grant: Grant) -> frozenset[int]:
    """Reports that ask first, and that the one who looks has not opened: their values stand in no list (ux 33)."""
    asks_first = list(_reports(grant).filter(is_upsetting=True))
    return frozenset(row.pk for row in asks_first) - _seen(viewer, asks_first)


def list_current(*, patient_id: PersonId, practice_id: PracticeId, first_day: date) -> QuerySet[LabReport]:
    """Published reports that no later version replaced, the latest first; for topics of this app that hold a grant."""
    rows = LabReport.objects.annotate(moment=Coalesce("sampled_at", "reported_at")).filter(
        patient_id=patient_id,
        practice_id=practice_id,
        state=ReportState.PUBLISHED,
        replaced_at__isnull=True,
        moment__gte=datetime.combine(first_day, time.min, tzinfo=AMSTERDAM),
    )
    return rows.order_by("-published_at", "-pk")


def former_versions(*, report: LabReport) -> QuerySet[LabReport]:
    """What was published before of the same report, newest first."""
    return (
        LabReport.objects.filter(
            patient_id=report.patient_id,
            practice_id=report.practice_id,
            laboratory=report.laboratory,
            report_number=report.report_number,
            state=ReportState.PUBLISHED,
        )
        .exclude(pk=report.pk)
        .order_by("-published_at", "-pk")
    )


def _open(viewer: Viewer, event: str, now: datetime, report_id: LabReportId | str = "") -> Grant:
    return gate.open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=check_record_practice(viewer=viewer),
        kind=DataKind.OBSERVATIONS,
        use=Use.READ,
        event=event,
        now=now,
        object_type="lab_report" if report_id else "",
        object_id=report_id,
    )


def _reports(grant: Grant) -> QuerySet[LabReport]:
    first_day = grant.visible_from or date.max
    return list_current(patient_id=grant.patient_id, practice_id=grant.practice_id, first_day=first_day)


def _one(grant: Grant, report_id: LabReportId) -> LabReport:
    row = _reports(grant).filter(pk=report_id).first()
    if row is None:
        raise NotVisible("lab_report")
    return row


def _doctors(rows: list[LabReport]) -> dict[int, str]:
    return practices.list_employee_names(employee_ids=[row.decided_by_id for row in rows if row.decided_by_id])


def _words(row: LabReport) -> Words:
    return Words(
        conclusion=row.conclusion,
        advice=row.advice,
        is_upsetting=row.is_upsetting,
        doctor_name=_doctors([row]).get(row.decided_by_id or 0, ""),
        published_on=local_date(row.published_at or row.reported_at),
    )


def _cards(viewer: Viewer, rows: list[LabReport], now: datetime) -> tuple[ReportCard, ...]:
    seen, doctors = _seen(viewer, rows), _doctors(rows)
    return tuple(
        ReportCard(
            report_id=LabReportId(row.pk),
            day=report_day(row),
            laboratory=row.laboratory,
            published_on=local_date(row.published_at or row.reported_at),
            doctor_name=doctors.get(row.decided_by_id or 0, ""),
            is_corrected=row.status == ReportStatus.CORRECTED,
            is_new=row.pk not in seen and row.published_at is not None and row.published_at >= now - _NEWS,
        )
        for row in rows
    )


def _seen(viewer: Viewer, rows: list[LabReport]) -> set[int]:
    if viewer.person_id is None or not rows:
        return set()
    patient_id = PersonId(rows[0].patient_id)
    ids = [row.pk for row in rows]
    return seen_objects(person_id=viewer.person_id, patient_id=patient_id, event=RESULT_READ, object_ids=ids)


def _invitations(grant: Grant) -> tuple[OpenInvitation, ...]:
    rows = LabInvitation.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, done_at__isnull=True
    )
    return tuple(
        OpenInvitation(
            report_id=LabReportId(row.report_id),
            invited_on=local_date(row.invited_at),
            doctor_name=row.doctor_name,
            booking=BookingWish(kind_id=row.booking_kind, agenda_id=row.booking_agenda, words=row.booking_words)
            if row.booking_kind is not None
            else None,
        )
        for row in rows.order_by("-invited_at", "-pk")[:_ON_HOME]
    )


def get_card(*, viewer: Viewer, report_id: LabReportId, now: datetime) -> ReportCard:
    """A report as it stands in a list, with nothing of what is in it. Raises NotVisible. Audit: `record.read`."""
    grant = _open(viewer, RECORD_READ, now, report_id)
    return _cards(viewer, [_one(grant, report_id)], now)[0]


def find_published(*, grant: Grant, report_id: LabReportId) -> ReportCard | None:
    """The same within a grant of the desk; None for what no patient can read."""
    rows = LabReport.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, state=ReportState.PUBLISHED, pk=report_id
    )
    row = rows.first()
    if row is None:
        return None
    return ReportCard(
        report_id=report_id,
        day=report_day(row),
        laboratory=row.laboratory,
        published_on=local_date(row.published_at or row.reported_at),
        doctor_name=_doctors([row]).get(row.decided_by_id or 0, ""),
        is_corrected=row.status == ReportStatus.CORRECTED,
        is_new=False,
    )
