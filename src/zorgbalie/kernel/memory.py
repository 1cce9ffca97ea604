"""What one unit of work has read and may use again: small facts that many parts of one page ask for.

Every change in the database empties it (`access.wall` sees each statement), so nobody has to think of that. It is kept
apart per patient whose file is open, because the second wall shows other rows for each. Outside a unit of work nothing
is remembered.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar, cast

Value = TypeVar("Value")
_Key = tuple[Hashable, ...]


@dataclass
class _Memory:
    """`subject` is what the database was told last; None when that is not certain."""

    subject: str | None = None
    values: dict[tuple[str | None, _Key], object] = field(default_factory=dict)


_current: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def fresh_memory() -> Iterator[None]:
    """Remember within the block, and not one moment longer."""
    outer = _current.get()
    token = _current.set(_Memory())
    try:
        yield
    finally:
        _current.reset(token)
        if outer is not None:
            # The inner unit may have named another patient to the database, and changed rows.
            outer.subject = None
            outer.values.clear()


def remembered(*, key: _Key, read: Callable[[], Value]) -> Value:
    """What `read` gives, from memory when this unit of work asked before for the same patient."""
    memory = _current.get()
    if memory is None:
        return read()
    place = (memory.subject, key)
    if place not in memory.values:
        memory.values[place] = read()
    return cast(Value, memory.values[place])


def remembered_many(*, kind: str, ids: Iterable[int], read: Callable[[set[int]], dict[int, Value]]) -> dict[int, Value]:
    """Values by id under the keys `(kind, id)`; `read` is asked for what is not in memory. Without a value: absent."""
    wanted = set(ids)
    memory = _current.get()
    if memory is None:
        return read(wanted) if wanted else {}
    unknown = {pk for pk in wanted if (memory.subject, (kind, pk)) not in memory.values}
    found = read(unknown) if unknown else {}
    for pk in unknown:
        memory.values[(memory.subject, (kind, pk))] = found.get(pk)
    known = {pk: memory.values[(memory.subject, (kind, pk))] for pk in wanted}
    return {pk: cast(Value, value) for pk, value in known.items() if value is not None}


def keep(*, key: _Key, value: object) -> None:
    """Put something in memory that another read brought along."""
    memory = _current.get()
    if memory is not None:
        memory.values[(memory.subject, key)] = value


def forget() -> None:
    """Forget what was read: something changed."""
    memory = _current.get()
    if memory is not None:
        memory.values.clear()


def told_subject() -> str | None:
    """The patient whom the database was told of last, empty for nobody; None when that is not certain."""
    memory = _current.get()
    return memory.subject if memory is not None else None


def note_subject(*, subject: str | None) -> None:
    """Note which patient the database was told of; None: not certain any more."""
    memory = _current.get()
    if memory is not None:
        memory.subject = subject
