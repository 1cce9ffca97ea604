"""The choice that a member of staff is making, kept in the session until it is confirmed (ids alone, no text).

A page of the list posts which ticks it showed, each with the tick as it was stored then, and which of them are on now.
A tick that is as it was stored means "no opinion", so that a colleague's later change is never undone by accident.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

from django.http import QueryDict

from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.types.desk import Choice, ChoiceItem, ItemKind, ItemRef

_LONGEST = 20
_KINDS = {kind.value: kind for kind in ItemKind}


def key_of(patient_id: PersonId) -> str:
    """Where in the session the choice about a patient stands."""
    return f"record_choice_{patient_id}"


def load(session: MutableMapping[str, Any], patient_id: PersonId) -> Choice:
    """The choice so far."""
    kept = session.get(key_of(patient_id)) or {}
    return Choice(hide=refs_from(kept.get("hide", ())), show=refs_from(kept.get("show", ())))


def save(session: MutableMapping[str, Any], patient_id: PersonId, choice: Choice) -> None:
    """Keep a choice; nothing is kept of an empty one."""
    if choice == Choice():
        session.pop(key_of(patient_id), None)
        return
    session[key_of(patient_id)] = {"hide": texts_of(choice.hide), "show": texts_of(choice.show)}


def text_of(ref: ItemRef) -> str:
    """A thing to tick as forms write it: `e12` is episode 12."""
    return f"{ref.kind.value}{ref.item_id}"


def texts_of(refs: Iterable[ItemRef]) -> list[str]:
    """Several, in a fixed order."""
    return sorted(map(text_of, refs))


def refs_from(texts: Iterable[str]) -> frozenset[ItemRef]:
    """What forms wrote; what makes no sense is left out."""
    return frozenset(ref for ref in map(_ref, texts) if ref)


def _ref(text: str) -> ItemRef | None:
    kind, number = _KINDS.get(text[:1]), text[1:_LONGEST]
    if kind is None or len(text) >= _LONGEST or not (number.isascii() and number.isdigit()):
        return None
    return ItemRef(kind, int(number))


def on_page(items: Iterable[ChoiceItem]) -> str:
    """Which ticks a page shows, each with + or - for how it is stored."""
    return " ".join(text_of(item.ref) + ("+" if item.stored else "-") for item in items)


def posted(data: QueryDict, choice: Choice) -> Choice:
    """The choice after a page was posted."""
    ticked = refs_from(data.getlist("toon"))
    shown = data.get("op", "").split()
    stored_on = refs_from(text[:-1] for text in shown if text.endswith("+"))
    stored_off = refs_from(text[:-1] for text in shown if text.endswith("-"))
    seen = stored_on | stored_off
    return Choice(
        hide=(choice.hide - seen) | (stored_on - ticked),
        show=(choice.show - seen) | (stored_off & ticked),
    )


def all_of_kind(items: Iterable[ChoiceItem], kind: ItemKind, choice: Choice, *, ticked: bool) -> Choice:
    """The choice with every tick of one kind on, or off."""
    own = [item for item in items if item.ref.kind is kind]
    refs = frozenset(item.ref for item in own)
    differ = frozenset(item.ref for item in own if item.stored is not ticked)
    return Choice(
        hide=(choice.hide - refs) | (frozenset() if ticked else differ),
        show=(choice.show - refs) | (differ if ticked else frozenset()),
    )
