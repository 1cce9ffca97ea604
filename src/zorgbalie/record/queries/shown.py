"""What a patient sees of a record, as lists and single items: for the patient's pages, the preview and the paper copy.

What is shown at all stands in `shown_scope`. Queries per list: one, two for values and contacts (three where a contact
has no line), whatever the number of rows.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.functions import Lower, RowNumber

from zorgbalie.access.types import DataKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EncounterId, EpisodeId, JournalEntryId, ObservationId
from zorgbalie.record.models import Encounter, JournalEntry, Observation
from zorgbalie.record.queries import pages, said, shown_scope
from zorgbalie.record.queries import shown_rows as rows_as
from zorgbalie.record.types import (
    CountedRecord,
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


def get_record(
    *, scope: shown_scope.Scope, contact_page: int = 1, value_page: int = 1, per_page: int = PER_PAGE
) -> PatientRecord:
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


def get_counted_record(*, scope: shown_scope.Scope, contact_page: int = 1, value_page: int = 1) -> CountedRecord:
    """The same with the counts of everything that is shown, single lines and values too."""
    found = get_record(scope=scope, contact_page=contact_page, value_page=value_page)
    single = pages.count_each(
        parts={"lines": shown_scope.entry_rows(scope=scope), "values": shown_scope.observation_rows(scope=scope)}
    )
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


def list_episodes(*, scope: shown_scope.Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownEpisode]:
    """Episodes, running ones first, then the newest. Source: REQ 14, 57."""
    today = scope.bounds.today
    closed = Case(When(Q(end_date__isnull=True) | Q(end_date__gte=today), then=0), default=1)
    rows = shown_scope.episode_rows(scope=scope).order_by(closed, F("start_date").desc(nulls_last=True), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.episode(row, today=today) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def get_episode(*, scope: shown_scope.Scope, episode_id: EpisodeId) -> ShownEpisode:
    """One episode. Raises NotVisible for what is not there or not shown: the two are alike."""
    row = shown_scope.episode_rows(scope=scope).filter(pk=episode_id).first()
    if row is None:
        raise NotVisible("episode")
    return _said(scope, [rows_as.episode(row, today=scope.bounds.today)])[0]


def list_contacts(
    *, scope: shown_scope.Scope, page: int, per_page: int = PER_PAGE, episode_id: EpisodeId | None = None
) -> Slice[ShownContact]:
    """Contacts with their E and P lines, newest first; of one episode when `episode_id` is given. Source: REQ 15."""
    lines = shown_scope.entry_rows(scope=scope)
    contacts = shown_scope.encounter_rows(scope=scope)
    if episode_id is not None:
        lines = lines.filter(episode_id=episode_id)
        contacts = contacts.filter(Exists(lines.filter(encounter_id=OuterRef("pk"))))
    both = pages.contacts_and(contacts=contacts, lines=lines.filter(encounter__isnull=True))
    rows = both.order_by("-started_on", "-pk")
    found, number, total = pages.cut_counted(rows=rows, page=page, per_page=per_page)
    items = _contacts(scope, lines, [(day, pk, is_loose) for day, pk, is_loose, _total in found])
    return Slice(items=items, total=total, number=number, per_page=per_page)


def list_values(*, scope: shown_scope.Scope, page: int, per_page: int = PER_PAGE) -> Slice[ValueGroup]:
    """Determinations with their latest two values, the most recent first. Source: REQ 16, ux 30."""
    rows = shown_scope.observation_rows(scope=scope)
    groups = rows.values("group_key").annotate(count=Count("pk"), latest_day=Max("observed_on"))
    groups = groups.order_by("-latest_day", "group_key")
    found, number, total = pages.cut(rows=groups, page=page, per_page=per_page)
    keys = [group["group_key"] for group in found]
    rank = Window(RowNumber(), partition_by=F("group_key"), order_by=_NEWEST_VALUE)
    latest = list(rows.filter(group_key__in=keys).annotate(rank=rank).filter(rank__lte=2)) if keys else []
    items = _said(scope, (rows_as.value_group(group, latest) for group in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def get_value_history(
    *, scope: shown_scope.Scope, observation_id: ObservationId, page: int, per_page: int = PER_PAGE
) -> ValueHistory:
    """All values of the determination that this one belongs to. Raises NotVisible as `get_episode`."""
    rows = shown_scope.observation_rows(scope=scope)
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


def list_allergies(*, scope: shown_scope.Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownAllergy]:
    """Allergies and intolerances, active ones first."""
    rows = shown_scope.allergy_rows(scope=scope)
    inactive = Case(When(clinical_status="active", then=0), default=1)
    rows = rows.order_by(inactive, F("start_date").desc(nulls_last=True), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.allergy(row) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def list_medicines(*, scope: shown_scope.Scope, page: int, per_page: int = PER_PAGE) -> Slice[ShownMedicine]:
    """Medicines in use on the day of reading, by name. Source: REQ 17; MedMij `periodofuse`."""
    rows = shown_scope.medication_rows(scope=scope).order_by(Lower("title"), "-pk")
    found, number, total = pages.cut(rows=rows, page=page, per_page=per_page)
    items = _said(scope, (rows_as.medicine(row) for row in found))
    return Slice(items=items, total=total, number=number, per_page=per_page)


def _said(scope: shown_scope.Scope, items: Iterable[Item]) -> tuple[Item, ...]:
    """With what the patient or the practice put beside each (BW 7:454 lid 2)."""
    return said.beside(patient_id=scope.patient_id, practice_id=scope.practice_id, items=items)


def _key(row: Observation) -> str:
    key: str = row.group_key  # type: ignore[attr-defined]  # annotated by shown_scope.observation_rows
    return key


def _contacts(
    scope: shown_scope.Scope, lines: QuerySet[JournalEntry], found: list[tuple[date, int, int]]
) -> tuple[ShownContact, ...]:
    """The rows of one page of contacts, in the order found."""
    encounter_ids = [pk for _day, pk, loose in found if not loose]
    loose_ids = [pk for _day, pk, loose in found if loose]
    listed = Exists(shown_scope.episode_rows(scope=scope).filter(pk=OuterRef("episode_id")))
    on_page = list(
        lines.filter(Q(encounter_id__in=encounter_ids) | Q(pk__in=loose_ids))
        .select_related("episode", "encounter")
        .annotate(episode_listed=listed, withheld=shown_scope.withheld(scope=scope, contact="encounter_id"))
        .order_by("soep", "pk")
    )
    with_lines = {row.encounter_id for row in on_page}
    bare_ids = [pk for pk in encounter_ids if pk not in with_lines]
    bare = (
        Encounter.objects.filter(pk__in=bare_ids).annotate(withheld=shown_scope.withheld(scope=scope))
        if bare_ids
        else []
    )
    return _said(scope, rows_as.contacts(found=found, entries=on_page, bare=list(bare)))


def find_contact(*, scope: shown_scope.Scope, encounter_id: EncounterId) -> ShownContact | None:
    """One contact with its shown lines; None for what is not shown."""
    found = shown_scope.encounter_rows(scope=scope).filter(pk=encounter_id).values_list("started_on", "pk").first()
    return _contacts(scope, shown_scope.entry_rows(scope=scope), [(*found, 0)])[0] if found else None


def find_line(*, scope: shown_scope.Scope, entry_id: JournalEntryId) -> ShownContact | None:
    """One line as a contact that holds nothing else; None for what is not shown."""
    lines = shown_scope.entry_rows(scope=scope).filter(pk=entry_id)
    row = lines.first()
    if row is None:
        return None
    place = (row.recorded_on, row.encounter_id, 0) if row.encounter_id else (row.recorded_on, row.pk, 1)
    return _contacts(scope, lines, [place])[0]
