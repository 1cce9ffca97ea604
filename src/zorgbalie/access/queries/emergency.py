"""Reads of emergency access: one's own, and what a manager has to review (security row 12)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from zorgbalie.access import gate
from zorgbalie.access.log_types import EmergencyCard, EmergencyId, EmergencyReview
from zorgbalie.access.models import EmergencyAccess
from zorgbalie.audit import queries as audit
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.practice import queries as practices

_MOST_LINES = 500


def list_own_running(*, viewer: Viewer, now: datetime) -> tuple[EmergencyCard, ...]:
    """What runs now for this employee. Raises NotAllowed (right EMERGENCY_ACCESS). Audit: `emergency.listed`."""
    gate.check_right(viewer=viewer, right=StaffRight.EMERGENCY_ACCESS, event="emergency.listed")
    rows = EmergencyAccess.objects.filter(
        employee_id=viewer.employee_id or 0, ended_at__isnull=True, expires_at__gt=now
    )
    shown = list(rows.order_by("-started_at")[:20])
    for row in shown:
        _log_read(viewer, row, "emergency.listed")
    return _cards(viewer, shown, now)


def get_own(*, viewer: Viewer, emergency_id: EmergencyId, now: datetime) -> EmergencyCard:
    """One's own access, running or over. Raises NotVisible. Audit: `emergency.read`."""
    row = find_own_row(viewer=viewer, emergency_id=emergency_id)
    _log_read(viewer, row, "emergency.read")
    return _cards(viewer, [row], now)[0]


def list_reviews(*, viewer: Viewer, page: int, now: datetime) -> Listing[EmergencyCard]:
    """Emergency access by the own practice's staff: what waits for a review first, then the latest.

    Raises NotAllowed (right MANAGE_PRACTICE). Audit: `emergency.listed`, a line per patient named.
    """
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="emergency.listed")
    rows = EmergencyAccess.objects.filter(practice_id=viewer.practice_id or 0)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    order = (F("reviewed_at").desc(nulls_first=True), "-started_at", "-pk")
    shown = list(rows.order_by(*order)[bounds])
    for row in shown:
        _log_read(viewer, row, "emergency.listed")
    return Listing(rows=_cards(viewer, shown, now), total=total, number=number)


def get_review(*, viewer: Viewer, emergency_id: EmergencyId, now: datetime) -> EmergencyReview:
    """One access with what was looked at under it. Raises NotAllowed, NotVisible. Audit: `emergency.read`."""
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="emergency.read")
    row = find_practice_row(viewer=viewer, emergency_id=emergency_id)
    _log_read(viewer, row, "emergency.read")
    lines = audit.list_emergency_lines(
        employee_id=EmployeeId(row.employee_id),
        patient_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        since=row.started_at,
        until=row.ended_at or row.expires_at,
        most=_MOST_LINES,
    )
    return EmergencyReview(card=_cards(viewer, [row], now)[0], lines=lines)


def find_own_row(*, viewer: Viewer, emergency_id: EmergencyId) -> EmergencyAccess:
    """The viewer's own, for this app's actions. Raises NotVisible."""
    row = EmergencyAccess.objects.filter(pk=emergency_id, employee_id=viewer.employee_id or 0).first()
    if row is None or viewer.kind is not ViewerKind.STAFF:
        raise NotVisible("emergency")
    return row


def find_practice_row(*, viewer: Viewer, emergency_id: EmergencyId) -> EmergencyAccess:
    """Of the viewer's own practice, for this app's actions. Raises NotVisible."""
    row = EmergencyAccess.objects.filter(pk=emergency_id, practice_id=viewer.practice_id or 0).first()
    if row is None or viewer.kind is not ViewerKind.STAFF:
        raise NotVisible("emergency")
    return row


def _log_read(viewer: Viewer, row: EmergencyAccess, event: str) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.READ,
        object_type="emergency_access",
        object_id=row.pk,
        patient_id=PersonId(row.person_id),
    )


def _cards(viewer: Viewer, rows: Iterable[EmergencyAccess], now: datetime) -> tuple[EmergencyCard, ...]:
    rows = list(rows)
    ids = {pk for row in rows for pk in (row.employee_id, row.reviewed_by_id) if pk}
    names = practices.list_employee_names(employee_ids=ids)
    return tuple(
        EmergencyCard(
            emergency_id=EmergencyId(row.pk),
            person_id=PersonId(row.person_id),
            person_name=row.person_name,
            employee_name=names.get(row.employee_id, ""),
            is_own=row.employee_id == viewer.employee_id,
            reason=row.reason,
            started_at=row.started_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
            is_running=row.ended_at is None and row.expires_at > now,
            reviewed_at=row.reviewed_at,
            reviewed_by_name=names.get(row.reviewed_by_id or 0, ""),
            review_note=row.review_note,
        )
        for row in rows
    )
