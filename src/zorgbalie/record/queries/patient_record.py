"""The record as its patient (or parent, or helper) reads it. Every function passes the gate and leaves a line per kind.

All raise NotVisible alike for a record that is not open, for a row that is not shown and for one that does not exist.
Audit: `record.read`, one line per kind of data that the page shows.
"""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import RECORD_READ, check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EpisodeId, ObservationId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.queries import shown
from zorgbalie.record.queries.patient_home import RECORD_KINDS, check_record_practice
from zorgbalie.record.queries.patient_results import list_unread_upsetting
from zorgbalie.record.types import (
    PatientRecord,
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownMedicine,
    Slice,
    ValueGroup,
    ValueHistory,
)

_ON_OVERVIEW = 3
_HISTORY_PAGE = 50


def get_overview(*, viewer: Viewer, now: datetime) -> PatientRecord:
    """The start of each part, with how much there is."""
    scope = _scope(viewer, RECORD_KINDS, now, needed=DataKind.EPISODES)
    return shown.get_record(scope=scope, per_page=_ON_OVERVIEW)


def list_episodes(*, viewer: Viewer, now: datetime, page: int) -> Slice[ShownEpisode]:
    """Complaints and conditions (REQ 14)."""
    return shown.list_episodes(scope=_scope(viewer, [DataKind.EPISODES], now), page=page)


def get_episode(
    *, viewer: Viewer, episode_id: EpisodeId, now: datetime, page: int
) -> tuple[ShownEpisode, Slice[ShownContact]]:
    """One episode with its contacts, and in those the lines about this episode alone."""
    scope = _scope(viewer, [DataKind.EPISODES, DataKind.JOURNAL], now, needed=DataKind.EPISODES)
    episode = shown.get_episode(scope=scope, episode_id=episode_id)
    return episode, shown.list_contacts(scope=scope, page=page, episode_id=episode_id)


def list_contacts(*, viewer: Viewer, now: datetime, page: int) -> Slice[ShownContact]:
    """Contacts with their E and P lines (REQ 15)."""
    scope = _scope(viewer, [DataKind.EPISODES, DataKind.JOURNAL], now, needed=DataKind.JOURNAL)
    return shown.list_contacts(scope=scope, page=page)


def list_values(*, viewer: Viewer, now: datetime, page: int) -> Slice[ValueGroup]:
    """Measurements and results by determination (REQ 16)."""
    return shown.list_values(scope=_scope(viewer, [DataKind.OBSERVATIONS], now), page=page)


def get_value_history(*, viewer: Viewer, observation_id: ObservationId, now: datetime, page: int) -> ValueHistory:
    """All values of one determination."""
    scope = _scope(viewer, [DataKind.OBSERVATIONS], now)
    return shown.get_value_history(scope=scope, observation_id=observation_id, page=page, per_page=_HISTORY_PAGE)


def list_allergies(*, viewer: Viewer, now: datetime, page: int) -> Slice[ShownAllergy]:
    """Allergies and intolerances."""
    return shown.list_allergies(scope=_scope(viewer, [DataKind.ALLERGIES], now), page=page)


def list_medicines(*, viewer: Viewer, now: datetime, page: int) -> Slice[ShownMedicine]:
    """Medicines in use (REQ 17)."""
    return shown.list_medicines(scope=_scope(viewer, [DataKind.MEDICATION], now), page=page)


def _scope(viewer: Viewer, kinds: Iterable[DataKind], now: datetime, *, needed: DataKind | None = None) -> shown.Scope:
    """The patient's scope for a page. `needed`: the kind without which the page as a whole is closed."""
    practice_id = check_record_practice(viewer=viewer)
    grants = gate.open_kinds(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=practice_id,
        kinds=kinds,
        use=Use.READ,
        event=RECORD_READ,
        now=now,
    )
    if needed is not None and needed not in grants:
        raise NotVisible(needed)
    rules = practices.get_showing_rules(practice_id=practice_id)
    results = grants.get(DataKind.OBSERVATIONS)
    held = list_unread_upsetting(viewer=viewer, grant=results) if results else frozenset()
    return shown.patient_scope(grants=grants, rules=rules, today=local_date(now), held_reports=held)
