"""What a choice of ticks comes to: pure rules of the release page (REQ 55, 57, 58; R3)."""

import hashlib
import json
from collections.abc import Iterable

from zorgbalie.record.types.desk import Choice, ChoiceItem, ItemKind, ItemRef
from zorgbalie.record.types.shown import Hidden

_FIELD = {
    ItemKind.EPISODE: "episode_ids",
    ItemKind.CONTACT: "encounter_ids",
    ItemKind.LINE: "entry_ids",
    ItemKind.VALUE: "observation_ids",
    ItemKind.ALLERGY: "allergy_ids",
    ItemKind.MEDICINE: "medication_ids",
}
MAX_REASON = 300


def with_choice(*, stored: Hidden, choice: Choice) -> Hidden:
    """The unticked ids when a choice is laid over the stored ones."""
    ids = {}
    for kind, field in _FIELD.items():
        kept: frozenset[int] = getattr(stored, field)
        ids[field] = (kept - ids_of(refs=choice.show, kind=kind)) | ids_of(refs=choice.hide, kind=kind)
    return Hidden(**ids)


def ids_of(*, refs: Iterable[ItemRef], kind: ItemKind) -> frozenset[int]:
    """The ids of one kind."""
    return frozenset(ref.item_id for ref in refs if ref.kind is kind)


def is_hidden(*, ref: ItemRef, hidden: Hidden) -> bool:
    """Whether a tick is off."""
    ids: frozenset[int] = getattr(hidden, _FIELD[ref.kind])
    return ref.item_id in ids


def within(*, choice: Choice, known: Iterable[ItemRef]) -> Choice:
    """The part of a choice that names what is in the record (ids of somebody else's episode are not)."""
    there = frozenset(known)
    return Choice(hide=choice.hide & there, show=(choice.show & there) - choice.hide)


def digest_of(*, items: Iterable[ChoiceItem], served: bool) -> str:
    """A name for exactly this list with these ticks; it changes when a line comes, goes, or is altered."""
    state = [
        [item.ref, str(item.day), item.title, item.extra, item.episode, item.stored, item.ticked] for item in items
    ]
    text = json.dumps([served, state], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def cleaned_reason(*, text: str) -> str:
    """A reason for colleagues on one line, empty when there is none."""
    return " ".join(text.split())[:MAX_REASON]
