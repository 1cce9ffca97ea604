"""What an import brings into the record: rows as a source system states them, and what became of each.

A row names others (its episode, its contact) by the id that the source gave them; the import puts the links in place.
The practice's own choices (the tick `zichtbaar voor patiënt` and its reason) have no field here: an import cannot touch
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    """What an import did with one row or resource."""

    STORED = "stored"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class RecordTable(StrEnum):
    """The tables that an import fills."""

    EPISODE = "episode"
    FLAG = "flag"
    ENCOUNTER = "encounter"
    ENTRY = "entry"
    OBSERVATION = "observation"
    ALLERGY = "allergy"
    MEDICATION = "medication"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """A resource as it came. `digest` is of the content without what a server stamps on it (version, moment)."""

    resource_type: str
    source_id: str
    digest: str
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRow:
    """What all rows share. `date_precision` is that of the row's first date: day, month or year."""

    source_id: str
    author_name: str = ""
    author_role: str = ""
    date_precision: str = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class EpisodeRow(ImportedRow):
    """EpisodeOfCare with the code of its Condition. Without `end_date` it runs."""

    title: str
    icpc_code: str = ""
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagRow(ImportedRow):
    """Flag: an attention value."""

    title: str
    code: str = ""
    start_date: date | None = None
    end_date: date | None = None
    episode: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EncounterRow(ImportedRow):
    """Encounter: a contact."""

    started_on: date
    kind_code: str = ""
    kind_title: str = ""
    reason: str = ""
    episode: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow(ImportedRow):
    """A SOEP line."""

    soep: str
    text: str
    recorded_on: date
    icpc_code: str = ""
    icpc_title: str = ""
    encounter: str | None = None
    episode: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservationRow(ImportedRow):
    """A measurement or laboratory result. `unit` as people write it, `unit_code` in UCUM."""

    category: str
    title: str
    observed_on: date
    code_system: str = ""
    code: str = ""
    value_number: Decimal | None = None
    value_comparator: str = ""
    value_text: str = ""
    unit: str = ""
    unit_code: str = ""
    reference_low: Decimal | None = None
    reference_high: Decimal | None = None
    reference_text: str = ""
    interpretation: str = ""
    status: str = "final"
    remark: str = ""
    observed_at: datetime | None = None
    encounter: str | None = None
    episode: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AllergyRow(ImportedRow):
    """AllergyIntolerance."""

    title: str
    code_system: str = ""
    code: str = ""
    category: str = ""
    criticality: str = ""
    clinical_status: str = "active"
    start_date: date | None = None
    reaction: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MedicationRow(ImportedRow):
    """MedicationRequest (medicatieafspraak) with the period of use, both days inclusive."""

    title: str
    code_system: str = ""
    code: str = ""
    dosage: str = ""
    status: str = "active"
    start_date: date | None = None
    end_date: date | None = None
    reason: str = ""
    stop_reason: str = ""
    episode: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedDossier:
    """All that one import brings. `withdrawn` are rows of which the source now says that they were a mistake."""

    sources: tuple[SourceRow, ...]
    rows: Mapping[RecordTable, tuple[ImportedRow, ...]]
    withdrawn: frozenset[tuple[RecordTable, str]] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredDossier:
    """What became of it, per resource (type, id) and per row (table, id)."""

    sources: Mapping[tuple[str, str], Change]
    rows: Mapping[tuple[RecordTable, str], Change]
    withdrawn: frozenset[tuple[RecordTable, str]] = field(default_factory=frozenset)
