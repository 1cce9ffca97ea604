"""HL7 v2 segments: separators, fields, repetitions, components and escapes; knows no message.

`hl7` splits a message; escapes are undone here, because that library writes values it cannot read to the log
(security row 45) and knows no character set. Source: HL7 v2.5 chapter 2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import hl7

from zorgbalie.exchange.lab.types import BrokenMessage, Reason
from zorgbalie.exchange.lab.values import many_lines, one_line

MAX_SEGMENTS = 20_000
_HEAD = re.compile(r"MSH([^A-Za-z0-9\s])([^A-Za-z0-9\s]{3,5})\1", re.ASCII)
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of a message: field, component, repetition, escape, subcomponent; and how its bytes are read."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str
    charset: str


@dataclass(slots=True)
class Segment:
    """A segment taken apart. `read` notes which fields somebody asked for; the others are in the original only."""

    tag: str
    line: int
    fields: list[list[list[list[str]]]]
    signs: Signs
    read: set[int] = field(default_factory=lambda: {0})

    def repetitions(self, number: int) -> int:
        """How often a field is repeated; 0 where it is absent."""
        self.read.add(number)
        return len(self.fields[number]) if number < len(self.fields) else 0

    def text(self, number: int, component: int = 1, *, repetition: int = 0, subcomponent: int = 1) -> str:
        """One subcomponent on one line, escapes undone; empty where it is absent."""
        return one_line(self._piece(number, repetition, component, subcomponent))

    def whole(self, number: int, repetition: int = 0) -> str:
        """A repetition as text of many lines: what was not escaped within it is text too."""
        if repetition >= self.repetitions(number):
            return ""
        components = [self.signs.subcomponent.join(part) for part in self.fields[number][repetition]]
        return many_lines(unescape(self.signs.component.join(components), self.signs))

    def unread(self) -> Iterator[str]:
        """Names such as `OBX-15` of fields that hold something and that nobody asked for."""
        for number, repetitions in enumerate(self.fields):
            if number not in self.read and any(any(map(any, components)) for components in repetitions):
                yield f"{self.tag}-{number}"

    def _piece(self, number: int, repetition: int, component: int, subcomponent: int) -> str:
        if repetition >= self.repetitions(number):
            return ""
        components = self.fields[number][repetition]
        if component > len(components) or subcomponent > len(components[component - 1]):
            return ""
        return unescape(components[component - 1][subcomponent - 1], self.signs)


def read_segments(*, text: str, charset: str) -> list[Segment]:
    """The segments of one message. Raises BrokenMessage with segment and line."""
    lines = [(number, line) for number, line in enumerate(_BREAK.split(text), start=1) if line.strip()]
    if len(lines) > MAX_SEGMENTS:
        raise BrokenMessage(Reason.TOO_LARGE, line=lines[MAX_SEGMENTS][0])
    signs = _signs(lines[0][1] if lines else "", charset)
    for number, line in lines:
        if not re.match(r"[A-Z][A-Z0-9]{2}(?:" + re.escape(signs.field) + r"|\s*\Z)", line, re.ASCII):
            raise BrokenMessage(Reason.NO_SEGMENT, line=number)
    try:
        parsed = hl7.parse("\r".join(line for _, line in lines))
    except (ValueError, IndexError, KeyError, AssertionError, hl7.HL7Exception):
        raise BrokenMessage(Reason.NO_SEGMENT, segment="MSH", line=1) from None
    if len(parsed) != len(lines):
        raise BrokenMessage(Reason.NO_SEGMENT, segment="MSH", line=1)
    return [
        Segment(line[:3], number, [_field(part) for part in segment], signs)
        for (number, line), segment in zip(lines, parsed, strict=True)
    ]


def _signs(line: str, charset: str) -> Signs:
    head = _HEAD.match(line)
    if head is None:
        raise BrokenMessage(Reason.SEPARATORS, segment="MSH", line=1)
    separator, encoding = head.groups()
    chosen = separator + encoding + ("&" if len(encoding) == 3 else "")
    if len(set(chosen)) != len(chosen):
        raise BrokenMessage(Reason.SEPARATORS, segment="MSH", line=1)
    return Signs(chosen[0], chosen[1], chosen[2], chosen[3], chosen[4], charset)


def _field(part: Any) -> list[list[list[str]]]:
    """A field as repetitions of components of subcomponents."""
    return [
        [[repetition]]
        if isinstance(repetition, str)
        else [[piece] if isinstance(piece, str) else [str(inner) for inner in piece] for piece in repetition]
        for repetition in part
    ]


def unescape(text: str, signs: Signs) -> str:
    """Undo escapes. One that is not known is left out of the text; highlighting has no sign of its own."""
    if signs.escape not in text:
        return text
    mark = re.escape(signs.escape)
    return re.sub(f"{mark}([^{mark}]*){mark}", lambda match: _escaped(match.group(1), signs), text)


def _escaped(code: str, signs: Signs) -> str:
    plain = {
        "F": signs.field, "S": signs.component, "T": signs.subcomponent, "R": signs.repetition, "E": signs.escape,
        "H": "", "N": "", ".br": "\n", ".BR": "\n", ".sp": "\n", ".ce": "\n",
    }  # fmt: skip
    if code in plain:
        return plain[code]
    if re.fullmatch("X(?:[0-9A-Fa-f]{2})+", code, re.ASCII):
        return bytes.fromhex(code[1:]).decode(signs.charset, "replace")
    if re.fullmatch(r"\.(?:sp|sk|in|ti)[+-]?[0-9]{1,3}", code, re.ASCII):
        return "\n" if code.startswith(".sp") else " "
    return ""
