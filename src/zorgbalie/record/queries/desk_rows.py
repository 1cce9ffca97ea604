"""Rows of the whole record as the desk receives them; no queries and no conditions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zorgbalie.record.models import Encounter, JournalEntry
from zorgbalie.record.queries.candidates import value_text
from zorgbalie.record.queries.said import BesideItem
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.desk import DeskContact, DeskLine, DeskRow, Visibility

Names = dict[int, str]
_ORDER = "SOEP"


def visibility(row: Any, names: Names) -> Visibility:
    """The tick of a row, which carries `is_shown` from the query."""
    return Visibility(
        is_shown=row.is_shown,
        ticked=row.visible_to_patient,
        reason=row.hidden_reason,
        hidden_by=names.get(row.hidden_by_id or 0, ""),
    )


def contacts(
    *,
    found: list[tuple[date, int, int]],
    encounters: Sequence[Encounter],
    entries: Sequence[Any],
    names: Names,
    said: BesideItem | None = None,
) -> tuple[DeskContact, ...]:
    """Contacts in the order of `found` (day, id, whether it is a line without a contact).

    `said`: what stands beside items.
    """
    said = said or {}
    by_id = {row.pk: row for row in encounters}
    loose = {row.pk: row for row in entries if row.encounter_id is None}
    grouped: dict[int, list[Any]] = {}
    for row in sorted(entries, key=lambda row: (_ORDER.index(row.soep), row.pk)):
        if row.encounter_id is not None:
            grouped.setdefault(row.encounter_id, []).append(row)
    return tuple(
        _loose(loose[pk], names, said) if is_loose else _contact(by_id[pk], grouped.get(pk, []), names, said)
        for _day, pk, is_loose in found
    )


def _contact(row: Encounter, lines: list[JournalEntry], names: Names, said: BesideItem) -> DeskContact:
    return DeskContact(
        day=row.started_on,
        kind_title=row.kind_title,
        reason=row.reason,
        author_name=row.author_name,
        author_role=row.author_role,
        lines=tuple(_line(line, names, said) for line in lines),
        visibility=visibility(row, names),
        said=said.get((RecordItem.CONTACT, row.pk), ()),
    )


def _loose(row: JournalEntry, names: Names, said: BesideItem) -> DeskContact:
    return DeskContact(
        day=row.recorded_on,
        kind_title="",
        reason="",
        author_name=row.author_name,
        author_role=row.author_role,
        lines=(_line(row, names, said),),
        visibility=visibility(row, names),
    )


def _line(row: JournalEntry, names: Names, said: BesideItem) -> DeskLine:
    return DeskLine(
        soep=row.soep,
        text=row.text,
        icpc_code=row.icpc_code,
        episode_title=row.episode.title if row.episode else "",
        author_name=row.author_name,
        visibility=visibility(row, names),
        said=said.get((RecordItem.LINE, row.pk), ()),
    )


def _row(row: Any, names: Names, *, day: date | None, never_online: bool = False, **values: Any) -> DeskRow:
    plain: dict[str, Any] = {"end_date": None, "extra": "", "detail": "", "state": "", "episode_title": ""}
    return DeskRow(
        day=day,
        precision=row.date_precision,
        author_name=row.author_name,
        author_role=row.author_role,
        visibility=None if never_online else visibility(row, names),
        **(plain | values),
    )


def episode(row: Any, names: Names) -> DeskRow:
    """An episode; `state` is `attention` where it has an attention value."""
    return _row(
        row, names, day=row.start_date, end_date=row.end_date, title=row.title, extra=row.icpc_code,
        state="attention" if row.has_attention else "",
    )  # fmt: skip


def flag(row: Any, names: Names) -> DeskRow:
    """An attention value."""
    return _row(
        row, names, day=row.start_date, end_date=row.end_date, title=row.title, extra=row.code,
        episode_title=row.episode.title if row.episode else "", never_online=True,
    )  # fmt: skip


def value(row: Any, names: Names) -> DeskRow:
    """A measurement or result; `extra` is the value with its unit."""
    return _row(
        row, names, day=row.observed_on, title=row.title, extra=value_text(row=row), detail=row.remark,
        state=row.status, episode_title=row.episode.title if row.episode else "",
    )  # fmt: skip


def allergy(row: Any, names: Names) -> DeskRow:
    """An allergy or intolerance."""
    return _row(
        row, names, day=row.start_date, title=row.title, extra=row.criticality,
        detail=" ".join(part for part in (row.reaction, row.remark) if part), state=row.clinical_status,
    )  # fmt: skip


def medicine(row: Any, names: Names) -> DeskRow:
    """An agreed medicine, also one that was stopped."""
    return _row(
        row, names, day=row.start_date, end_date=row.end_date, title=row.title, extra=row.dosage,
        detail=row.stop_reason or row.reason, state=row.status,
        episode_title=row.episode.title if row.episode else "",
    )  # fmt: skip


def shared_note(row: Any, names: Names) -> DeskRow:
    """A note that was shared with colleagues, with whom."""
    return _row(
        row, names, day=row.shared_on, title=row.text, extra=row.about,
        detail=", ".join(sorted(one.name for one in row.shared_with.all())), never_online=True,
    )  # fmt: skip
