"""Time and declaration of one source: what was spent, and what would be proposed now (REQ 50)."""

from collections.abc import Sequence
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.billing.models import Declaration, TimeEntry
from zorgbalie.billing.queries.rows import declaration_row
from zorgbalie.billing.queries.settings import get_rules
from zorgbalie.billing.queries.tariffs import list_tariffs_on
from zorgbalie.billing.rules.proposing import counted_seconds, obstacle, propose
from zorgbalie.billing.types import (
    BillingRules,
    LineKind,
    Obstacle,
    Proposal,
    Reason,
    Source,
    SourceBilling,
    TimeEntryId,
    TimeRow,
)
from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import enrolments


def get_source_billing(*, viewer: Viewer, source: Source, now: datetime) -> SourceBilling | None:
    """Everything about one source, None where the practice does not declare or the viewer may not see time.

    Audit: `billing.time_read`.
    """
    rules = get_rules(practice_id=source.practice_id)
    if not rules.is_on or not may_see_time(viewer=viewer, source=source, now=now):
        return None
    open_time(viewer=viewer, source=source, use=Use.READ, event="billing.time_read", now=now)
    entries = list(entry_rows(source))
    return _billing(viewer, source, rules, entries, live_row(source))


def may_see_time(*, viewer: Viewer, source: Source, now: datetime) -> bool:
    """Whether `open_time` would let this viewer in; the patient concerned may have left meanwhile. Logs nothing."""
    return gate.may_open_patient(
        viewer=viewer,
        patient_id=source.patient_id,
        practice_id=source.practice_id,
        kind=DataKind.CONTACT_TIME,
        use=Use.READ,
        now=now,
    )


def open_time(*, viewer: Viewer, source: Source, use: Use, event: str, now: datetime) -> None:
    """Leave of the gate for the time of one source, for this app. Raises NotAllowed, NotVisible. Audit: `event`."""
    gate.open_patient(
        viewer=viewer,
        patient_id=source.patient_id,
        practice_id=source.practice_id,
        kind=DataKind.CONTACT_TIME,
        use=use,
        event=event,
        now=now,
        object_type=source.kind.value,
        object_id=source.source_id,
    )


def entry_rows(source: Source) -> "Sequence[TimeEntry]":
    """All time of a source, in the order of adding; for this app."""
    rows = TimeEntry.objects.filter(practice_id=source.practice_id, source_kind=source.kind, source_id=source.source_id)
    return list(rows.order_by("pk"))


def live_row(source: Source, *, lock: bool = False) -> Declaration | None:
    """The one line that holds for a source; for this app."""
    rows = Declaration.objects.select_for_update() if lock else Declaration.objects.select_related("batch")
    return rows.filter(
        practice_id=source.practice_id,
        source_kind=source.kind,
        source_id=source.source_id,
        line_kind=LineKind.CHARGE,
        is_credited=False,
    ).first()


def total_seconds(entries: Sequence[TimeEntry]) -> int:
    """What was really spent."""
    return sum(one.seconds for one in entries)


def find_obstacle(*, source: Source, seconds: int, row: Declaration | None) -> Obstacle | None:
    """Why nothing can be proposed for a source now; for this app."""
    pairs = [(source.patient_id, source.day)] if source.day else []
    is_enrolled = bool(pairs and enrolments.list_enrolled_on(practice_id=source.practice_id, days=pairs))
    return obstacle(
        source=source,
        seconds=seconds,
        is_administration=row is not None and row.reason == Reason.ADMINISTRATION,
        is_enrolled=is_enrolled,
        has_bsn=source.patient_id in people.list_verified_bsns(person_ids=[source.patient_id]),
    )


def find_proposal(*, source: Source, seconds: int, rules: BillingRules) -> Proposal:
    """What the rule says for a source that was answered; for this app."""
    if source.day is None:
        raise ValueError("no proposal without a day")
    tariffs = list_tariffs_on(practice_id=source.practice_id, day=source.day)
    return propose(seconds=counted_seconds(seconds=seconds, rounding=rules.rounding), tariffs=tariffs)


def _billing(
    viewer: Viewer, source: Source, rules: BillingRules, entries: list[TimeEntry], row: Declaration | None
) -> SourceBilling:
    seconds = total_seconds(entries)
    why_not = find_obstacle(source=source, seconds=seconds, row=row)
    return SourceBilling(
        entries=tuple(_entry(one, viewer) for one in entries),
        seconds=seconds,
        counted_seconds=counted_seconds(seconds=seconds, rounding=rules.rounding),
        proposal=None if why_not else find_proposal(source=source, seconds=seconds, rules=rules),
        obstacle=why_not,
        declaration=declaration_row(row) if row else None,
        may_bill=gate.holds_rights(viewer=viewer, kind=DataKind.DECLARATIONS, use=Use.CHANGE),
    )


def _entry(row: TimeEntry, viewer: Viewer) -> TimeRow:
    return TimeRow(
        entry_id=TimeEntryId(row.pk),
        employee_id=EmployeeId(row.employee_id),
        employee_name=row.employee_name,
        day=row.day,
        seconds=row.seconds,
        revision=row.revision,
        is_own=row.employee_id == viewer.employee_id,
    )
