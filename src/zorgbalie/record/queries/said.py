"""What stands beside items of a record: own words of the patient and corrections (BW 7:454 lid 2; AVG 16).

They are read with the item, by everybody who reads the item: patient, desk, preview and copy. One query per request,
whatever the number of lists on the page. What is said about a part of the record that is not shown is not shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.record.models import PatientStatement
from zorgbalie.record.types.corrections import RecordItem
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.shown import (
    Said,
    SaidKind,
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownLine,
    ShownMedicine,
    ShownValue,
    ValueGroup,
)

Item = TypeVar("Item")
BesideItem = Mapping[tuple[str, int], tuple[Said, ...]]
_Found = dict[tuple[str, int], tuple[Said, ...]]
_NAMED_BY: dict[type, tuple[RecordItem, str]] = {
    ShownEpisode: (RecordItem.EPISODE, "episode_id"),
    ShownContact: (RecordItem.CONTACT, "encounter_id"),
    ShownLine: (RecordItem.LINE, "entry_id"),
    ShownValue: (RecordItem.VALUE, "observation_id"),
    ShownAllergy: (RecordItem.ALLERGY, "allergy_id"),
    ShownMedicine: (RecordItem.MEDICINE, "medication_id"),
    ShownLetter: (RecordItem.LETTER, "document_id"),
}


def beside(*, patient_id: PersonId, practice_id: PracticeId, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with what stands beside each, at any depth: a contact with its lines, a group with its values."""
    items = tuple(items)
    found = _at(patient_id, practice_id) if items else {}
    return tuple(_with(item, found) for item in items) if found else items


def beside_rows(
    *, patient_id: PersonId, practice_id: PracticeId, kind: RecordItem, items: Sequence[tuple[int, Item]]
) -> tuple[Item, ...]:
    """The same for rows of the desk, which carry no number of their own: each with its id."""
    found = _at(patient_id, practice_id)
    return tuple(_put(item, found.get((kind, pk), ())) for pk, item in items)


def about(*, patient_id: PersonId, practice_id: PracticeId, kind: RecordItem | None, item_id: int) -> tuple[Said, ...]:
    """What stands beside one item; beside the record as a whole where `kind` is None."""
    return _at(patient_id, practice_id).get((kind or "", item_id if kind else 0), ())


def by_item(*, patient_id: PersonId, practice_id: PracticeId) -> BesideItem:
    """What stands beside which item of one practice's record: (kind, number) to words."""
    return _at(patient_id, practice_id)


def list_all(*, patient_id: PersonId, practice_id: PracticeId) -> list[tuple[RecordItem | None, int, Said]]:
    """Everything that stands beside something, oldest first, for the copy."""
    return [
        (RecordItem(kind) if kind else None, item_id, said)
        for (kind, item_id), several in _at(patient_id, practice_id).items()
        for said in several
    ]


def _at(patient_id: PersonId, practice_id: PracticeId) -> _Found:
    return _by_practice(patient_id).get(practice_id, {})


def _by_practice(patient_id: PersonId) -> dict[int, _Found]:
    return memory.remembered(key=("said", patient_id), read=lambda: _read(patient_id))


def _read(patient_id: PersonId) -> dict[int, _Found]:
    found: dict[int, _Found] = {}
    for row in PatientStatement.objects.filter(patient_id=patient_id).order_by("pk"):
        place, key = found.setdefault(row.practice_id, {}), (row.item_kind, row.item_id)
        place[key] = (*place.get(key, ()), Said(kind=SaidKind(row.kind), day=row.added_on, text=row.text))
    return found


def _with(item: Any, found: _Found) -> Any:
    if isinstance(item, ValueGroup):
        former = _with(item.previous, found) if item.previous else None
        return replace(item, latest=_with(item.latest, found), previous=former)
    if isinstance(item, ShownContact):
        item = replace(item, lines=tuple(_with(line, found) for line in item.lines))
    kind, name = _NAMED_BY[type(item)]
    return _put(item, found.get((kind, getattr(item, name) or 0), ()))


def _put(item: Any, said: tuple[Said, ...]) -> Any:
    return replace(item, said=said) if said else item
