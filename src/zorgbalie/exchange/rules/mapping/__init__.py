"""Translating the resources of a dossier to rows of the record: one function per kind, each knows no other.

Order matters in one way: what others lean on (diagnoses of episodes, lines named by contact reports) is read first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from zorgbalie.exchange.rules.element import Trace, Unreadable, Withdrawn
from zorgbalie.exchange.rules.mapping.contacts import is_line, map_encounter, map_line, read_report
from zorgbalie.exchange.rules.mapping.context import Context, Source
from zorgbalie.exchange.rules.mapping.episodes import link_conditions, map_condition, map_episode, map_flag
from zorgbalie.exchange.rules.mapping.medication import (
    Agreement,
    map_agreement,
    map_allergy,
    map_product,
    stop_agreements,
)
from zorgbalie.exchange.rules.mapping.results import map_result
from zorgbalie.exchange.types import Key, Note, Refusal, Resource
from zorgbalie.record.types.importing import EntryRow, ImportedRow, RecordTable

WITHDRAWN = "its source says that it was a mistake or did not take place"

_TABLES: dict[str, tuple[RecordTable, ...]] = {
    "EpisodeOfCare": (RecordTable.EPISODE,),
    "Flag": (RecordTable.FLAG,),
    "Encounter": (RecordTable.ENCOUNTER,),
    "Observation": (RecordTable.ENTRY, RecordTable.OBSERVATION),
    "AllergyIntolerance": (RecordTable.ALLERGY,),
    "MedicationRequest": (RecordTable.MEDICATION,),
}

_READ_FOR_IDENTITY = {"Patient": ("identifier", "birthDate")}


@dataclass(slots=True)
class Mapped:
    """The outcome: rows, what was refused, and what of each kind stands in the original alone."""

    rows: dict[RecordTable, dict[str, ImportedRow]] = field(
        default_factory=lambda: {table: {} for table in RecordTable}
    )
    owners: dict[tuple[RecordTable, str], Key] = field(default_factory=dict)
    withdrawn: set[tuple[RecordTable, str]] = field(default_factory=set)
    refused: dict[Key, Refusal] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    original_only: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier imports left: resources and rows."""

    sources: frozenset[Key] = frozenset()
    rows: Mapping[RecordTable, frozenset[str]] = field(default_factory=dict)

    def has_row(self, table: RecordTable, source_id: str) -> bool:
        """Whether a row is there."""
        return source_id in self.rows.get(table, frozenset())


def map_dossier(*, incoming: Iterable[Resource], earlier: Iterable[Resource], known: Known) -> Mapped:
    """Translate everything: what comes in now and what earlier imports kept, since either may name the other.

    Refusals, notes and counts are those of what comes in now.
    """
    now = {resource.key for resource in incoming}
    mapper = _Mapper(Context.of([*earlier, *incoming]), now, known)
    mapper.run()
    return mapper.finish()


def _keep_letter(source: Source) -> None:
    """A letter reaches a patient through the practice's own decision (REQ 65), so it is no row of the record."""
    source.note("a letter is not imported into the record; its original is kept")


class _Mapper:
    """One run over a dossier."""

    def __init__(self, context: Context, incoming: set[Key], known: Known) -> None:
        self.context = context
        self.incoming = incoming
        self.known = known
        self.mapped = Mapped()
        self.agreements: dict[Key, Agreement] = {}

    def run(self) -> None:
        """All kinds, those that others lean on first."""
        for source in self._of("EpisodeOfCare"):
            self._try(source, link_conditions)
        for source in self._of("Composition"):
            self._try(source, self._report)
        steps: tuple[tuple[str, Callable[[Source], None]], ...] = (
            ("EpisodeOfCare", lambda source: self._put(RecordTable.EPISODE, source, map_episode(source))),
            ("Condition", map_condition),
            ("Flag", lambda source: self._put(RecordTable.FLAG, source, map_flag(source))),
            ("Encounter", lambda source: self._put(RecordTable.ENCOUNTER, source, map_encounter(source))),
            ("Observation", self._observation),
            ("AllergyIntolerance", lambda source: self._put(RecordTable.ALLERGY, source, map_allergy(source))),
            ("Medication", map_product),
            ("MedicationRequest", self._agreement),
            ("DocumentReference", _keep_letter),
        )
        for kind, step in steps:
            for source in self._of(kind):
                if source.resource.key not in self.mapped.refused:
                    self._try(source, step)
        self._stop_agreements()

    def finish(self) -> Mapped:
        """What of it is for the report: about resources that come in now."""
        mapped = self.mapped
        mapped.refused = {key: refusal for key, refusal in mapped.refused.items() if key in self.incoming}
        mapped.notes = [note for note in self.context.notes if (note.kind, note.source_id) in self.incoming]
        for key in self.incoming - set(mapped.refused):
            resource, trace = self.context.resources[key], self.context.traces.get(key, Trace())
            for name in _READ_FOR_IDENTITY.get(resource.kind, ("subject", "patient")):
                trace.mark_whole((name,))
            counts = mapped.original_only.setdefault(resource.kind, Counter())
            counts.update(trace.unread(resource.content))
        return mapped

    def _of(self, kind: str) -> Iterable[Source]:
        for resource in list(self.context.resources.values()):
            if resource.kind == kind:
                yield self._source(resource)

    def _source(self, resource: Resource) -> Source:
        return Source(resource, self.context.root(resource), self.context)

    def _try(self, source: Source, step: Callable[[Source], None]) -> None:
        try:
            step(source)
        except Unreadable as error:
            place = f"{source.resource.place}.{error.path}"
            self._refuse(source.resource, place, f"{error.path} {error.reason}".strip())
        except Withdrawn:
            self._withdraw(source.resource)

    def _put(self, table: RecordTable, source: Source, row: ImportedRow) -> None:
        other = {RecordTable.ENTRY: RecordTable.OBSERVATION, RecordTable.OBSERVATION: RecordTable.ENTRY}.get(table)
        if other is not None and self.known.has_row(other, row.source_id):
            raise source.root.fail("code", "was imported before as another kind of observation")
        if row.source_id in self.mapped.rows[table]:
            source.note("stands twice in this dossier; the first one is stored")
            return
        self.mapped.rows[table][row.source_id] = row
        self.mapped.owners[(table, row.source_id)] = source.resource.key

    def _observation(self, source: Source) -> None:
        if is_line(source.resource):
            self._put(RecordTable.ENTRY, source, map_line(source))
        else:
            self._put(RecordTable.OBSERVATION, source, map_result(source))

    def _report(self, source: Source) -> None:
        rows = read_report(source)
        for row in rows:
            self._put(RecordTable.ENTRY, source, row)
        self._withdraw_sections(source.resource, rows)

    def _withdraw_sections(self, resource: Resource, rows: list[EntryRow]) -> None:
        """Lines that stood in an earlier version of a contact report alone, and do no longer."""
        left = {row.source_id for row in rows}
        for source_id in self.known.rows.get(RecordTable.ENTRY, frozenset()):
            if source_id.startswith(f"{resource.source_id}/section/") and source_id not in left:
                self.mapped.withdrawn.add((RecordTable.ENTRY, source_id))
                self.mapped.owners[(RecordTable.ENTRY, source_id)] = resource.key

    def _agreement(self, source: Source) -> None:
        self.agreements[source.resource.key] = map_agreement(source)

    def _stop_agreements(self) -> None:
        rows = stop_agreements(list(self.agreements.values()))
        for key, row in zip(self.agreements, rows, strict=True):
            self._put(RecordTable.MEDICATION, self._source(self.context.resources[key]), row)

    def _withdraw(self, resource: Resource) -> None:
        """What was imported before is hidden; what was not is refused."""
        if resource.key not in self.known.sources:
            self._refuse(resource, resource.place, WITHDRAWN)
            return
        for table in _TABLES.get(resource.kind, ()):
            if self.known.has_row(table, resource.source_id):
                self.mapped.withdrawn.add((table, resource.source_id))
                self.mapped.owners[(table, resource.source_id)] = resource.key
        if resource.kind == "Composition":
            self._withdraw_sections(resource, [])
        self._source(resource).note("was withdrawn by its source; what came of it is hidden")

    def _refuse(self, resource: Resource, place: str, reason: str) -> None:
        self.mapped.refused[resource.key] = Refusal(
            kind=resource.kind, source_id=resource.source_id, place=place, reason=reason
        )
