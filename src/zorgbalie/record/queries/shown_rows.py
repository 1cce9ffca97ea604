"""Rows of the record as the frozen values that faces receive; no queries and no conditions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zorgbalie.kernel.ids import EncounterId, EpisodeId, JournalEntryId, ObservationId
from zorgbalie.record.models import Allergy, Encounter, Episode, JournalEntry, Medication, Observation
from zorgbalie.record.rules.shown import PRELIMINARY, is_running
from zorgbalie.record.types import (
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownLine,
    ShownMedicine,
    ShownValue,
    ValueGroup,
    ValuePoint,
)


def episode(row: Episode, *, today: date) -> ShownEpisode:
    """An episode, running or not on the day of reading."""
    return ShownEpisode(
        episode_id=EpisodeId(row.pk),
        title=row.title,
        icpc_code=row.icpc_code,
        start_date=row.start_date,
        date_precision=row.date_precision,
        end_date=row.end_date,
        is_running=is_running(end_date=row.end_date, today=today),
        has_attention=row.has_attention,
        author_name=row.author_name,
        author_role=row.author_role,
    )


def line(row: JournalEntry) -> ShownLine:
    """A line; its episode is named only where the patient finds that episode in the list."""
    listed = bool(row.episode_listed)  # type: ignore[attr-defined]  # annotated by the query
    return ShownLine(
        entry_id=JournalEntryId(row.pk),
        soep=row.soep,
        text=row.text,
        day=row.recorded_on,
        author_name=row.author_name,
        author_role=row.author_role,
        episode_id=EpisodeId(row.episode_id) if listed and row.episode_id else None,
        episode_title=row.episode.title if listed and row.episode else "",
    )


def contacts(
    *, found: list[tuple[date, int, int]], entries: Sequence[JournalEntry], bare: Sequence[Encounter]
) -> tuple[ShownContact, ...]:
    """The contacts in the order of `found` (day, id, whether it is a line without a contact).

    `entries` come with their contact; `bare` are contacts without a line.
    """
    by_id = {row.pk: (row, _withheld(row)) for row in bare}
    by_id |= {row.encounter.pk: (row.encounter, _withheld(row)) for row in entries if row.encounter}
    loose = {row.pk: row for row in entries if row.encounter_id is None}
    grouped: dict[int | None, list[ShownLine]] = {}
    for row in entries:
        grouped.setdefault(row.encounter_id, []).append(line(row))
    return tuple(
        _loose(loose[pk]) if is_loose else _contact(*by_id[pk], tuple(grouped.get(pk, ())))
        for _day, pk, is_loose in found
    )


def _withheld(row: Any) -> bool:
    """Whether something of the contact is kept from the patient; annotated by the query."""
    return bool(row.withheld)


def _contact(row: Encounter, withheld: bool, lines: tuple[ShownLine, ...]) -> ShownContact:
    return ShownContact(
        encounter_id=EncounterId(row.pk),
        day=row.started_on,
        kind_title=row.kind_title,
        reason="" if withheld else row.reason,
        author_name=row.author_name,
        author_role=row.author_role,
        lines=lines,
    )


def _loose(row: JournalEntry) -> ShownContact:
    return ShownContact(
        encounter_id=None,
        day=row.recorded_on,
        kind_title="",
        reason="",
        author_name=row.author_name,
        author_role=row.author_role,
        lines=(line(row),),
    )


def value(row: Observation) -> ShownValue:
    """A measurement or result."""
    return ShownValue(
        observation_id=ObservationId(row.pk),
        is_laboratory=row.category == Observation.Category.LABORATORY,
        title=row.title,
        number=row.value_number,
        comparator=row.value_comparator,
        text=row.value_text,
        unit=row.unit or row.unit_code,
        low=row.reference_low,
        high=row.reference_high,
        reference_text=row.reference_text,
        interpretation=row.interpretation,
        is_preliminary=row.status in PRELIMINARY,
        remark=row.remark,
        day=row.observed_on,
        date_precision=row.date_precision,
        author_name=row.author_name,
        author_role=row.author_role,
    )


def value_group(group: dict[str, Any], rows: list[Any]) -> ValueGroup:
    """A determination from its two newest rows, which carry `rank` 1 and 2."""
    own = {row.rank: row for row in rows if row.group_key == group["group_key"]}
    return ValueGroup(latest=value(own[1]), previous=value(own[2]) if 2 in own else None, count=int(group["count"]))


def points(rows: list[Observation]) -> tuple[ValuePoint, ...]:
    """Dots of a trend from rows that are newest first."""
    return tuple(
        ValuePoint(day=row.observed_on, number=row.value_number)
        for row in reversed(rows)
        if row.value_number is not None
    )


def allergy(row: Allergy) -> ShownAllergy:
    """An allergy."""
    return ShownAllergy(
        allergy_id=row.pk,
        title=row.title,
        category=row.category,
        criticality=row.criticality,
        is_active=row.clinical_status == "active",
        start_date=row.start_date,
        date_precision=row.date_precision,
        reaction=row.reaction,
        remark=row.remark,
        author_name=row.author_name,
        author_role=row.author_role,
    )


def medicine(row: Medication) -> ShownMedicine:
    """A medicine in use."""
    return ShownMedicine(
        medication_id=row.pk,
        title=row.title,
        dosage=row.dosage,
        start_date=row.start_date,
        date_precision=row.date_precision,
        end_date=row.end_date,
        reason=row.reason,
        author_name=row.author_name,
        author_role=row.author_role,
    )
