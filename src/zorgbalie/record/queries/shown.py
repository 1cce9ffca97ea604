"""What a patient sees of a record, in SQL: one place for the patient's pages, the desk's preview and the paper copy.

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

Queries per list: one, two for values and contacts (three where a contact has no line), whatever the number of rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Concat, Lower, RowNumber

from zorgbalie.access.types import DataKind, Grant
from zorgbalie.kernel.clock import months_before
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EncounterId, EpisodeId, JournalEntryId, ObservationId, PersonId, PracticeId
from zorgbalie.practice.types import ShowingRules
from zorgbalie.record.models import Allergy, Encounter, Episode, JournalEntry, Medication, Observation
from zorgbalie.record.queries import pages, said
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.rules.shown import NOT_IN_USE, NOT_TRUE, SHOWN_SOEP, Bounds
from zorgbalie.record.types import (
    CountedRecord,
    Hidden,
    PatientRecord,
    RecordCounts,
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownMedicine,
    ShownValue,
    Slice,
    ValueGroup,
    ValueHistory,
)

Item = TypeVar("Item")
PER_PAGE = 20
TREND_POINTS = 24
_NEWEST_VALUE = (F("observed_on").desc(), F("observed_at").desc(nulls_last=True), F("pk").desc())


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


def get_record(*, scope: Scope, contact_page: int = 1, value_page: int = 1, per_page: int = PER_PAGE) -> PatientRecord:
    """All parts at once that are in the scope."""
    kinds = scope.kinds
    return PatientRecord(
        episodes=list_episodes(scope=scope, page=1, per_page=200) if DataKind.EPISODES in kinds else None,
        contacts=(
            list_contacts(scope=scope, page=contact_page, per_page=per_page) if DataKind.JOURNAL in kinds else None
        ),
        values=(
            list_values(scope=scope, page=value_page, per_page=per_page) if DataKind.OBSERVATIONS in kinds else None
        ),
        allergies=list_allergies(scope=scope, page=1) if DataKind.ALLERGIES in kinds else None,
        medicines=list_medicines(scope=scope, page=1) if DataKind.MEDICATION in kinds else None,
    )


def get_counted_record(*, scope: Scope, contact_page: int = 1, value_page: int = 1) -> CountedRecord:
    """The same with the counts of everything that is shown, single lines and values too."""
    found = get_record(scope=scope, contact_page=contact_page, value_page=value_page)
    single = pages.count_each(parts={"lines": entry_rows(scope=scope), "values": observation_rows(scope=scope)})
    return CountedRecord(
        episodes=found.episodes,
        contacts=found.contacts,
        values=found.values,
        allergies=found.allergies,
        medicines=found.medicines,
        counts=RecordCounts(
            episodes=_total(found.episodes),
            contacts=_total(found.contacts),
            allergies=_total(found.allergies),
            medicines=_total(found.medicines),
            **single,
        ),
    )


def _total(part: Slice[Any] | None) -> int:
    return part.total if part else 0


def list_episodes(*, scope: Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownEpisode]:
    """Episodes, running ones first, then the newest. Source: REQ 14, 57."""
    today = scope.bounds.today
    closed = Case(When(Q(end_date__isnull=True) | Q(end_date__gte=today), then=0), default=1)
    rows = episode_rows(scope=scope).order_by(closed, F("start_date").desc(nulls_last=True), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.episode(row, today=today) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def get_episode(*, scope: Scope, episode_id: EpisodeId) -> ShownEpisode:
    """One episode. Raises NotVisible for what is not there or not shown: the two are alike."""
    row = episode_rows(scope=scope).filter(pk=episode_id).first()
    if row is None:
        raise NotVisible("episode")
    return _said(scope, [rows_as.episode(row, today=scope.bounds.today)])[0]


def list_contacts(
    *, scope: Scope, page: int, per_page: int = PER_PAGE, episode_id: EpisodeId | None = None
) -> Slice[ShownContact]:
    """Contacts with their E and P lines, newest first; of one episode when `episode_id` is given. Source: REQ 15."""
    lines = entry_rows(scope=scope)
    contacts = encounter_rows(scope=scope)
    if episode_id is not None:
        lines = lines.filter(episode_id=episode_id)
        contacts = contacts.filter(Exists(lines.filter(encounter_id=OuterRef("pk"))))
    both = pages.contacts_and(contacts=contacts, lines=lines.filter(encounter__isnull=True))
    rows = both.order_by("-started_on", "-pk")
    found, number, total = pages.cut_counted(rows=rows, page=page, per_page=per_page)
    items = _contacts(scope, lines, [(day, pk, is_loose) for day, pk, is_loose, _total in found])
    return Slice(items=items, total=total, number=number, per_page=per_page)


def list_values(*, scope: Scope, page: int, per_page: int = PER_PAGE) -> Slice[ValueGroup]:
    """Determinations with their latest two values, the most recent first. Source: REQ 16, ux 30."""
    rows = observation_rows(scope=scope)
    groups = rows.values("group_key").annotate(count=Count("pk"), latest_day=Max("observed_on"))
    groups = groups.order_by("-latest_day", "group_key")
    found, number, total = pages.cut(rows=groups, page=page, per_page=per_page)
    keys = [group["group_key"] for group in found]
    rank = Window(RowNumber(), partition_by=F("group_key"), order_by=_NEWEST_VALUE)
    latest = list(rows.filter(group_key__in=keys).annotate(rank=rank).filter(rank__lte=2)) if keys else []
    items = _said(scope, (rows_as.value_group(group, latest) for group in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def get_value_history(
    *, scope: Scope, observation_id: ObservationId, page: int, per_page: int = PER_PAGE
) -> ValueHistory:
    """All values of the determination that this one belongs to. Raises NotVisible as `get_episode`."""
    rows = observation_rows(scope=scope)
    one = rows.filter(pk=observation_id).first()
    if one is None:
        raise NotVisible("observation")
    same = rows.filter(group_key=_key(one)).order_by(*_NEWEST_VALUE)
    found, number, total = pages.cut(rows=same, page=page, per_page=per_page)
    latest = found[0] if number == 1 else same[0]
    drawn = same.filter(value_number__isnull=False, value_comparator="", unit=latest.unit)[:TREND_POINTS]
    newest: ShownValue = rows_as.value(latest)
    values: tuple[ShownValue, ...] = _said(scope, (rows_as.value(row) for row in found))
    return ValueHistory(
        title=latest.title,
        latest=_said(scope, [newest])[0],
        values=Slice(items=values, total=total, number=number, per_page=per_page),
        points=rows_as.points(list(drawn)),
    )


def list_allergies(*, scope: Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownAllergy]:
    """Allergies and intolerances, active ones first."""
    rows = allergy_rows(scope=scope)
    inactive = Case(When(clinical_status="active", then=0), default=1)
    rows = rows.order_by(inactive, F("start_date").desc(nulls_last=True), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.allergy(row) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def list_medicines(*, scope: Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownMedicine]:
    """Medicines in use on the day of reading, by name. Source: REQ 17; MedMij `periodofuse`."""
    rows = medication_rows(scope=scope).order_by(Lower("title"), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.medicine(row) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def _said(scope: Scope, items: Iterable[Item]) -> tuple[Item, ...]:
    """With what the patient or the practice put beside each (BW 7:454 lid 2)."""
    return said.beside(patient_id=scope.patient_id, practice_id=scope.practice_id, items=items)


# The conditions. `…_rows` are for other topics of this app (choosing at the desk, the copy); they never leave it.


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
    withheld = _withheld(scope)
    rows = Encounter.objects.filter(
        Q(has_lines) | (~Q(withheld) & _episode_kept(scope) & Q(started_on__gte=scope.bounds.journal_from)),
        _whose(scope),
        _kept(scope, "encounter_ids"),
    )
    return rows if DataKind.JOURNAL in scope.kinds else rows.none()


def withheld(*, scope: Scope) -> Exists:
    """Whether anything in a contact is kept from the patient, so that its reason is not shown (R3)."""
    return _withheld(scope)


def _withheld(scope: Scope, contact: str = "pk") -> Exists:
    """Whether anything in a contact is kept from the patient: an unticked line, or whatever has an unticked episode."""
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


def _key(row: Observation) -> str:
    key: str = row.group_key  # type: ignore[attr-defined]  # annotated by observation_rows
    return key


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


# Contacts


def _contacts(
    scope: Scope, lines: QuerySet[JournalEntry], found: list[tuple[date, int, int]]
) -> tuple[ShownContact, ...]:
    """The rows of one page of contacts, in the order found."""
    encounter_ids = [pk for _day, pk, loose in found if not loose]
    loose_ids = [pk for _day, pk, loose in found if loose]
    listed = Exists(episode_rows(scope=scope).filter(pk=OuterRef("episode_id")))
    on_page = list(
        lines.filter(Q(encounter_id__in=encounter_ids) | Q(pk__in=loose_ids))
        .select_related("episode", "encounter")
        .annotate(episode_listed=listed, withheld=_withheld(scope, "encounter_id"))
        .order_by("soep", "pk")
    )
    with_lines = {row.encounter_id for row in on_page}
    bare_ids = [pk for pk in encounter_ids if pk not in with_lines]
    bare = Encounter.objects.filter(pk__in=bare_ids).annotate(withheld=_withheld(scope)) if bare_ids else []
    return _said(scope, rows_as.contacts(found=found, entries=on_page, bare=list(bare)))


def find_contact(*, scope: Scope, encounter_id: EncounterId) -> ShownContact | None:
    """One contact with its shown lines; None for what is not shown."""
    found = encounter_rows(scope=scope).filter(pk=encounter_id).values_list("started_on", "pk").first()
    return _contacts(scope, entry_rows(scope=scope), [(*found, 0)])[0] if found else None


def find_line(*, scope: Scope, entry_id: JournalEntryId) -> ShownContact | None:
    """One line as a contact that holds nothing else; None for what is not shown."""
    lines = entry_rows(scope=scope).filter(pk=entry_id)
    row = lines.first()
    if row is None:
        return None
    place = (row.recorded_on, row.encounter_id, 0) if row.encounter_id else (row.recorded_on, row.pk, 1)
    return _contacts(scope, lines, [place])[0]
