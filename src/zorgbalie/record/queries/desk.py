"""The whole record for staff, S and O lines too, page by page (BW 7:457 lid 2; REQ 57, 60).

Who may: own staff with the right to read, staff with emergency access; a pharmacy its medicines and allergies alone.
Work notes are not in here. Queries: a fixed number per page, whatever the number of rows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from zorgbalie.access import facts, gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRole, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record import models
from zorgbalie.record.queries import desk_rows as rows_as
from zorgbalie.record.queries import pages, said, shown_scope
from zorgbalie.record.queries.information import with_pages
from zorgbalie.record.queries.preview import scope_for_release
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.desk import DeskContact, DeskRecord, DeskRow, RecordPart
from zorgbalie.record.types.shown import Slice

PER_PAGE = 25
_PHARMACY = (StaffRole.PHARMACIST, StaffRole.PHARMACY_ASSISTANT)
_PHARMACY_KINDS = {RecordPart.MEDICINES: DataKind.MEDICATION, RecordPart.ALLERGIES: DataKind.ALLERGIES}


class Listing(NamedTuple):
    """What of a part is asked for: a page, words to look for, and the order."""

    page: int = 1
    words: str = ""
    oldest_first: bool = False


def get_desk_record(
    *, viewer: Viewer, patient_id: PersonId, part: RecordPart, listing: Listing, now: datetime
) -> DeskRecord:
    """One page of one part, and whether the patient sees each row.

    Raises NotAllowed, NotVisible. Audit: `record.read` with the part. Source: BW 7:457; REQ 57; R13.
    """
    practice_id, kind = _place(viewer, patient_id, part, now)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=kind,
        use=Use.READ,
        event="record.read",
        now=now,
        object_type=part,
    )
    scope = scope_for_release(grant=grant, hidden=None, now=now)
    is_contacts = part is RecordPart.CONTACTS
    return DeskRecord(
        patient=patient_card(patient_id=patient_id, now=now),
        practice_name=practices.get_practice_card(practice_id=practice_id).name,
        part=part,
        counts=pages.count_each(parts={one: _all(one, grant) for one in parts_for(viewer=viewer, kind=kind)}),
        contacts=_contacts(grant, scope, listing) if is_contacts else None,
        rows=None
        if is_contacts
        else with_pages(part=part, practice_id=practice_id, rows=_rows(part, grant, scope, listing)),
        is_released=facts.is_released(patient_id=patient_id, practice_id=practice_id),
        is_emergency=grant.emergency,
    )


def parts_for(*, viewer: Viewer, kind: DataKind = DataKind.FULL_RECORD) -> tuple[RecordPart, ...]:
    """The parts that a viewer finds in the menu, the first one being where the page opens."""
    if viewer.role in _PHARMACY and kind is not DataKind.FULL_RECORD:
        return tuple(_PHARMACY_KINDS)
    return tuple(RecordPart)


def first_part(*, viewer: Viewer) -> RecordPart:
    """Where the record opens for this viewer."""
    return RecordPart.MEDICINES if viewer.role in _PHARMACY else RecordPart.CONTACTS


def may_read_record(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry."""
    practice_id, kind = _place(viewer, patient_id, first_part(viewer=viewer), now)
    return gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=kind, use=Use.READ, now=now
    )


def _place(viewer: Viewer, patient_id: PersonId, part: RecordPart, now: datetime) -> tuple[PracticeId, DataKind]:
    """Whose record is meant: that of the own practice; in an emergency that of the practice that keeps it."""
    own = viewer.practice_id
    if own is None:
        raise NotVisible(DataKind.FULL_RECORD)
    kind = _PHARMACY_KINDS.get(part, DataKind.FULL_RECORD) if viewer.role in _PHARMACY else DataKind.FULL_RECORD
    places = [(own, kind)]
    if not _may(viewer, patient_id, own, kind, now) or not _is_kept_by(own, patient_id):
        kept_by = practices.list_enrolled_practices(person_id=patient_id)
        places = [(card.practice_id, DataKind.FULL_RECORD) for card in kept_by if card.practice_id != own]
    return next((place for place in places if _may(viewer, patient_id, *place, now)), (own, kind))


def _is_kept_by(practice_id: PracticeId, patient_id: PersonId) -> bool:
    return practices.find_relation(person_id=patient_id, practice_id=practice_id).enrolled


def _may(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, kind: DataKind, now: datetime) -> bool:
    return gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=kind, use=Use.READ, now=now
    )


# Rows


class _Source(NamedTuple):
    """A part: its table, its day, the fields that are searched, what the patient sees of it, how a row reads."""

    rows: Callable[[], "QuerySet[Any]"]
    day: str
    searched: tuple[str, ...]
    visible: "Callable[..., QuerySet[Any]] | None"
    make: Callable[..., DeskRow]


_SOURCES: dict[RecordPart, _Source] = {
    RecordPart.EPISODES: _Source(
        models.Episode.objects.all, "start_date", ("title", "icpc_code"), shown_scope.episode_rows, rows_as.episode
    ),
    RecordPart.FLAGS: _Source(models.Flag.objects.all, "start_date", ("title", "code"), None, rows_as.flag),
    RecordPart.VALUES: _Source(
        models.Observation.objects.all,
        "observed_on",
        ("title", "value_text", "remark"),
        shown_scope.observation_rows,
        rows_as.value,
    ),
    RecordPart.ALLERGIES: _Source(
        models.Allergy.objects.all, "start_date", ("title", "reaction"), shown_scope.allergy_rows, rows_as.allergy
    ),
    RecordPart.MEDICINES: _Source(
        models.Medication.objects.all,
        "start_date",
        ("title", "dosage"),
        shown_scope.medication_rows,
        rows_as.medicine,
    ),
    RecordPart.NOTES: _Source(
        models.SharedNote.objects.prefetch_related("shared_with").all,
        "shared_on",
        ("text", "about"),
        None,
        rows_as.shared_note,
    ),
}
_SAID_OF = {
    RecordPart.EPISODES: RecordItem.EPISODE,
    RecordPart.VALUES: RecordItem.VALUE,
    RecordPart.ALLERGIES: RecordItem.ALLERGY,
    RecordPart.MEDICINES: RecordItem.MEDICINE,
}
_LINKED = (RecordPart.FLAGS, RecordPart.VALUES, RecordPart.MEDICINES)


def _all(part: RecordPart, grant: Grant) -> "QuerySet[Any]":
    rows = models.Encounter.objects.all() if part is RecordPart.CONTACTS else _SOURCES[part].rows()
    return rows.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)


def _rows(part: RecordPart, grant: Grant, scope: shown_scope.Scope, listing: Listing) -> Slice[DeskRow]:
    source = _SOURCES[part]
    rows = _all(part, grant).filter(_matching(source.searched, listing.words))
    if part in _LINKED:
        rows = rows.select_related("episode")
    seen = source.visible
    is_shown = Exists(seen(scope=scope).filter(pk=OuterRef("pk"))) if seen else Value(False)
    day = F(source.day)
    order = day.asc(nulls_first=True) if listing.oldest_first else day.desc(nulls_last=True)
    found, number, total = pages.cut(rows=rows.order_by(order, "-pk"), page=listing.page, per_page=PER_PAGE)
    # The page's rows alone are asked whether the patient sees them.
    on_page = rows.filter(pk__in=[row.pk for row in found]).annotate(is_shown=is_shown)
    by_id = {row.pk: row for row in on_page}
    names = _names(by_id.values())
    made = [(row.pk, source.make(by_id[row.pk], names)) for row in found]
    items = tuple(row for _pk, row in made)
    if part in _SAID_OF:
        items = said.beside_rows(
            patient_id=grant.patient_id, practice_id=grant.practice_id, kind=_SAID_OF[part], items=made
        )
    return Slice(items=items, total=total, number=number, per_page=PER_PAGE)


def _contacts(grant: Grant, scope: shown_scope.Scope, listing: Listing) -> Slice[DeskContact]:
    """Contacts with all their lines, and lines that belong to no contact."""
    lines = models.JournalEntry.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    matching = lines.filter(_matching(("text", "icpc_code", "icpc_title"), listing.words))
    contacts = _all(RecordPart.CONTACTS, grant)
    if listing.words:
        has_words = Exists(matching.filter(encounter_id=OuterRef("pk")))
        contacts = contacts.filter(Q(has_words) | _matching(("reason", "kind_title"), listing.words))
    order = ("started_on", "pk") if listing.oldest_first else ("-started_on", "-pk")
    both = pages.contacts_and(contacts=contacts, lines=matching.filter(encounter__isnull=True))
    counted, number, total = pages.cut_counted(rows=both.order_by(*order), page=listing.page, per_page=PER_PAGE)
    found = [(day, pk, loose) for day, pk, loose, _total in counted]
    with_lines = [pk for _day, pk, loose in found if not loose]
    on_page = (
        lines.filter(Q(encounter_id__in=with_lines) | Q(pk__in=[pk for _day, pk, loose in found if loose]))
        .select_related("episode")
        .annotate(is_shown=Exists(shown_scope.entry_rows(scope=scope).filter(pk=OuterRef("pk"))))
    )
    encounters = models.Encounter.objects.filter(pk__in=with_lines).annotate(
        is_shown=Exists(shown_scope.encounter_rows(scope=scope).filter(pk=OuterRef("pk")))
    )
    entries, contact_rows = list(on_page), list(encounters)
    names = _names([*entries, *contact_rows])
    items = rows_as.contacts(
        found=found,
        encounters=contact_rows,
        entries=entries,
        names=names,
        said=said.by_item(patient_id=grant.patient_id, practice_id=grant.practice_id),
    )
    return Slice(items=items, total=total, number=number, per_page=PER_PAGE)


def _matching(fields: tuple[str, ...], words: str) -> Q:
    """Each word somewhere in the fields."""
    found = Q()
    for word in words.split()[:8]:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        found &= one
    return found


def _names(rows: Any) -> dict[int, str]:
    hiders = {EmployeeId(row.hidden_by_id) for row in rows if row.hidden_by_id}
    return practices.list_employee_names(employee_ids=hiders) if hiders else {}
