"""The item that a request is about, as its patient reads it and as the record has it.

A new kind of item: a value in `RecordItem`, a finder here for each side, and a template part. An item is found only
within what the one who looks may read now; else it is as if it did not exist (security rows 1, 9).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Grant
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import DocumentId, EncounterId, JournalEntryId, LabReportId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record import models
from zorgbalie.record.queries import (
    desk_rows,
    patient_documents,
    patient_home,
    patient_record,
    patient_results,
    shown,
    shown_scope,
)
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.queries.preview import scope_for_release
from zorgbalie.record.types.corrections import ItemFound, RecordItem
from zorgbalie.record.types.desk import DeskContact, DeskRow
from zorgbalie.record.types.results import ReportCard
from zorgbalie.ui.formats import day_date

_Found = dict[str, Any]


def find_item(*, viewer: Viewer, kind: RecordItem, item_id: int, now: datetime) -> ItemFound:
    """The item for its patient, at whichever practice keeps it. Raises NotVisible. Audit: `record.read`."""
    if kind is RecordItem.REPORT:
        return _report_of_patient(viewer, item_id, now)
    if kind is RecordItem.LETTER:
        return _letter_of_patient(viewer, item_id, now)
    source = _SOURCES[kind]
    for card, scope in patient_record.open_scopes(viewer=viewer, kind=source.data, now=now):
        found = source.find(scope, item_id)
        if found is not None:
            return _made(kind, item_id, card.practice_id, found)
    raise NotVisible(kind)


def find_item_if_open(*, viewer: Viewer, kind: RecordItem, item_id: int, now: datetime) -> ItemFound | None:
    """The same; None where it cannot be read now. A record that is closed leaves no line of a refusal."""
    data = _OWN_FINDER[kind] if kind in _OWN_FINDER else _SOURCES[kind].data
    if not patient_home.list_open_places(viewer=viewer, now=now, kinds=[data]):
        return None
    try:
        return find_item(viewer=viewer, kind=kind, item_id=item_id, now=now)
    except NotVisible:
        return None


def find_shown(*, scope: shown_scope.Scope, kind: RecordItem, item_id: int) -> str:
    """The name of an item within a scope; empty for what is not in it, and for kinds that no scope holds."""
    if kind not in _SOURCES:
        return ""
    found = _SOURCES[kind].find(scope, item_id)
    return _title(next(iter(found.values()))) if found else ""


class Sides(NamedTuple):
    """An item at the desk: what its patient reads, and the record's own row or contact; gone: there is no such row."""

    shown: ItemFound | None = None
    own_row: DeskRow | None = None
    own_contact: DeskContact | None = None
    is_gone: bool = False


def find_sides(*, grant: Grant, kind: RecordItem | None, item_id: int, now: datetime) -> Sides:
    """An item on both sides, for who decides about it; nothing for a request without one."""
    if kind is None:
        return Sides()
    return Sides(
        shown=find_for_desk(grant=grant, kind=kind, item_id=item_id, now=now),
        own_row=find_own_row(grant=grant, kind=kind, item_id=item_id, now=now),
        own_contact=find_own_contact(grant=grant, kind=kind, item_id=item_id),
        is_gone=is_gone(grant=grant, kind=kind, item_id=item_id),
    )


def find_for_desk(*, grant: Grant, kind: RecordItem, item_id: int, now: datetime) -> ItemFound | None:
    """What the patient reads of it once the record is open; None for what is not shown."""
    scope = scope_for_release(grant=grant, hidden=None, now=now)
    if kind is RecordItem.REPORT:
        report = patient_results.find_published(grant=grant, report_id=LabReportId(item_id))
        return _made(kind, item_id, grant.practice_id, {"report": report}) if report else None
    if kind is RecordItem.LETTER:
        letter = patient_documents.find_shared(grant=grant, document_id=DocumentId(item_id), now=now)
        return _made(kind, item_id, grant.practice_id, {"letter": letter}) if letter else None
    found = _SOURCES[kind].find(scope, item_id)
    return _made(kind, item_id, grant.practice_id, found) if found else None


def find_own_row(*, grant: Grant, kind: RecordItem, item_id: int, now: datetime) -> DeskRow | None:
    """The record's own row, whether shown or not. None: it is gone, or it is a contact, report or letter."""
    source = _SOURCES.get(kind)
    if source is None or source.desk is None:
        return None
    scope = scope_for_release(grant=grant, hidden=None, now=now)
    rows = source.rows().filter(patient_id=grant.patient_id, practice_id=grant.practice_id, pk=item_id)
    row = rows.annotate(is_shown=Exists(source.visible(scope=scope).filter(pk=OuterRef("pk")))).first()
    if row is None:
        return None
    return source.desk(row, practices.list_employee_names(employee_ids=[row.hidden_by_id] if row.hidden_by_id else []))


def find_own_contact(*, grant: Grant, kind: RecordItem, item_id: int) -> DeskContact | None:
    """The record's own contact with all its lines, S and O too; for a line the contact it is in."""
    if kind not in (RecordItem.CONTACT, RecordItem.LINE):
        return None
    whose = {"patient_id": grant.patient_id, "practice_id": grant.practice_id}
    lines = models.JournalEntry.objects.filter(**whose)
    if kind is RecordItem.CONTACT:
        lines, contact_id = lines.filter(encounter_id=item_id), item_id
    else:
        lines = lines.filter(pk=item_id)
        contact_id = lines.values_list("encounter_id", flat=True).first() or 0
    entries = list(lines.select_related("episode").annotate(is_shown=Value(True)))
    rows = models.Encounter.objects.filter(**whose, pk=contact_id).annotate(is_shown=Value(True))
    contact = rows.first()
    if contact is not None:
        place = (contact.started_on, contact.pk, 0)
    elif entries:
        place = (entries[0].recorded_on, entries[0].pk, 1)
    else:
        return None
    made = desk_rows.contacts(found=[place], encounters=[contact] if contact else [], entries=entries, names={})
    return made[0]


def is_gone(*, grant: Grant, kind: RecordItem, item_id: int) -> bool:
    """Whether the record has no such row (any more)."""
    rows: QuerySet[Any]
    if kind is RecordItem.REPORT:
        rows = models.LabReport.objects.all()
    elif kind is RecordItem.LETTER:
        rows = models.Document.objects.all()
    else:
        rows = _SOURCES[kind].rows()
    return not rows.filter(patient_id=grant.patient_id, practice_id=grant.practice_id, pk=item_id).exists()


# Finders: each gives the field of `ItemFound` with its value, or None for what is not shown.


class _Source(NamedTuple):
    """An item's kind of data, its table, what its patient sees of it, and how it reads on both sides."""

    data: DataKind
    rows: "Callable[[], QuerySet[Any]]"
    visible: "Callable[..., QuerySet[Any]]"
    find: Callable[[shown_scope.Scope, int], _Found | None]
    desk: Callable[..., DeskRow] | None


def _episode(scope: shown_scope.Scope, pk: int) -> _Found | None:
    row = shown_scope.episode_rows(scope=scope).filter(pk=pk).first()
    return {"episode": rows_as.episode(row, today=scope.bounds.today)} if row else None


def _contact(scope: shown_scope.Scope, pk: int) -> _Found | None:
    found = shown.find_contact(scope=scope, encounter_id=EncounterId(pk))
    return {"contact": found} if found else None


def _line(scope: shown_scope.Scope, pk: int) -> _Found | None:
    found = shown.find_line(scope=scope, entry_id=JournalEntryId(pk))
    return {"contact": found} if found else None


def _value(scope: shown_scope.Scope, pk: int) -> _Found | None:
    row = shown_scope.observation_rows(scope=scope).filter(pk=pk).first()
    return {"value": rows_as.value(row)} if row else None


def _allergy(scope: shown_scope.Scope, pk: int) -> _Found | None:
    row = shown_scope.allergy_rows(scope=scope).filter(pk=pk).first()
    return {"allergy": rows_as.allergy(row)} if row else None


def _medicine(scope: shown_scope.Scope, pk: int) -> _Found | None:
    row = shown_scope.medication_rows(scope=scope).filter(pk=pk).first()
    return {"medicine": rows_as.medicine(row)} if row else None


_SOURCES: dict[RecordItem, _Source] = {
    RecordItem.EPISODE: _Source(
        DataKind.EPISODES, models.Episode.objects.all, shown_scope.episode_rows, _episode, desk_rows.episode
    ),
    RecordItem.CONTACT: _Source(
        DataKind.JOURNAL, models.Encounter.objects.all, shown_scope.encounter_rows, _contact, None
    ),
    RecordItem.LINE: _Source(DataKind.JOURNAL, models.JournalEntry.objects.all, shown_scope.entry_rows, _line, None),
    RecordItem.VALUE: _Source(
        DataKind.OBSERVATIONS,
        models.Observation.objects.select_related("episode").all,
        shown_scope.observation_rows,
        _value,
        desk_rows.value,
    ),
    RecordItem.ALLERGY: _Source(
        DataKind.ALLERGIES, models.Allergy.objects.all, shown_scope.allergy_rows, _allergy, desk_rows.allergy
    ),
    RecordItem.MEDICINE: _Source(
        DataKind.MEDICATION,
        models.Medication.objects.select_related("episode").all,
        shown_scope.medication_rows,
        _medicine,
        desk_rows.medicine,
    ),
}


_OWN_FINDER = {RecordItem.REPORT: DataKind.OBSERVATIONS, RecordItem.LETTER: DataKind.DOCUMENTS}
"""Kinds that no scope of the record holds: they are read where they are kept."""


def _report_of_patient(viewer: Viewer, item_id: int, now: datetime) -> ItemFound:
    report = patient_results.get_card(viewer=viewer, report_id=LabReportId(item_id), now=now)
    return _made(RecordItem.REPORT, item_id, patient_home.check_record_practice(viewer=viewer), {"report": report})


def _letter_of_patient(viewer: Viewer, item_id: int, now: datetime) -> ItemFound:
    letter = patient_documents.get_letter_of_request(viewer=viewer, document_id=DocumentId(item_id), now=now)
    return _made(RecordItem.LETTER, item_id, patient_home.check_record_practice(viewer=viewer), {"letter": letter})


def _made(kind: RecordItem, item_id: int, practice_id: PracticeId, found: _Found) -> ItemFound:
    return ItemFound(
        kind=kind,
        item_id=item_id,
        practice_id=practice_id,
        practice_name=practices.get_practice_card(practice_id=practice_id).name,
        title=_title(next(iter(found.values()))),
        **found,
    )


def _title(item: Any) -> str:
    if isinstance(item, ReportCard):
        return _("Uitslag van %(day)s") % {"day": day_date(value=item.day)}
    title = getattr(item, "title", "")
    return str(title) or _("Contact van %(day)s") % {"day": day_date(value=item.day)}
