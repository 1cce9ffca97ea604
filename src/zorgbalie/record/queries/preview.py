"""The patient's page before it is the patient's: for staff who release a record (REQ 55, ux 50)."""

from datetime import datetime

from django.db.models import QuerySet, Value

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility, PracticeKind
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    JournalEntry,
    Medication,
    Observation,
    RecordRow,
)
from zorgbalie.record.queries import shown, shown_scope
from zorgbalie.record.types import CountedRecord, Hidden

_BY_FACILITY = {
    DataKind.EPISODES: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.JOURNAL: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.OBSERVATIONS: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.ALLERGIES: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES, Facility.ALLERGIES),
    DataKind.MEDICATION: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES, Facility.MEDICATION),
}
_AT_PHARMACY = {
    DataKind.ALLERGIES: (Facility.MEDICATION, Facility.ALLERGIES),
    DataKind.MEDICATION: (Facility.MEDICATION,),
}


def preview_record(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    hidden: Hidden | None,
    now: datetime,
    contact_page: int = 1,
    value_page: int = 1,
) -> CountedRecord:
    """Exactly what the patient would see with these ticks; `None` takes the ticks as they are stored.

    Raises NotAllowed, NotVisible. Audit: `release.previewed`.
    """
    grant = _open(viewer, patient_id, "release.previewed", now)
    scope = scope_for_release(grant=grant, hidden=hidden, now=now)
    return shown.get_counted_record(scope=scope, contact_page=contact_page, value_page=value_page)


def list_candidates(
    *, viewer: Viewer, patient_id: PersonId, now: datetime, contact_page: int = 1, value_page: int = 1
) -> CountedRecord:
    """All that could be shown if everything were ticked: the left side of the release page.

    Raises NotAllowed, NotVisible. Audit: `release.candidates_read`.
    """
    grant = _open(viewer, patient_id, "release.candidates_read", now)
    scope = scope_for_release(grant=grant, hidden=Hidden(), now=now)
    return shown.get_counted_record(scope=scope, contact_page=contact_page, value_page=value_page)


def get_stored_hidden(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> Hidden:
    """The ids that are unticked now. Raises NotAllowed, NotVisible. Audit: `release.candidates_read`."""
    return stored_hidden(grant=_open(viewer, patient_id, "release.candidates_read", now))


def is_kept_by_pharmacy(*, grant: Grant) -> bool:
    """Whether the granted record is a pharmacy's: medicines and allergies alone (REQ 79)."""
    relation = practices.find_relation(person_id=grant.patient_id, practice_id=grant.practice_id)
    return relation.practice_kind == PracticeKind.PHARMACY


def scope_for_release(*, grant: Grant, hidden: Hidden | None, now: datetime) -> shown_scope.Scope:
    """A scope for a grant on release or on a copy: the practice's settings and switched-on facilities decide (R14)."""
    relation = practices.find_relation(person_id=grant.patient_id, practice_id=grant.practice_id)
    by_facility = _AT_PHARMACY if is_kept_by_pharmacy(grant=grant) else _BY_FACILITY
    kinds = frozenset(kind for kind, needed in by_facility.items() if relation.facilities.issuperset(needed))
    return shown_scope.release_scope(
        grant=grant,
        kinds=kinds,
        rules=practices.get_showing_rules(practice_id=grant.practice_id),
        today=local_date(now),
        hidden=hidden,
    )


def stored_hidden(*, grant: Grant) -> Hidden:
    """The unticked ids of the granted patient: one query on what is hidden, not on what is there."""
    parts = [_hidden_ids(name, model, grant) for name, model in _TICKED.items()]
    found: dict[str, set[int]] = {name: set() for name in _TICKED}
    for name, pk in parts[0].union(*parts[1:], all=True):
        found[name].add(pk)
    return Hidden(**{name: frozenset(ids) for name, ids in found.items()})


_TICKED: dict[str, type[RecordRow]] = {
    "episode_ids": Episode,
    "encounter_ids": Encounter,
    "entry_ids": JournalEntry,
    "observation_ids": Observation,
    "allergy_ids": Allergy,
    "medication_ids": Medication,
}


def _hidden_ids(name: str, model: type[RecordRow], grant: Grant) -> "QuerySet[RecordRow, tuple[str, int]]":
    hidden = model._default_manager.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, visible_to_patient=False
    )
    return hidden.order_by().values_list(Value(name), "pk")


def _open(viewer: Viewer, patient_id: PersonId, event: str, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible("release")
    return gate.open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=viewer.practice_id, kind=DataKind.RELEASE, use=Use.READ,
        event=event, now=now,
    )  # fmt: skip
