"""Storing what a source system states: new rows are added, changed ones follow, the rest is left alone.

Idempotent: what is already there as stated is not written again. The practice's choices of what a patient sees are
kept; one thing alone hides a row, namely that its source withdrew it (`entered-in-error`), and only that hiding is
undone when the source takes it back. A bounded number of queries, whatever else the practice keeps.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.record import models
from zorgbalie.record.types.importing import (
    Change,
    ImportedDossier,
    ImportedRow,
    RecordTable,
    SourceRow,
    StoredDossier,
)

WITHDRAWN_REASON = "Ingetrokken door het bronsysteem"
"""Reason for colleagues of a row that its source withdrew; with nobody's name as the one who hid it."""

_BATCH = 1000
_SHARED = ("author_name", "author_role", "date_precision")


@dataclass(frozen=True)
class _Table:
    """How a kind of row is stored: fields as they stand, and links to rows that the source names by its own id."""

    model: Any
    fields: tuple[str, ...]
    links: tuple[str, ...] = ()
    withdrawn_by: str = ""  # the field that says so itself, where there is one

    @property
    def columns(self) -> tuple[str, ...]:
        return (*_SHARED, *self.fields, *(f"{link}_id" for link in self.links))


_TABLES: dict[RecordTable, _Table] = {
    # In this order: links lead to tables that come first.
    RecordTable.EPISODE: _Table(models.Episode, ("title", "icpc_code", "start_date", "end_date")),
    RecordTable.ENCOUNTER: _Table(models.Encounter, ("started_on", "kind_code", "kind_title", "reason"), ("episode",)),
    RecordTable.FLAG: _Table(models.Flag, ("title", "code", "start_date", "end_date"), ("episode",)),
    RecordTable.ENTRY: _Table(
        models.JournalEntry, ("soep", "text", "recorded_on", "icpc_code", "icpc_title"), ("encounter", "episode")
    ),
    RecordTable.OBSERVATION: _Table(
        models.Observation,
        (
            "category", "title", "observed_on", "code_system", "code", "value_number", "value_comparator", "value_text",
            "unit", "unit_code", "reference_low", "reference_high", "reference_text", "interpretation", "status",
            "remark", "observed_at",
        ),
        ("encounter", "episode"),
        "status",
    ),
    RecordTable.ALLERGY: _Table(
        models.Allergy,
        (
            "title", "code_system", "code", "category", "criticality", "clinical_status", "start_date", "reaction",
            "remark",
        ),
        (),
        "clinical_status",
    ),
    RecordTable.MEDICATION: _Table(
        models.Medication,
        (
            "title", "code_system", "code", "dosage", "status", "start_date", "end_date", "reason", "stop_reason",
        ),
        ("episode",),
        "status",
    ),
}  # fmt: skip
_LINK_TABLES = {"episode": RecordTable.EPISODE, "encounter": RecordTable.ENCOUNTER}

_Links = dict[str, dict[str, int]]
_Stored = dict[str, dict[str, Any]]


def list_source_digests(*, grant: Grant) -> dict[tuple[str, str], str]:
    """Digest per resource (type, id) of what was imported before. Raises NotAllowed for a grant of another kind."""
    _check(grant)
    rows = models.SourceResource.objects.filter(**_whose(grant)).values_list("resource_type", "source_id", "digest")
    return {(kind, source_id): digest for kind, source_id, digest in rows}


def list_source_contents(*, grant: Grant, without: Iterable[tuple[str, str]]) -> list[SourceRow]:
    """Resources of earlier imports, without those named. Raises NotAllowed for a grant of another kind."""
    _check(grant)
    left_out = set(without)
    rows = models.SourceResource.objects.filter(**_whose(grant)).order_by("pk")
    return [
        SourceRow(resource_type=row.resource_type, source_id=row.source_id, digest=row.digest, content=row.content)
        for row in rows.iterator(chunk_size=_BATCH)
        if (row.resource_type, row.source_id) not in left_out
    ]


def list_row_ids(*, grant: Grant) -> dict[RecordTable, frozenset[str]]:
    """Which rows earlier imports left, per table. Raises NotAllowed for a grant of another kind."""
    _check(grant)
    return {
        table: frozenset(_imported(grant, plan).values_list("source_id", flat=True)) for table, plan in _TABLES.items()
    }


def store_dossier(*, grant: Grant, dossier: ImportedDossier, now: datetime) -> StoredDossier:
    """Store all of it; the caller's transaction makes it all or nothing.

    Raises: NotAllowed for a grant of another kind; IntegrityError when another import of the same patient came first.
    Audit: none; the caller's line has the counts. Source: issue of the import (idempotent, nothing dropped).
    """
    _check(grant)
    links: _Links = {name: {} for name in _LINK_TABLES}
    rows: dict[tuple[RecordTable, str], Change] = {}
    flagged: set[int] = set()
    for table, plan in _TABLES.items():
        before = _load(grant, plan)
        changes, written = _store_rows(grant, plan, before, dossier.rows.get(table, ()), links)
        changes |= _withdraw(plan, before, {key for kind, key in dossier.withdrawn if kind is table}, now)
        rows |= {(table, key): change for key, change in changes.items()}
        if table in _LINK_TABLES.values():
            links[str(table)] = _ids(grant, plan)
        if table is RecordTable.FLAG:
            flagged = _episodes_of(before, changes) | {row.episode_id for row in written if row.episode_id}
    _set_attention(flagged, now)
    withdrawn = frozenset(key for key in dossier.withdrawn if key in rows)
    return StoredDossier(sources=_store_sources(grant, dossier.sources, now), rows=rows, withdrawn=withdrawn)


def _check(grant: Grant) -> None:
    if (grant.kind, grant.use) != (DataKind.FULL_RECORD, Use.CHANGE):
        raise NotAllowed("an import needs leave to change the full record")


def _whose(grant: Grant) -> dict[str, int]:
    return {"patient_id": grant.patient_id, "practice_id": grant.practice_id}


def _imported(grant: Grant, plan: _Table) -> Any:
    return plan.model.objects.filter(**_whose(grant), source_id__isnull=False)


def _load(grant: Grant, plan: _Table) -> _Stored:
    names = ("pk", "source_id", "hidden_reason", "hidden_by_id", *plan.columns)
    return {row["source_id"]: row for row in _imported(grant, plan).values(*names)}


def _ids(grant: Grant, plan: _Table) -> dict[str, int]:
    return dict(_imported(grant, plan).values_list("source_id", "pk"))


def _store_rows(
    grant: Grant, plan: _Table, before: _Stored, rows: Iterable[ImportedRow], links: _Links
) -> tuple[dict[str, Change], list[Any]]:
    changes: dict[str, Change] = {}
    written: list[Any] = []
    restored: list[int] = []
    for row in rows:
        values = _values(plan, row, links)
        old = before.get(row.source_id)
        changes[row.source_id] = _compare(old, values)
        if changes[row.source_id] is not Change.UNCHANGED:
            written.append(plan.model(**_whose(grant), source_id=row.source_id, **values))
        if old is not None and _was_withdrawn(old):
            restored.append(old["pk"])
            changes[row.source_id] = Change.UPDATED
    _upsert(plan.model, written, plan.columns, ("patient", "practice", "source_id"))
    if restored:
        shown = {"visible_to_patient": True, "hidden_reason": "", "hidden_at": None}
        plan.model.objects.filter(pk__in=restored).update(**shown)
    return changes, written


def _values(plan: _Table, row: ImportedRow, links: _Links) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*_SHARED, *plan.fields)}
    for name in plan.links:
        named = getattr(row, name)
        values[f"{name}_id"] = links[name].get(named) if named is not None else None
    return values


def _compare(old: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Change:
    if old is None:
        return Change.STORED
    same = all(old[name] == value for name, value in values.items())
    return Change.UNCHANGED if same else Change.UPDATED


def _upsert(model: Any, rows: list[Any], columns: Iterable[str], unique: tuple[str, ...]) -> None:
    """One statement per batch for new and changed rows alike; only `columns` of an existing row are touched."""
    if not rows:
        return
    names = [name.removesuffix("_id") for name in columns]
    model.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=list(unique), update_fields=names
    )


def _was_withdrawn(old: Mapping[str, Any]) -> bool:
    return bool(old["hidden_reason"] == WITHDRAWN_REASON and old["hidden_by_id"] is None)


def _withdraw(plan: _Table, before: _Stored, source_ids: set[str], now: datetime) -> dict[str, Change]:
    """Hide what its source calls a mistake. What the practice hid itself keeps the practice's reason."""
    found = {key: before[key] for key in source_ids if key in before}
    changed = {key: old for key, old in found.items() if not old["hidden_reason"]}
    ids = [old["pk"] for old in changed.values()]
    if ids:
        hide: dict[str, Any] = {"visible_to_patient": False, "hidden_reason": WITHDRAWN_REASON, "hidden_at": now}
        plan.model.objects.filter(pk__in=ids).update(**hide)
    if plan.withdrawn_by and found:
        every = [old["pk"] for old in found.values() if old[plan.withdrawn_by] != "entered-in-error"]
        if every:
            plan.model.objects.filter(pk__in=every).update(**{plan.withdrawn_by: "entered-in-error"})
    return {key: Change.UPDATED if key in changed else Change.UNCHANGED for key in found}


def _episodes_of(before: _Stored, changes: Mapping[str, Change]) -> set[int]:
    """Episodes that lose or change an attention value."""
    changed = (before[key] for key, change in changes.items() if change is Change.UPDATED and key in before)
    return {old["episode_id"] for old in changed if old["episode_id"]}


def _set_attention(episode_ids: set[int], now: datetime) -> None:
    """An episode has attention while a flag of it runs."""
    if not episode_ids:
        return
    today = local_date(now)
    running = models.Flag.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=today), episode_id=OuterRef("pk")
    ).exclude(hidden_reason=WITHDRAWN_REASON, hidden_by__isnull=True)
    models.Episode.objects.filter(pk__in=episode_ids).update(has_attention=Exists(running))


def _store_sources(grant: Grant, sources: Iterable[SourceRow], now: datetime) -> dict[tuple[str, str], Change]:
    before = list_source_digests(grant=grant)
    changes: dict[tuple[str, str], Change] = {}
    written: list[Model] = []
    for source in sources:
        key = (source.resource_type, source.source_id)
        digest = before.get(key)
        changes[key] = Change.STORED if digest is None else Change.UPDATED
        if digest == source.digest:
            changes[key] = Change.UNCHANGED
            continue
        written.append(
            models.SourceResource(
                **_whose(grant),
                resource_type=source.resource_type,
                source_id=source.source_id,
                digest=source.digest,
                content=dict(source.content),
                imported_at=now,
            )
        )
    unique = ("patient", "practice", "resource_type", "source_id")
    _upsert(models.SourceResource, written, ("digest", "content", "imported_at"), unique)
    return changes
