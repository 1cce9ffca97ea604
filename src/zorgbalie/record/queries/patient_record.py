"""The record as its patient (or parent, or helper) reads it. Every function passes the gate and leaves a line per kind.

Medicines and allergies come from every practice that opened its record, side by side (REQ 11, 17); the rest is the GP
practice's alone.

All raise NotVisible alike for a record that is not open, for a row that is not shown and for one that does not exist.
Audit: `record.read`, one line per kind of data and practice that the page shows.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeVar

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import RECORD_READ, check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EpisodeId, ObservationId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard, PracticeKind
from zorgbalie.record.queries import patient_home, said, shown, shown_scope
from zorgbalie.record.queries.patient_home import RECORD_KINDS
from zorgbalie.record.queries.patient_results import list_unread_upsetting
from zorgbalie.record.types import (
    FromPractice,
    RecordOverview,
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownMedicine,
    Slice,
    ValueGroup,
    ValueHistory,
)

Item = TypeVar("Item")
_ON_OVERVIEW = 3
_HISTORY_PAGE = 50


def get_overview(*, viewer: Viewer, now: datetime) -> RecordOverview:
    """The start of each part that is open, with how much there is; lists of each practice side by side (REQ 11)."""
    records = {
        card: shown.get_record(scope=scope, per_page=_ON_OVERVIEW) for card, scope in _scopes(viewer, RECORD_KINDS, now)
    }
    kept = next((one for one in records.values() if one.episodes is not None), None)
    return RecordOverview(
        episodes=kept.episodes if kept else None,
        contacts=kept.contacts if kept else None,
        values=kept.values if kept else None,
        allergies=tuple(_from(card, one.allergies) for card, one in records.items() if one.allergies),
        medicines=tuple(_from(card, one.medicines) for card, one in records.items() if one.medicines),
        practice_names=tuple(card.name for card in records),
        said=tuple(
            words
            for card in records
            for words in said.about(
                patient_id=check_subject(viewer), practice_id=card.practice_id, kind=None, item_id=0
            )
        ),
    )


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


def list_allergies(
    *, viewer: Viewer, now: datetime, page: int, pharmacy_page: int = 1
) -> tuple[FromPractice[ShownAllergy], ...]:
    """Allergies and intolerances, of each practice of which they are open."""
    return tuple(
        _from(card, shown.list_allergies(scope=scope, page=_page_of(card, page, pharmacy_page)))
        for card, scope in _scopes(viewer, [DataKind.ALLERGIES], now)
    )


def list_medicines(
    *, viewer: Viewer, now: datetime, page: int, pharmacy_page: int = 1
) -> tuple[FromPractice[ShownMedicine], ...]:
    """Medicines in use, of each practice of which they are open (REQ 17)."""
    return tuple(
        _from(card, shown.list_medicines(scope=scope, page=_page_of(card, page, pharmacy_page)))
        for card, scope in _scopes(viewer, [DataKind.MEDICATION], now)
    )


def _page_of(card: PracticeCard, page: int, pharmacy_page: int) -> int:
    """At most one GP practice and one pharmacy: each list has its own page."""
    return pharmacy_page if card.kind is PracticeKind.PHARMACY else page


def _from(card: PracticeCard, listed: Slice[Item]) -> FromPractice[Item]:
    return FromPractice(
        practice_id=card.practice_id,
        practice_name=card.name,
        phone=card.phone,
        is_pharmacy=card.kind is PracticeKind.PHARMACY,
        listed=listed,
    )


def _scopes(
    viewer: Viewer, kinds: Collection[DataKind], now: datetime
) -> tuple[tuple[PracticeCard, shown_scope.Scope], ...]:
    return list_scopes(viewer=viewer, kinds=kinds, event=RECORD_READ, now=now)


def list_scopes(
    *, viewer: Viewer, kinds: Collection[DataKind], event: str, now: datetime
) -> tuple[tuple[PracticeCard, shown_scope.Scope], ...]:
    """The patient's scope at each practice of which any of `kinds` is open, GP practice first. Audit: `event`.

    Raises NotVisible where none is; the log then holds one refusal, at the practice that keeps the record.
    """
    places = patient_home.list_open_places(viewer=viewer, now=now, kinds=kinds)
    cards = [place.practice for place in places]
    if not cards:
        kept_by = patient_home.find_record_practice(viewer=viewer)
        if kept_by is None:
            raise NotVisible("record")
        cards = [kept_by]
    return tuple((card, _scope_at(viewer, card.practice_id, kinds, now, event)) for card in cards)


def _scope(
    viewer: Viewer, kinds: Iterable[DataKind], now: datetime, *, needed: DataKind | None = None
) -> shown_scope.Scope:
    """The patient's scope at the GP practice. `needed`: the kind without which the page as a whole is closed."""
    scope = _scope_at(viewer, patient_home.check_record_practice(viewer=viewer), kinds, now)
    if needed is not None and needed not in scope.kinds:
        raise NotVisible(needed)
    return scope


def _scope_at(
    viewer: Viewer, practice_id: PracticeId, kinds: Iterable[DataKind], now: datetime, event: str = RECORD_READ
) -> shown_scope.Scope:
    grants = gate.open_kinds(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=practice_id,
        kinds=kinds,
        use=Use.READ,
        event=event,
        now=now,
    )
    rules = practices.get_showing_rules(practice_id=practice_id)
    results = grants.get(DataKind.OBSERVATIONS)
    held = list_unread_upsetting(viewer=viewer, grant=results) if results else frozenset()
    return shown_scope.patient_scope(grants=grants, rules=rules, today=local_date(now), held_reports=held)


def open_scope(
    *, viewer: Viewer, practice_id: PracticeId, kinds: Iterable[DataKind], now: datetime
) -> shown_scope.Scope:
    """The patient's scope at one practice, for other topics of this app. Raises NotVisible. Audit: `record.read`."""
    return _scope_at(viewer, practice_id, kinds, now)


def open_scopes(*, viewer: Viewer, kind: DataKind, now: datetime) -> tuple[tuple[PracticeCard, shown_scope.Scope], ...]:
    """What of one kind is open to the viewer, by practice, for this app's other reads. Audit: `record.read`."""
    return _scopes(viewer, [kind], now)
