"""The patient's page before it is the patient's: for staff who release a record (REQ 55, ux 50)."""

from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    JournalEntry,
    Medication,
    Observation,
    RecordRow,
)
from zorgbalie.record.queries import shown
from zorgbalie.record.types import Hidden, PatientRecord

_BY_FACILITY = {
    DataKind.EPISODES: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.JOURNAL: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.OBSERVATIONS: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES),
    DataKind.ALLERGIES: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES, Facility.ALLERGIES),
    DataKind.MEDICATION: (Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES, Facility.MEDICATION),
}


def preview_record(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    hidden: Hidden | None,
    now: datetime,
    contact_page: int = 1,
    value_page: int = 1,
) -> PatientRecord:
    """Exactly what the patient would see with these ticks; `None` takes the ticks as they are stored.

    Raises NotAllowed, NotVisible. Audit: `release.previewed`.
    """
    grant = _open(viewer, patient_id, "release.previewed", now)
    scope = scope_for_release(grant=grant, hidden=hidden, now=now)
    return shown.get_record(scope=scope, contact_page=contact_page, value_page=value_page)


def list_candidates(
    *, viewer: Viewer, patient_id: PersonId, now: datetime, contact_page: int = 1, value_page: int = 1
) -> PatientRecord:
    """All that could be shown if everything were ticked: the left side of the release page.

    Raises NotAllowed, NotVisible. Audit: `release.candidates_read`.
    """
    grant = _open(viewer, patient_id, "release.candidates_read", now)
    scope = scope_for_release(grant=grant, hidden=Hidden(), now=now)
    return shown.get_record(scope=scope, contact_page=contact_page, value_page=value_page)


def get_stored_hidden(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> Hidden:
    """The ids that are unticked now. Raises NotAllowed, NotVisible. Audit: `release.candidates_read`."""
    return stored_hidden(grant=_open(viewer, patient_id, "release.candidates_read", now))


def scope_for_release(*, grant: Grant, hidden: Hidden | None, now: datetime) -> shown.Scope:
    """A scope for a grant on release or on a copy: the practice's settings and switched-on facilities decide (R14)."""
    relation = practices.find_relation(person_id=grant.patient_id, practice_id=grant.practice_id)
    kinds = frozenset(kind for kind, needed in _BY_FACILITY.items() if relation.facilities.issuperset(needed))
    return shown.release_scope(
        grant=grant,
        kinds=kinds,
        rules=practices.get_showing_rules(practice_id=grant.practice_id),
        today=local_date(now),
        hidden=hidden,
    )


def stored_hidden(*, grant: Grant) -> Hidden:
    """The unticked ids of the granted patient: six small queries on what is hidden, not on what is there."""
    return Hidden(
        episode_ids=_hidden_ids(Episode.objects.all(), grant),
        encounter_ids=_hidden_ids(Encounter.objects.all(), grant),
        entry_ids=_hidden_ids(JournalEntry.objects.all(), grant),
        observation_ids=_hidden_ids(Observation.objects.all(), grant),
        allergy_ids=_hidden_ids(Allergy.objects.all(), grant),
        medication_ids=_hidden_ids(Medication.objects.all(), grant),
    )


def _hidden_ids(rows: "QuerySet[RecordRow]", grant: Grant) -> frozenset[int]:
    hidden = rows.filter(patient_id=grant.patient_id, practice_id=grant.practice_id, visible_to_patient=False)
    return frozenset(hidden.values_list("pk", flat=True))


def _open(viewer: Viewer, patient_id: PersonId, event: str, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible("release")
    return gate.open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=viewer.practice_id, kind=DataKind.RELEASE, use=Use.READ,
        event=event, now=now,
    )  # fmt: skip
