"""A copy of the record on paper, for a patient who gets no online access (`publiceer en verwerk`, REQ 23, 66).

It holds the record of all years (BW 7:456), bounded by the ticks: what is hidden from the patient, and each line of a
hidden episode, is left out (R3). Work notes are no part of the record and have no way in here. S and O lines come along
only when staff choose so, because they may tell of others than the patient.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.queries.requests import list_requests
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccessRequestId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import ShowingRules
from zorgbalie.record.models import JournalEntry, Medication, SharedNote
from zorgbalie.record.queries import pages, said, shown, shown_rows, shown_scope
from zorgbalie.record.queries.correction_items import find_shown
from zorgbalie.record.queries.preview import is_kept_by_pharmacy, stored_hidden
from zorgbalie.record.queries.release import may_release, patient_card
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.desk import CopyPlan, RecordPart
from zorgbalie.record.types.shown import Said, ShownContact, ShownLine

COPY_PARTS = (
    RecordPart.EPISODES,
    RecordPart.CONTACTS,
    RecordPart.VALUES,
    RecordPart.ALLERGIES,
    RecordPart.MEDICINES,
    RecordPart.NOTES,
)
_AT_PHARMACY = (RecordPart.ALLERGIES, RecordPart.MEDICINES)
_AT_ONCE = 500
_SO = ("S", "O")


def get_copy_plan(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> CopyPlan:
    """How much a copy would hold, for the page on which staff choose.

    Raises NotAllowed, NotVisible. Audit: `record.copy_planned`. Source: REQ 23, 66.
    """
    grant = open_for_copy(viewer=viewer, patient_id=patient_id, event="record.copy_planned", now=now)
    scope = copy_scope(grant=grant, now=now)
    hidden = stored_hidden(grant=grant)
    relation = practices.find_relation(person_id=patient_id, practice_id=grant.practice_id)
    counts = pages.count_each(
        parts={
            RecordPart.EPISODES: shown_scope.episode_rows(scope=scope),
            RecordPart.CONTACTS: shown_scope.encounter_rows(scope=scope),
            RecordPart.VALUES: shown_scope.observation_rows(scope=scope),
            RecordPart.ALLERGIES: shown_scope.allergy_rows(scope=scope),
            RecordPart.MEDICINES: medicines(grant=grant),
            RecordPart.NOTES: notes(grant=grant),
            "so_lines": so_lines(grant=grant),
        }
    )
    return CopyPlan(
        patient=patient_card(patient_id=patient_id, now=now),
        counts={part: counts[part] for part in parts_of(grant=grant)},
        so_lines=counts["so_lines"],
        hidden=sum(len(getattr(hidden, field)) for field in hidden.__slots__),
        online_access=relation.online_access,
        closes_request=waiting_request(viewer=viewer, patient_id=patient_id, now=now) is not None,
    )


def parts_of(*, grant: Grant) -> tuple[RecordPart, ...]:
    """What a copy of this practice's record can hold: a pharmacy keeps medicines and allergies alone (REQ 79)."""
    return _AT_PHARMACY if is_kept_by_pharmacy(grant=grant) else COPY_PARTS


def open_for_copy(*, viewer: Viewer, patient_id: PersonId, event: str, now: datetime, **detail: Any) -> Grant:
    """Leave to copy, at the viewer's own practice, for this app's actions."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.RECORD_COPY)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.RECORD_COPY,
        use=Use.READ,
        event=event,
        now=now,
        detail=detail or None,
    )


def waiting_request(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> AccessRequestId | None:
    """The request that a copy would answer; None too for who may copy but not decide on requests."""
    if viewer.practice_id is None or not may_release(viewer=viewer, patient_id=patient_id, now=now):
        return None
    found = list_requests(viewer=viewer, patient_id=patient_id, practice_id=viewer.practice_id, now=now)
    return next((one.request_id for one in found if one.is_decidable), None)


def may_copy(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.RECORD_COPY,
        use=Use.READ,
        now=now,
    )


def copy_scope(*, grant: Grant, now: datetime) -> shown_scope.Scope:
    """All years and all kinds, with the ticks as stored."""
    kinds = frozenset(
        (DataKind.EPISODES, DataKind.JOURNAL, DataKind.OBSERVATIONS, DataKind.ALLERGIES, DataKind.MEDICATION)
    )
    everything = ShowingRules(
        online_access_since=date.min, results_months=0, closed_with_attention=True, closed_without_attention=True
    )
    scope = shown_scope.release_scope(grant=grant, kinds=kinds, rules=everything, today=local_date(now), hidden=None)
    return replace(scope, bounds=replace(scope.bounds, results_from=date.min))


def medicines(*, grant: Grant) -> QuerySet[Medication]:
    """All medicines, also stopped ones, without those that are hidden or of a hidden episode."""
    rows = Medication.objects.filter(
        Q(episode__isnull=True) | Q(episode__visible_to_patient=True),
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        visible_to_patient=True,
    ).exclude(status="entered-in-error")
    return rows.order_by(F("start_date").desc(nulls_last=True), "-pk")


def notes(*, grant: Grant) -> QuerySet[SharedNote]:
    """Notes that were shared with colleagues: part of the record."""
    rows = SharedNote.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, visible_to_patient=True
    )
    return rows.order_by("-shared_on", "-pk")


def so_lines(*, grant: Grant) -> QuerySet[JournalEntry]:
    """S and O lines that are not hidden, nor of a hidden episode or contact, nor loose beside such an episode (R3)."""
    return JournalEntry.objects.filter(
        Q(episode__isnull=True) | Q(episode__visible_to_patient=True),
        Q(encounter__isnull=True) | Q(encounter__visible_to_patient=True),
        shown_scope.not_beside_hidden(hidden=None),
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        visible_to_patient=True,
        soep__in=_SO,
    )


def list_contacts(*, grant: Grant, scope: shown_scope.Scope, with_so: bool) -> list[ShownContact]:
    """Every contact, newest first, with its lines in the order S, O, E, P."""
    found: list[ShownContact] = []
    page = 1
    while True:
        piece = shown.list_contacts(scope=scope, page=page, per_page=_AT_ONCE)
        found += piece.items
        if page * _AT_ONCE >= piece.total:
            break
        page += 1
    return _with_so(found, grant) if with_so else found


def _with_so(found: list[ShownContact], grant: Grant) -> list[ShownContact]:
    extra: dict[int | None, list[ShownLine]] = {}
    for row in so_lines(grant=grant).select_related("episode").order_by("-soep", "pk"):
        extra.setdefault(row.encounter_id, []).append(_line(row))
    loose = [
        ShownContact(
            encounter_id=None, day=line.day, kind_title="", reason="", author_name=line.author_name,
            author_role=line.author_role, lines=(line,),
        )
        for line in extra.pop(None, [])
    ]  # fmt: skip
    joined = [
        replace(one, lines=(*extra.get(one.encounter_id, ()), *one.lines)) if one.encounter_id else one for one in found
    ]
    return sorted([*joined, *loose], key=lambda one: one.day, reverse=True)


def _line(row: JournalEntry) -> ShownLine:
    row.episode_listed = row.episode is not None  # type: ignore[attr-defined]  # what the rows of `shown` carry
    return shown_rows.line(row)


def said_rows(*, grant: Grant, scope: shown_scope.Scope) -> list[tuple[Said, str]]:
    """What stands beside items and beside the record as a whole, with what each is about; "" for the whole.

    The patient's own words are in each copy (BW 7:454 lid 2). What is about an item that is hidden goes along without
    the item's name.
    """
    found = said.list_all(patient_id=grant.patient_id, practice_id=grant.practice_id)
    return [(words, _about(scope, kind, item_id)) for kind, item_id, words in found]


def _about(scope: shown_scope.Scope, kind: RecordItem | None, item_id: int) -> str:
    if kind is None:
        return ""
    if kind is RecordItem.REPORT:
        return _("een uitslag van onderzoek")
    if kind is RecordItem.LETTER:
        return _("een brief")
    item = find_shown(scope=scope, kind=kind, item_id=item_id)
    return item or _("een onderdeel dat niet in deze kopie staat")
