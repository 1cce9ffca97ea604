"""Reads of the log, for the care app that shows it (access); row-level security bounds them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMinute

from zorgbalie.audit.chain import FORMS
from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditAction, AuditOutcome, DayLooks, DayPart, LogFilter, LogLine
from zorgbalie.kernel.clock import AMSTERDAM, day_ends, day_starts
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.listing import PAGE_SIZE, Listing, page_bounds

# What lines of one day must have in common to be shown as one.
_TOGETHER = (
    "day", "user_id", "user_kind", "user_name", "role", "organisation_name", "acts_for_id", "purpose", "outcome",
    "emergency",
)  # fmt: skip


def list_days(*, patient_id: PersonId, wanted: LogFilter, page: int, size: int = PAGE_SIZE) -> Listing[DayLooks]:
    """A page of what each person did on each day, newest first, in three queries whatever the number of lines."""
    groups = _groups(_lines(patient_id, wanted))
    total = groups.count()
    number, bounds = page_bounds(number=page, total=total, size=size)
    shown = list(groups[bounds])
    parts = _parts(_lines(patient_id, wanted), shown)
    rows = tuple(_day_looks(row, parts[_key(row)]) for row in shown)
    return Listing(rows=rows, total=total, number=number, size=size)


def count_lines(*, patient_id: PersonId, wanted: LogFilter) -> int:
    """How many lines there are."""
    return _lines(patient_id, wanted).count()


def list_lines(*, patient_id: PersonId, wanted: LogFilter, page: int, size: int = PAGE_SIZE) -> Listing[LogLine]:
    """A page of single lines about a patient, newest first, in two queries."""
    rows = _lines(patient_id, wanted)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total, size=size)
    return Listing(rows=_log_lines(rows.order_by("-pk")[bounds]), total=total, number=number, size=size)


def list_emergency_lines(
    *,
    employee_id: EmployeeId,
    patient_id: PersonId,
    practice_id: PracticeId,
    since: datetime,
    until: datetime,
    most: int,
) -> tuple[LogLine, ...]:
    """What an employee of a practice saw in an emergency, oldest first."""
    rows = AuditEvent.objects.filter(
        organisation_id=practice_id,
        patient_id=patient_id,
        user_id=f"employee:{employee_id}",
        emergency=True,
        recorded_at__gte=since,
        recorded_at__lte=until,
    )
    return _log_lines(rows.order_by("pk")[:most])


def _lines(patient_id: PersonId, wanted: LogFilter) -> "QuerySet[AuditEvent]":
    rows = AuditEvent.objects.filter(patient_id=patient_id).exclude(user_id__in=wanted.without_users)
    if wanted.first_day:
        rows = rows.filter(recorded_at__gte=day_starts(wanted.first_day))
    if wanted.last_day:
        rows = rows.filter(recorded_at__lt=day_ends(wanted.last_day))
    if wanted.user_words:
        words = wanted.user_words
        rows = rows.filter(Q(user_name__icontains=words) | Q(organisation_name__icontains=words))
    if wanted.only_emergency:
        rows = rows.filter(emergency=True)
    if wanted.only_refused:
        rows = rows.exclude(outcome=AuditOutcome.DONE)
    return rows


def _groups(rows: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent, dict[str, Any]]":
    groups: QuerySet[AuditEvent, dict[str, Any]] = (
        rows.annotate(day=TruncDate("recorded_at", tzinfo=AMSTERDAM))
        .values(*_TOGETHER)
        .annotate(lines=Count("pk"), latest_at=Max("recorded_at"), latest_pk=Max("pk"))
        .order_by("-latest_at", "-latest_pk")
    )
    return groups


def _parts(rows: "QuerySet[AuditEvent]", shown: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], list[DayPart]]:
    """The parts of the shown groups: one row per minute in the database, so a busy day stays small."""
    keys = {_key(row) for row in shown}
    counts: dict[tuple[Any, ...], list[tuple[datetime, int]]] = defaultdict(list)
    for row in _per_minute(rows, shown):
        if _key(row) in keys:
            what = (row["event"], row["action"], row["kind"])
            counts[(_key(row), what)].append((row["minute"], row["lines"]))
    parts: dict[tuple[Any, ...], list[DayPart]] = defaultdict(list)
    for (key, (event, action, kind)), minutes in counts.items():
        number = sum(lines for _minute, lines in minutes)
        part = DayPart(event=event, action=AuditAction(action), kind=kind, count=number, minutes=tuple(minutes))
        parts[key].append(part)
    return parts


def _per_minute(rows: "QuerySet[AuditEvent]", shown: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    if not shown:
        return []
    first, last = min(row["day"] for row in shown), max(row["day"] for row in shown)
    minutes: QuerySet[AuditEvent, dict[str, Any]] = (
        rows.annotate(day=TruncDate("recorded_at", tzinfo=AMSTERDAM), minute=TruncMinute("recorded_at"))
        .filter(day__gte=first, day__lte=last, user_id__in={row["user_id"] for row in shown})
        .values(*_TOGETHER, "event", "action", "kind", "minute")
        .annotate(lines=Count("pk"))
        .order_by(F("minute").desc(), "event", "kind")
    )
    return minutes


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _TOGETHER)


def _day_looks(row: Mapping[str, Any], parts: Iterable[DayPart]) -> DayLooks:
    return DayLooks(
        day=row["day"],
        user_id=row["user_id"],
        user_kind=row["user_kind"],
        user_name=row["user_name"],
        role=row["role"],
        organisation_name=row["organisation_name"],
        for_other=row["acts_for_id"] is not None,
        purpose=row["purpose"],
        refused=row["outcome"] != AuditOutcome.DONE,
        emergency=row["emergency"],
        count=row["lines"],
        latest_at=row["latest_at"],
        parts=tuple(parts),
    )


def _log_lines(rows: "QuerySet[AuditEvent]") -> tuple[LogLine, ...]:
    names = FORMS[1][1:]
    return tuple(
        LogLine(event_id=row["id"], **{name: _plain(row[name]) for name in names}) for row in rows.values(*FORMS[1])
    )


def _plain(value: Any) -> Any:
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if isinstance(value, dict) else value
