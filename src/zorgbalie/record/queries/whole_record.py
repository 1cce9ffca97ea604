"""All that a patient (parent, helper) may read now, for a file to save: the same conditions and bounds as the pages.

Raises NotVisible where nothing is open. Audit: the event that the caller names, one line per kind and practice, as on
the pages (R13; security row 40).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date, months_before
from zorgbalie.kernel.ids import LabReportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard
from zorgbalie.record.models import LabReport
from zorgbalie.record.queries import (
    patient_home,
    patient_record,
    patient_results,
    said,
    shown,
    shown_scope,
    whole_letters,
)
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.queries.lab_rows import report_day
from zorgbalie.record.queries.patient_documents import shared_rows
from zorgbalie.record.rules.shown import Bounds
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.importing import (
    AllergyRow,
    EncounterRow,
    EntryRow,
    EpisodeRow,
    ImportedRow,
    MedicationRow,
    ObservationRow,
)
from zorgbalie.record.types.lab import ReportState, ReportStatus
from zorgbalie.record.types.shown import Said, Slice
from zorgbalie.record.types.whole import (
    Held,
    ReadablePlace,
    RowsPlace,
    SavedDetermination,
    SavedPart,
    SavedReport,
    row_name,
)

_AT_ONCE = 500
_KINDS = (*patient_home.RECORD_KINDS, DataKind.DOCUMENTS)
Item = TypeVar("Item")
Row = TypeVar("Row", bound=ImportedRow)


@dataclass(slots=True)
class _Place:
    """A practice's scope while it is read, with the ids of what was read."""

    card: PracticeCard
    scope: shown_scope.Scope
    held: dict[str, list[int]] = field(default_factory=dict)

    def holds(self, kind: DataKind) -> bool:
        """Whether the kind is open."""
        return kind in self.scope.kinds

    @property
    def whose(self) -> dict[str, Any]:
        """Patient and practice."""
        return {"patient_id": self.scope.patient_id, "practice_id": self.scope.practice_id}

    @property
    def parts(self) -> dict[str, set[int]]:
        """The ids of what was read, by part."""
        return {what.partition(":")[2]: set(ids) for what, ids in self.held.items()}

    def note(self, what: str, ids: Iterable[int]) -> None:
        """What of it the file holds."""
        self.held[f"{self.card.practice_id}:{what}"] = sorted(ids)


def find_place(*, viewer: Viewer, now: datetime) -> PracticeCard | None:
    """The practice under whose name a file is asked for, GP practice first; None where no file may be asked for."""
    places = patient_home.list_open_places(viewer=viewer, now=now, kinds=[DataKind.RECORD_EXPORT])
    return places[0].practice if places else None


def read_for_people(*, viewer: Viewer, event: str, now: datetime) -> tuple[tuple[ReadablePlace, ...], Held]:
    """Everything as the pages show it, GP practice and pharmacy side by side. Source: REQ 10, 11, 22."""
    places = _places(viewer, event, now)
    found = tuple(_readable(place, now) for place in places)
    return found, _held(places)


def read_for_machines(*, viewer: Viewer, event: str, now: datetime) -> tuple[tuple[RowsPlace, ...], Held]:
    """The same as rows. Source: Wabvpz 15d."""
    places = _places(viewer, event, now)
    found = tuple(_rows(place, now) for place in places)
    return found, _held(places)


def list_parts(*, places: Iterable[ReadablePlace | RowsPlace]) -> tuple[SavedPart, ...]:
    """Which kinds of which practices were read."""
    return tuple(
        SavedPart(practice_id=place.practice.practice_id, kind=kind) for place in places for kind in sorted(place.kinds)
    )


def are_open(*, viewer: Viewer, parts: Iterable[SavedPart], now: datetime) -> bool:
    """Whether all of these are open still (security row 13). Shows nothing, logs nothing."""
    by_practice: dict[PracticeId, set[DataKind]] = {}
    for part in parts:
        by_practice.setdefault(part.practice_id, set()).add(part.kind)
    patient_id = check_subject(viewer)
    return bool(by_practice) and all(
        gate.may_open_kinds(
            viewer=viewer, patient_id=patient_id, practice_id=practice_id, kinds=kinds, use=Use.READ, now=now
        )
        == kinds
        for practice_id, kinds in by_practice.items()
    )


def is_still_shown(*, viewer: Viewer, parts: Iterable[SavedPart], held: Held, made_on: date) -> bool:
    """Whether every row that a file holds would be shown as of the day on which it was made, with the ticks of now.

    So what a practice hides is in no file that is given (R3), while what only became older stays. Shows nothing, logs
    nothing: the scope is made without grants because it only counts.
    """
    patient_id = check_subject(viewer)
    practice_ids = dict.fromkeys(part.practice_id for part in parts)
    return all(_all_shown(patient_id, practice_id, held, made_on) for practice_id in practice_ids)


def _all_shown(patient_id: PersonId, practice_id: PracticeId, held: Held, made_on: date) -> bool:
    rules = practices.get_showing_rules(practice_id=practice_id)
    bounds = Bounds(
        today=made_on,
        journal_from=rules.online_access_since or date.max,
        results_from=months_before(made_on, rules.results_months),
        closed_with_attention=rules.closed_with_attention,
        closed_without_attention=rules.closed_without_attention,
    )
    kinds = frozenset(patient_home.RECORD_KINDS)
    scope = shown_scope.Scope(patient_id=patient_id, practice_id=practice_id, kinds=kinds, bounds=bounds, hidden=None)
    contacts = shown_scope.encounter_rows(scope=scope)
    reports = LabReport.objects.filter(
        patient_id=patient_id,
        practice_id=practice_id,
        state=ReportState.PUBLISHED,
        replaced_at__isnull=True,
    )
    parts: dict[str, Any] = {
        "episodes": shown_scope.episode_rows(scope=scope),
        "contacts": contacts,
        "reasons": contacts.annotate(kept_back=shown_scope.withheld(scope=scope)).filter(kept_back=False),
        "lines": shown_scope.entry_rows(scope=scope),
        "values": shown_scope.observation_rows(scope=scope),
        "reports": reports,
        "allergies": shown_scope.allergy_rows(scope=scope),
        "medicines": shown_scope.medication_rows(scope=scope),
        "letters": shared_rows(patient_id=patient_id, practice_id=practice_id),
    }
    return all(_has_all(rows, held.get(f"{practice_id}:{what}", [])) for what, rows in parts.items())


def _has_all(rows: Any, ids: Sequence[int]) -> bool:
    return not ids or set(ids) <= set(rows.filter(pk__in=ids).values_list("pk", flat=True))


def _places(viewer: Viewer, event: str, now: datetime) -> list[_Place]:
    found = patient_record.list_scopes(viewer=viewer, kinds=_KINDS, event=event, now=now)
    return [_Place(card=card, scope=scope) for card, scope in found]


def _held(places: Iterable[_Place]) -> Held:
    return {what: ids for place in places for what, ids in place.held.items()}


# For people


def _readable(place: _Place, now: datetime) -> ReadablePlace:
    scope = place.scope
    has_journal, has_values = place.holds(DataKind.JOURNAL), place.holds(DataKind.OBSERVATIONS)
    return ReadablePlace(
        practice=place.card,
        kinds=scope.kinds,
        episodes=_listed(place, DataKind.EPISODES, "episodes", shown.list_episodes, "episode_id"),
        contacts=_contacts(place) if has_journal else None,
        reports=_reports(place) if has_values else None,
        values=_determinations(place) if has_values else None,
        allergies=_listed(place, DataKind.ALLERGIES, "allergies", shown.list_allergies, "allergy_id"),
        medicines=_listed(place, DataKind.MEDICATION, "medicines", shown.list_medicines, "medication_id"),
        letters=_letters(place, now) if place.holds(DataKind.DOCUMENTS) else None,
        said=said.about(**place.whose, kind=None, item_id=0),
        journal_from=scope.bounds.journal_from if has_journal else None,
        results_from=scope.bounds.results_from if has_values else None,
    )


def _letters(place: _Place, now: datetime) -> tuple[ShownLetter, ...]:
    found = whole_letters.list_letters(**place.whose, now=now)
    place.note("letters", (one.document_id for one in found))
    return found


def _listed(
    place: _Place, kind: DataKind, what: str, read: Callable[..., Slice[Item]], id_name: str
) -> tuple[Item, ...] | None:
    if not place.holds(kind):
        return None
    found = _all(read, place.scope)
    place.note(what, (getattr(one, id_name) for one in found))
    return found


def _all(read: Callable[..., Slice[Item]], scope: shown_scope.Scope) -> tuple[Item, ...]:
    """Every page of a list: nothing is left out silently."""
    found: list[Item] = []
    number, total = 1, 1
    while (number - 1) * _AT_ONCE < total:
        piece = read(scope=scope, page=number, per_page=_AT_ONCE)
        found += piece.items
        number, total = number + 1, piece.total
    return tuple(found)


def _contacts(place: _Place) -> tuple[Any, ...]:
    found = _all(shown.list_contacts, place.scope)
    place.note("contacts", (one.encounter_id for one in found if one.encounter_id is not None))
    place.note("reasons", (one.encounter_id for one in found if one.encounter_id is not None and one.reason))
    place.note("lines", (line.entry_id for one in found for line in one.lines))
    return found


def _values(place: _Place) -> list[Any]:
    rows = shown_scope.observation_rows(scope=place.scope)
    found = list(rows.order_by("-observed_on", "-observed_at", "-pk"))
    place.note("values", (row.pk for row in found))
    return found


def _determinations(place: _Place) -> tuple[SavedDetermination, ...]:
    groups: dict[str, list[Any]] = {}
    for row in _values(place):
        groups.setdefault(row.group_key, []).append(row)
    return tuple(
        SavedDetermination(
            title=rows[0].title, values=said.beside(**place.whose, items=[rows_as.value(row) for row in rows])
        )
        for rows in groups.values()
    )


def _reports(place: _Place) -> tuple[SavedReport, ...]:
    scope = place.scope
    current = patient_results.list_current(
        patient_id=scope.patient_id, practice_id=scope.practice_id, first_day=scope.bounds.results_from
    )
    rows = list(current)
    doctors = practices.list_employee_names(employee_ids=[row.decided_by_id for row in rows if row.decided_by_id])
    place.note("reports", (row.pk for row in rows if row.pk not in scope.held_reports))
    return tuple(
        _report(
            row,
            doctors.get(row.decided_by_id or 0, ""),
            said.about(**place.whose, kind=RecordItem.REPORT, item_id=row.pk),
            is_held=row.pk in scope.held_reports,
        )
        for row in rows
    )


def _report(row: LabReport, doctor: str, words: tuple[Said, ...], *, is_held: bool) -> SavedReport:
    """What asks first whether one wants to read it stands in the list without its words (ux 33)."""
    return SavedReport(
        report_id=LabReportId(row.pk),
        day=report_day(row),
        laboratory=row.laboratory,
        published_on=local_date(row.published_at or row.reported_at),
        doctor_name=doctor,
        conclusion="" if is_held else row.conclusion,
        advice="" if is_held else row.advice,
        is_preliminary=row.status == ReportStatus.PRELIMINARY,
        is_corrected=row.status == ReportStatus.CORRECTED,
        is_held=is_held,
        said=() if is_held else words,
    )


# For machines


def _rows(place: _Place, now: datetime) -> RowsPlace:
    scope = place.scope
    has_values = place.holds(DataKind.OBSERVATIONS)
    episodes = list(shown_scope.episode_rows(scope=scope).order_by("pk"))
    contacts = list(
        shown_scope.encounter_rows(scope=scope).annotate(kept_back=shown_scope.withheld(scope=scope)).order_by("pk")
    )
    lines = list(shown_scope.entry_rows(scope=scope).order_by("pk"))
    values = _values(place)
    allergies = list(shown_scope.allergy_rows(scope=scope).order_by("pk"))
    medicines = list(shown_scope.medication_rows(scope=scope).order_by("pk"))
    _note_all(place, episodes=episodes, contacts=contacts, lines=lines, allergies=allergies, medicines=medicines)
    place.note("reasons", (row.pk for row in contacts if row.reason and not row.kept_back))
    reports = _reports(place) if has_values else ()
    letters = whole_letters.list_files(**place.whose, now=now) if place.holds(DataKind.DOCUMENTS) else ()
    place.note("letters", (one.letter.document_id for one in letters))
    link = _Links(episodes={row.pk for row in episodes}, contacts={row.pk for row in contacts})
    return RowsPlace(
        practice=place.card,
        kinds=scope.kinds,
        episodes=tuple(_row(EpisodeRow, "episode", row) for row in episodes),
        attention=frozenset(row_name("episode", row.pk) for row in episodes if row.has_attention),
        encounters=tuple(_row(EncounterRow, "contact", row, reason=_reason(row)) for row in contacts),
        entries=tuple(_entry(row, link) for row in lines if row.text.strip()),
        observations=tuple(_row(ObservationRow, "value", row, **link.of(row)) for row in values),
        allergies=tuple(_row(AllergyRow, "allergy", row) for row in allergies),
        medicines=tuple(
            _row(MedicationRow, "medicine", row, stop_reason="", episode=link.episode(row)) for row in medicines
        ),
        reports=reports,
        report_values=_by_report(values),
        letters=letters,
        said=whole_letters.said_by_row(**place.whose, held=place.parts),
    )


def _note_all(place: _Place, **parts: list[Any]) -> None:
    for what, rows in parts.items():
        place.note(what, (row.pk for row in rows))


@dataclass(frozen=True, slots=True)
class _Links:
    """Which rows others may name: those that are shown themselves."""

    episodes: set[int]
    contacts: set[int]

    def episode(self, row: Any) -> str | None:
        """The episode of a row, where the patient finds it in the list."""
        return row_name("episode", row.episode_id) if row.episode_id in self.episodes else None

    def of(self, row: Any) -> dict[str, str | None]:
        """Episode and contact."""
        contact = row_name("contact", row.encounter_id) if row.encounter_id in self.contacts else None
        return {"episode": self.episode(row), "encounter": contact}


def _entry(row: Any, link: _Links) -> EntryRow:
    """A line; its own code is left out, since no page shows it."""
    return _row(EntryRow, "line", row, icpc_code="", icpc_title="", **link.of(row))


def _reason(row: Any) -> str:
    return "" if row.kept_back else row.reason


def _row(made_of: type[Row], kind: str, row: Any, **instead: Any) -> Row:
    names = (one.name for one in fields(made_of) if one.name not in ("source_id", *instead))
    return made_of(source_id=row_name(kind, row.pk), **{name: getattr(row, name) for name in names}, **instead)


def _by_report(values: Iterable[Any]) -> dict[LabReportId, tuple[str, ...]]:
    found: dict[LabReportId, list[str]] = {}
    for row in values:
        if row.lab_report_id is not None:
            found.setdefault(LabReportId(row.lab_report_id), []).append(row_name("value", row.pk))
    return {report_id: tuple(names) for report_id, names in found.items()}
