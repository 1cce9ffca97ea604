"""The record in short for who answers a question (ux 46): what runs now and what was last, in six queries at most.

The whole record stands one click away, on its own page with its own log line.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import Allergy, Encounter, Episode, JournalEntry, Medication, Observation
from zorgbalie.record.queries.candidates import value_text
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.rules.shown import NOT_IN_USE, NOT_TRUE
from zorgbalie.record.types.desk import RecordPart
from zorgbalie.record.types.summary import RecordSummary, SummaryLine, SummaryPart

_MOST = 8
_MOST_CONTACTS = 3
_LONGEST_DETAIL = 240


def find_record_summary(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> RecordSummary | None:
    """The record in short; None for who may not read it, and then nothing is logged.

    A pharmacy reads what it keeps itself: medicines and allergies.
    Audit: `record.summary`, for a pharmacy once per kind. Source: BW 7:457 lid 2; REQ 79; ux 46.
    """
    today = local_date(now)
    grant = _open(viewer, patient_id, DataKind.FULL_RECORD, now)
    parts = _whole(grant, today) if grant else _of_pharmacy(viewer, patient_id, now)
    return RecordSummary(patient=patient_card(patient_id=patient_id, now=now), parts=parts) if parts else None


def _open(viewer: Viewer, patient_id: PersonId, kind: DataKind, now: datetime) -> Grant | None:
    if viewer.practice_id is None:
        return None
    wanted: dict[str, Any] = {
        "viewer": viewer,
        "patient_id": patient_id,
        "practice_id": viewer.practice_id,
        "kind": kind,
        "use": Use.READ,
        "now": now,
    }
    return gate.open_patient(**wanted, event="record.summary") if gate.may_open_patient(**wanted) else None


def _whole(grant: Grant, today: date) -> tuple[SummaryPart, ...]:
    return (
        _part(RecordPart.EPISODES, _episodes(grant, today), _MOST),
        _part(RecordPart.MEDICINES, _medicines(grant, today), _MOST),
        _part(RecordPart.ALLERGIES, _allergies(grant), _MOST),
        _part(RecordPart.VALUES, _values(grant), _MOST),
        _part(RecordPart.CONTACTS, _contacts(grant), _MOST_CONTACTS),
    )


def _of_pharmacy(viewer: Viewer, patient_id: PersonId, now: datetime) -> tuple[SummaryPart, ...]:
    medicines = _open(viewer, patient_id, DataKind.MEDICATION, now)
    allergies = _open(viewer, patient_id, DataKind.ALLERGIES, now)
    parts = []
    if medicines:
        parts.append(_part(RecordPart.MEDICINES, _medicines(medicines, local_date(now)), _MOST))
    if allergies:
        parts.append(_part(RecordPart.ALLERGIES, _allergies(allergies), _MOST))
    return tuple(parts)


def _part(part: RecordPart, lines: Iterable[SummaryLine], most: int) -> SummaryPart:
    found = tuple(lines)
    return SummaryPart(part=part, lines=found[:most], has_more=len(found) > most)


def _cut(rows: "QuerySet[Any]", grant: Grant, *order: Any, most: int = _MOST) -> list[Any]:
    """The first rows of this patient, and one more that tells whether there are others."""
    own = rows.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    return list(own.order_by(*order)[: most + 1])


def _episodes(grant: Grant, today: date) -> Iterable[SummaryLine]:
    running = Episode.objects.filter(Q(end_date__isnull=True) | Q(end_date__gt=today))
    rows = _cut(running, grant, "-has_attention", F("start_date").desc(nulls_last=True), "-pk")
    return (
        SummaryLine(title=row.title, extra=row.icpc_code, day=row.start_date, is_important=row.has_attention)
        for row in rows
    )


def _medicines(grant: Grant, today: date) -> Iterable[SummaryLine]:
    in_use = Medication.objects.filter(
        Q(start_date__isnull=True) | Q(start_date__lte=today), Q(end_date__isnull=True) | Q(end_date__gte=today)
    ).exclude(status__in=NOT_IN_USE)
    rows = _cut(in_use, grant, F("start_date").desc(nulls_last=True), "-pk")
    return (SummaryLine(title=row.title, extra=row.dosage, day=row.start_date) for row in rows)


def _allergies(grant: Grant) -> Iterable[SummaryLine]:
    rows = _cut(Allergy.objects.exclude(clinical_status__in=NOT_TRUE), grant, "title", "pk")
    return (SummaryLine(title=row.title, extra=row.reaction[:_LONGEST_DETAIL]) for row in rows)


def _values(grant: Grant) -> Iterable[SummaryLine]:
    rows = _cut(Observation.objects.exclude(status__in=NOT_TRUE), grant, "-observed_on", "-pk")
    return (SummaryLine(title=row.title, extra=value_text(row=row), day=row.observed_on) for row in rows)


def _contacts(grant: Grant) -> Iterable[SummaryLine]:
    """The latest contacts with their conclusion and plan."""
    rows = _cut(Encounter.objects.all(), grant, "-started_on", "-pk", most=_MOST_CONTACTS)
    said: dict[int | None, list[str]] = {}
    lines = JournalEntry.objects.filter(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        encounter_id__in=[row.pk for row in rows],
        soep__in="EP",
    )
    for line in lines.order_by("soep", "pk"):
        said.setdefault(line.encounter_id, []).append(f"{line.soep}: {line.text}")
    return (
        SummaryLine(
            title=row.kind_title,
            extra=row.reason,
            detail="\n".join(said.get(row.pk, []))[:_LONGEST_DETAIL],
            day=row.started_on,
        )
        for row in rows
    )
