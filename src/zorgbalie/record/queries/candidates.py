"""All that could be shown to a patient if every tick were on, line by line: what the desk chooses from (REQ 55).

The conditions are those of `shown`, asked with nothing hidden; so what is not in this list is not shown by any choice.
Queries: at most nine, whatever the number of rows.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import Allergy, Episode, Medication, Observation, RecordRow
from zorgbalie.record.queries import shown_scope
from zorgbalie.record.rules.choice import is_hidden
from zorgbalie.record.rules.shown import is_running
from zorgbalie.record.types import Hidden
from zorgbalie.record.types.desk import ChoiceItem, ItemKind, ItemRef

_LIGHT = ("pk", "visible_to_patient", "hidden_reason", "hidden_by_id", "author_name", "patient_id", "practice_id")


def list_items(*, scope: shown_scope.Scope, hidden: Hidden) -> tuple[ChoiceItem, ...]:
    """The items of a scope without ticks (`Hidden()`), each with its tick by `hidden`, in a fixed order.

    An episode stands before its lines; lines of no listed episode follow the episodes.
    """
    lines = list(_lines(scope))
    values = list(_values(scope))
    medicines = list(_medicines(scope))
    episodes = list(_episodes(scope, [*lines, *values, *medicines]))
    contacts, allergies = list(_contacts(scope)), list(_allergies(scope))
    make = _Maker(scope, hidden, episodes, [*episodes, *contacts, *lines, *values, *allergies, *medicines])
    return (
        *_with_lines(make, episodes, lines),
        *(make.item(ItemKind.CONTACT, row, row.started_on, row.kind_title, row.reason) for row in contacts),
        *(
            make.item(ItemKind.VALUE, row, row.observed_on, row.title, value_text(row=row), row.episode_id)
            for row in values
        ),
        *(make.item(ItemKind.ALLERGY, row, row.start_date, row.title, row.reaction) for row in allergies),
        *(
            make.item(ItemKind.MEDICINE, row, row.start_date, row.title, row.dosage, row.episode_id)
            for row in medicines
        ),
    )


def value_text(*, row: Observation) -> str:
    """A value as one reads it: comparator, number with a comma, unit; or the text of the source."""
    if row.value_number is None:
        return row.value_text
    return f"{row.value_comparator}{_plain(row.value_number)} {row.unit}".strip()


class _Maker:
    """Makes items; knows the ticks, the names of who hid something, and which episodes there are."""

    def __init__(
        self, scope: shown_scope.Scope, hidden: Hidden, episodes: list[Episode], rows: list[RecordRow]
    ) -> None:
        self.today, self.hidden = scope.bounds.today, hidden
        self.episodes = {row.pk: row for row in episodes}
        hiders = {EmployeeId(row.hidden_by_id) for row in rows if row.hidden_by_id}
        self.names = practices.list_employee_names(employee_ids=hiders) if hiders else {}

    def item(
        self, kind: ItemKind, row: Any, day: Any, title: str, extra: str, episode_id: int | None = None
    ) -> ChoiceItem:
        ref = ItemRef(kind, row.pk)
        episode = self.episodes.get(episode_id) if episode_id else None
        return ChoiceItem(
            ref=ref,
            day=day,
            title=title,
            extra=extra,
            author_name=row.author_name,
            episode=ItemRef(ItemKind.EPISODE, episode.pk) if episode else None,
            episode_title=episode.title if episode else "",
            ticked=not is_hidden(ref=ref, hidden=self.hidden),
            stored=row.visible_to_patient,
            reason=row.hidden_reason,
            hidden_by=self.names.get(row.hidden_by_id or 0, ""),
            is_running=not isinstance(row, Episode) or is_running(end_date=row.end_date, today=self.today),
            has_attention=isinstance(row, Episode) and row.has_attention,
        )


def _with_lines(make: _Maker, episodes: list[Episode], lines: list[Any]) -> Iterable[ChoiceItem]:
    by_episode: dict[int | None, list[Any]] = {}
    for row in lines:
        by_episode.setdefault(row.episode_id, []).append(row)
    for episode in episodes:
        yield make.item(ItemKind.EPISODE, episode, episode.start_date, episode.title, episode.icpc_code)
        for row in by_episode.pop(episode.pk, []):
            yield make.item(ItemKind.LINE, row, row.recorded_on, row.text, row.soep, episode.pk)
    for rest in by_episode.values():
        for row in rest:
            yield make.item(ItemKind.LINE, row, row.recorded_on, row.text, row.soep)


def _lines(scope: shown_scope.Scope) -> "QuerySet[Any]":
    return (
        shown_scope.entry_rows(scope=scope)
        .only(*_LIGHT, "episode_id", "encounter_id", "soep", "text", "recorded_on")
        .order_by("-recorded_on", "soep", "-pk")
    )


def _values(scope: shown_scope.Scope) -> "QuerySet[Any]":
    return shown_scope.observation_rows(scope=scope).order_by("-observed_on", "title", "-pk")


def _medicines(scope: shown_scope.Scope) -> QuerySet[Medication]:
    return shown_scope.medication_rows(scope=scope).order_by("title", "-pk")


def _contacts(scope: shown_scope.Scope) -> "QuerySet[Any]":
    return shown_scope.encounter_rows(scope=scope).order_by("-started_on", "-pk")


def _allergies(scope: shown_scope.Scope) -> QuerySet[Allergy]:
    return shown_scope.allergy_rows(scope=scope).order_by(F("start_date").desc(nulls_last=True), "-pk")


def _episodes(scope: shown_scope.Scope, linked: list[Any]) -> QuerySet[Episode]:
    """Listed episodes, and those of which only lines, values or medicines could be shown (closed ones)."""
    ids = {row.episode_id for row in linked if row.episode_id}
    own = Episode.objects.filter(patient_id=scope.patient_id, practice_id=scope.practice_id)
    rows = own.filter(Q(pk__in=ids) | Q(pk__in=shown_scope.episode_rows(scope=scope).values("pk")))
    return rows.order_by(F("end_date").desc(nulls_first=True), F("start_date").desc(nulls_last=True), "-pk")


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", ",")
