"""Which rows of a record a patient sees, in SQL: one place for the patient's pages, the desk's preview and the copy.

Shown, per kind (national OPEN data set; R3):

- episodes: running ones; closed ones by the practice's two settings; only with the tick `zichtbaar voor patiënt`;
- E and P lines from the first day of online access; never S or O. A line of an unticked episode is never shown, nor a
  line or contact that is itself unticked, nor a line without an episode in a contact about unticked episodes only. A
  line of an episode that is not listed because it is closed is shown, without the episode's name;
- contacts of those lines. A contact of which something is withheld appears only with the lines that are left, without
  its reason; when no line is left it does not appear. A contact that never had a line appears with date and kind;
- measurements and results from the first day of the results period, laboratory results once they are published (R1) and
  until a later version of the report is. Not shown when unticked, when linked to an unticked
  episode, or when its contact is about unticked episodes only. One that is linked to no episode is shown;
- allergies: with the tick, whether active or not; medicines in use today, not those of an unticked episode.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower

from zorgbalie.access.types import DataKind, Grant
from zorgbalie.kernel.clock import months_before
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.practice.types import ShowingRules
from zorgbalie.record.models import Allergy, Encounter, Episode, JournalEntry, Medication, Observation
from zorgbalie.record.rules.shown import NOT_IN_USE, NOT_TRUE, SHOWN_SOEP, Bounds
from zorgbalie.record.types import Hidden


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Whose record, within which bounds, with which ticks. `kinds` are the kinds that may be shown at all.

    `held_reports`: laboratory reports that ask first whether one wants to read them (ux 33); their values stand in no
    list until then.
    """

    patient_id: PersonId
    practice_id: PracticeId
    kinds: frozenset[DataKind]
    bounds: Bounds
    hidden: Hidden | None
    held_reports: frozenset[int] = frozenset()


def patient_scope(
    *,
    grants: Mapping[DataKind, Grant],
    rules: ShowingRules,
    today: date,
    held_reports: frozenset[int] = frozenset(),
) -> Scope:
    """The scope of a patient's own page: a kind without a grant shows nothing."""
    grant = next(iter(grants.values()))
    return Scope(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        kinds=frozenset(grants),
        bounds=Bounds(
            today=today,
            journal_from=_first_day(grants.get(DataKind.JOURNAL)),
            results_from=_first_day(grants.get(DataKind.OBSERVATIONS)),
            closed_with_attention=rules.closed_with_attention,
            closed_without_attention=rules.closed_without_attention,
        ),
        hidden=None,
        held_reports=held_reports,
    )


def release_scope(
    *, grant: Grant, kinds: frozenset[DataKind], rules: ShowingRules, today: date, hidden: Hidden | None
) -> Scope:
    """The scope of a preview or copy: what the patient would see with these ticks (None: as stored)."""
    return Scope(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        kinds=kinds,
        bounds=Bounds(
            today=today,
            journal_from=rules.online_access_since or date.max,
            results_from=months_before(today, rules.results_months),
            closed_with_attention=rules.closed_with_attention,
            closed_without_attention=rules.closed_without_attention,
        ),
        hidden=hidden,
    )


# `…_rows` are for the topics of this app (lists, choosing at the desk, the copy); they never leave it.


def _first_day(grant: Grant | None) -> date:
    """From which day a grant lets its kind be shown; the end of time without one (the closed side)."""
    return (grant.visible_from if grant else None) or date.max


def _whose(scope: Scope) -> Q:
    return Q(patient_id=scope.patient_id, practice_id=scope.practice_id)


def _kept(scope: Scope, ids: str, path: str = "") -> Q:
    return _ticked(scope.hidden, ids, path)


def _ticked(hidden: Hidden | None, ids: str, path: str) -> Q:
    """Still ticked: as stored, or by the ids that are being tried. `path` leads to the ticked row."""
    if hidden is None:
        return Q(**{f"{path}visible_to_patient": True})
    return ~Q(**{f"{path}pk__in": getattr(hidden, ids)})


def _episode_kept(scope: Scope) -> Q:
    return Q(episode__isnull=True) | _kept(scope, "episode_ids", "episode__")


def not_beside_hidden(*, hidden: Hidden | None) -> Q:
    """Not loose in a contact about unticked episodes only: such a line or value may tell of those (R3)."""
    ticked = _ticked(hidden, "episode_ids", "episode__")
    about_hidden, about_shown = _contact_names(~ticked), _contact_names(ticked)
    loose = Q(episode__isnull=True) & Q(encounter__isnull=False)
    return ~loose | ~Q(about_hidden) | Q(about_shown)


def _contact_names(condition: Q) -> Exists:
    """Whether anything in the contact of a row is linked to an episode for which the condition holds."""
    named = Q(condition, encounter_id=OuterRef("encounter_id"), episode__isnull=False)
    lines, values = JournalEntry.objects.filter(named), Observation.objects.filter(named)
    return Exists(lines.values("pk").union(values.values("pk"), all=True))


def episode_rows(*, scope: Scope) -> QuerySet[Episode]:
    """Episodes in the list."""
    bounds = scope.bounds
    running = Q(end_date__isnull=True) | Q(end_date__gte=bounds.today)
    shown = running
    if bounds.closed_with_attention:
        shown |= Q(has_attention=True)
    if bounds.closed_without_attention:
        shown |= Q(has_attention=False)
    rows = Episode.objects.filter(_whose(scope), shown, _kept(scope, "episode_ids"))
    return rows if DataKind.EPISODES in scope.kinds else rows.none()


def entry_rows(*, scope: Scope) -> QuerySet[JournalEntry]:
    """E and P lines."""
    rows = JournalEntry.objects.filter(
        _whose(scope),
        _kept(scope, "entry_ids"),
        _episode_kept(scope),
        Q(encounter__isnull=True) | _kept(scope, "encounter_ids", "encounter__"),
        not_beside_hidden(hidden=scope.hidden),
        soep__in=SHOWN_SOEP,
        recorded_on__gte=scope.bounds.journal_from,
    )
    return rows if DataKind.JOURNAL in scope.kinds else rows.none()


def encounter_rows(*, scope: Scope) -> QuerySet[Encounter]:
    """Contacts."""
    has_lines = Exists(entry_rows(scope=scope).filter(encounter_id=OuterRef("pk")))
    some_withheld = withheld(scope=scope)
    rows = Encounter.objects.filter(
        Q(has_lines) | (~Q(some_withheld) & _episode_kept(scope) & Q(started_on__gte=scope.bounds.journal_from)),
        _whose(scope),
        _kept(scope, "encounter_ids"),
    )
    return rows if DataKind.JOURNAL in scope.kinds else rows.none()


def withheld(*, scope: Scope, contact: str = "pk") -> Exists:
    """Whether anything in a contact is kept from the patient, so that its reason is not shown (R3).

    An unticked line, or whatever has an unticked episode. `contact`: the column that names the contact.
    """
    unticked = ~(_kept(scope, "entry_ids") & _episode_kept(scope))
    lines = JournalEntry.objects.filter(unticked, encounter_id=OuterRef(contact))
    values = Observation.objects.filter(~_episode_kept(scope), encounter_id=OuterRef(contact))
    return Exists(lines.values("pk").union(values.values("pk"), all=True))


def observation_rows(*, scope: Scope, replaced: bool = False) -> "QuerySet[Any, Any]":
    """Measurements and results. Typed loosely: the rows carry `group_key` besides their fields.

    `replaced`: those of former versions of a laboratory report instead, for its history.
    """
    rows = Observation.objects.filter(
        not_beside_hidden(hidden=scope.hidden),
        _whose(scope),
        _kept(scope, "observation_ids"),
        _episode_kept(scope),
        Q(encounter__isnull=True) | _kept(scope, "encounter_ids", "encounter__"),
        observed_on__gte=scope.bounds.results_from,
        replaced_at__isnull=not replaced,
    ).exclude(status__in=NOT_TRUE)
    if scope.held_reports:
        rows = rows.filter(Q(lab_report__isnull=True) | ~Q(lab_report_id__in=scope.held_reports))
    rows = rows.annotate(group_key=_GROUP_KEY)
    return rows if DataKind.OBSERVATIONS in scope.kinds else rows.none()


_GROUP_KEY = Case(
    When(code="", then=Concat(Value("="), Lower("title"))),
    default=Concat("code_system", Value("|"), "code"),
    output_field=CharField(),
)
"""What belongs to one determination: the same code, or the same name where the source gave no code."""


def allergy_rows(*, scope: Scope) -> QuerySet[Allergy]:
    """Allergies and intolerances."""
    rows = Allergy.objects.filter(_whose(scope), _kept(scope, "allergy_ids")).exclude(clinical_status__in=NOT_TRUE)
    return rows if DataKind.ALLERGIES in scope.kinds else rows.none()


def medication_rows(*, scope: Scope) -> QuerySet[Medication]:
    """Medicines in use on the day of reading."""
    today = scope.bounds.today
    rows = Medication.objects.filter(
        Q(start_date__isnull=True) | Q(start_date__lte=today),
        Q(end_date__isnull=True) | Q(end_date__gte=today),
        _whose(scope),
        _kept(scope, "medication_ids"),
        _episode_kept(scope),
    ).exclude(status__in=NOT_IN_USE)
    return rows if DataKind.MEDICATION in scope.kinds else rows.none()
