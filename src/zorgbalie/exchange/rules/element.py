"""Reading one resource element by element, while keeping track of what was read.

What nobody asked for stands in the kept original alone, and the report says so: nothing is dropped silently. A value of
another type than FHIR says makes the resource unreadable, with the path.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zorgbalie.exchange.rules.moments import FhirMoment, InvalidMoment, parse_moment
from zorgbalie.exchange.rules.safety import path_text

Path = tuple[str | int, ...]
_NOT_COUNTED = frozenset({"resourceType", "id", "meta", "text"})
"""Of every resource: what it is, not what it says; the narrative repeats the rest."""


class Unreadable(Exception):
    """A resource cannot be translated. `reason` stands in the report, so it holds no content."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


class Withdrawn(Exception):
    """The source says that the resource was a mistake or never happened."""


class Trace:
    """Which parts of one resource were read."""

    def __init__(self) -> None:
        self._read: set[Path] = {()}
        self._whole: set[Path] = set()

    def mark(self, path: Path) -> None:
        """A part was read."""
        while path not in self._read:
            self._read.add(path)
            path = path[:-1]

    def mark_whole(self, path: Path) -> None:
        """A part was read with all that is in it."""
        self.mark(path)
        self._whole.add(path)

    def unread(self, content: Mapping[str, Any]) -> Counter[str]:
        """Elements that nobody read, by path without numbers; of a subtree only its top."""
        found: Counter[str] = Counter()
        waiting: list[tuple[Path, Any]] = [((), content)]
        while waiting:
            path, value = waiting.pop()
            if path in self._whole:
                continue
            for name, item in value.items() if isinstance(value, dict) else enumerate(value):
                if not path and name in _NOT_COUNTED:
                    continue
                if item in ([], {}, None):
                    continue
                if (*path, name) not in self._read:
                    found[".".join(str(part)[:60] for part in (*path, name) if not isinstance(part, int))] += 1
                elif isinstance(item, dict | list):
                    waiting.append(((*path, name), item))
        return found


class Element:
    """One object of a resource. `label` names the resource where it is another than the one that is translated."""

    __slots__ = ("label", "path", "trace", "value")

    def __init__(self, value: Mapping[str, Any], trace: Trace, path: Path = (), *, label: str = "") -> None:
        self.value = value
        self.trace = trace
        self.path = path
        self.label = label

    def fail(self, name: str, reason: str) -> Unreadable:
        """The error that says where."""
        path = path_text((*self.path, name) if name else self.path)
        return Unreadable(f"{self.label}.{path}".strip("."), reason)

    def has(self, name: str) -> bool:
        """Whether an element is there; does not count as reading it."""
        return self.value.get(name) is not None

    def text(self, name: str) -> str:
        """A text, stripped; empty when absent."""
        value = self._get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail(name, "is not a text")
        return value.strip()

    def number(self, name: str) -> Decimal | None:
        """A number."""
        value = self._get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fail(name, "is not a number")
        return Decimal(value)

    def boolean(self, name: str) -> bool | None:
        """Yes or no."""
        value = self._get(name)
        if value is None or isinstance(value, bool):
            return value
        raise self.fail(name, "is not true or false")

    def moment(self, name: str) -> FhirMoment | None:
        """A date or moment, as precise as it was written."""
        text = self.text(name)
        if not text:
            return None
        try:
            return parse_moment(text)
        except InvalidMoment:
            raise self.fail(name, "is not a date") from None

    def child(self, name: str) -> "Element | None":
        """An object."""
        value = self._get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fail(name, "is not an object")
        return Element(value, self.trace, (*self.path, name), label=self.label)

    def children(self, name: str) -> "list[Element]":
        """The objects of a list; each counts as read when something of it is asked."""
        value = self.value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(name, "is not a list")
        if not all(isinstance(item, dict) for item in value):
            raise self.fail(name, "holds something else than objects")
        return [
            Element(item, self.trace, (*self.path, name, number), label=self.label) for number, item in enumerate(value)
        ]

    def texts(self, name: str) -> list[str]:
        """The texts of a list of texts; gaps (null beside an extension) are left out."""
        value = self.value.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(item is None or isinstance(item, str) for item in value):
            raise self.fail(name, "is not a list of texts")
        for number in range(len(value)):
            self.trace.mark((*self.path, name, number))
        return [item.strip() for item in value if item]

    def extension(self, url: str, *, name: str = "extension") -> "Element | None":
        """The first extension with an address."""
        for extension in self.children(name):
            if extension.value.get("url") == url:
                extension.text("url")
                return extension
        return None

    def read_whole(self) -> "Element":
        """Count all of it as read: its parts say the same in other words (a display, a role)."""
        self.trace.mark_whole(self.path)
        return self

    def _get(self, name: str) -> Any:
        value = self.value.get(name)
        if value is not None:
            self.trace.mark((*self.path, name))
        return value
