"""EDIFACT segments: separators, cutting, and reading of elements; knows no message.

`pydifact` reads the elements of a segment. Its own parser refuses what many Dutch senders write, counters straight
after the tag (`BEP:1:1:3+…`), and tells no line; so segments are cut here and given to its reader one by one.
Source: ISO 9735 (syntax); the counters ("element 0") as the field sends them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pydifact.control.characters import Characters
from pydifact.exceptions import EDISyntaxError
from pydifact.parser import Parser
from pydifact.tokenizer import Tokenizer

from zorgbalie.exchange.lab.types import BrokenMessage, Reason

Separators = tuple[str, str, str, str]
"""Component, element, release (may be a space: none), terminator."""

USUAL: Separators = (":", "+", "?", "'")
MAX_SEGMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment as written, with its terminator, without line breaks. `line` counts from 1."""

    text: str
    line: int
    closed: bool = True


@dataclass(slots=True)
class Segment:
    """A segment taken apart. `read` notes which elements somebody asked for; the others are in the original only."""

    tag: str
    counters: tuple[str, ...]
    elements: list[list[str]]
    line: int
    read: set[int] = field(default_factory=set)

    def parts(self, number: int) -> list[str]:
        """The components of an element (from 0); empty where it is absent."""
        self.read.add(number)
        return self.elements[number] if number < len(self.elements) else []

    def text(self, number: int, component: int | None = None) -> str:
        """An element as text, its components with a colon between, or one component of it."""
        parts = self.parts(number)
        if component is None:
            return ":".join(parts).strip()
        return parts[component].strip() if component < len(parts) else ""

    def all_text(self) -> str:
        """All elements as one text, for remarks."""
        return " ".join(text for text in (self.text(number) for number in range(len(self.elements))) if text)

    def unread(self) -> Iterator[str]:
        """Names such as `BEP-1` of elements that hold something and that nobody asked for."""
        for number, parts in enumerate(self.elements):
            if number not in self.read and any(part.strip() for part in parts):
                yield f"{self.tag}-{number + 1}"


def separators_of(text: str) -> Separators:
    """The separators that a message announces with UNA, or the usual ones. Raises BrokenMessage."""
    text = text.lstrip()
    if not text.startswith("UNA"):
        return USUAL
    announced = text[3:9]
    chosen = (announced[0:1], announced[1:2], announced[3:4], announced[5:6])
    if len(announced) < 6 or len(set(chosen)) != 4 or any(sign.isalnum() or not sign.isascii() for sign in announced):
        raise BrokenMessage(Reason.SEPARATORS, segment="UNA", line=1)
    if any(sign.isspace() for sign in (chosen[0], chosen[1], chosen[3])):
        raise BrokenMessage(Reason.SEPARATORS, segment="UNA", line=1)
    return chosen


@lru_cache(maxsize=64)
def _pattern(separators: Separators) -> re.Pattern[str]:
    _, _, release, end = separators
    released = "" if release == " " else f"|{re.escape(release)}."
    stop = end if release == " " else end + release
    return re.compile(f"((?:[^{re.escape(stop)}]++{released})*+)({re.escape(end)}|\\Z)", re.DOTALL)


def cut(text: str, separators: Separators) -> Iterator[Cut]:
    """The segments of a text, UNA left out. Line breaks within and between segments mean nothing."""
    line = 1
    lead = len(text) - len(text.lstrip())
    place = lead + 9 if text[lead:].startswith("UNA") else 0
    line += text[:place].count("\n")
    for match in _pattern(separators).finditer(text, place):
        body, end = match.groups()
        lead_breaks = _breaks(body[: len(body) - len(body.lstrip())])
        bare = re.sub("[\r\n]", "", body).strip()
        if bare or end:
            yield Cut(bare + end, line + lead_breaks, bool(end))
        line += _breaks(body)


def _breaks(text: str) -> int:
    return text.count("\n") or text.count("\r")


def tag_of(text: str, separators: Separators) -> str:
    """The tag of a segment as written; empty where there is none."""
    match = re.match(r"[A-Z][A-Z0-9]{2}", text, re.ASCII)
    return match.group() if match and text[3:4] in {separators[0], separators[1], separators[3], ""} else ""


def read_segments(*, text: str) -> list[Segment]:
    """The segments of one message. Raises BrokenMessage with segment and line."""
    separators = separators_of(text)
    found: list[Segment] = []
    for piece in cut(text, separators):
        tag = tag_of(piece.text, separators)
        if not tag:
            raise BrokenMessage(Reason.NO_SEGMENT, line=piece.line)
        if not piece.closed:
            raise BrokenMessage(Reason.NOT_CLOSED, segment=tag, line=piece.line)
        if len(found) >= MAX_SEGMENTS:
            raise BrokenMessage(Reason.TOO_LARGE, segment=tag, line=piece.line)
        found.append(_segment(piece, tag, separators))
    return found


def _segment(piece: Cut, tag: str, separators: Separators) -> Segment:
    component, element, release, end = separators
    signs = Characters(component, element, None, release if release != " " else "\x00", None, end)
    try:
        [raw] = Parser().convert_tokens_to_raw_segments(Tokenizer().get_tokens(piece.text, signs))
    except (EDISyntaxError, ValueError, IndexError, RuntimeError):
        raise BrokenMessage(Reason.NO_SEGMENT, segment=tag, line=piece.line) from None
    name, *elements = [part if isinstance(part, list) else [part] for part in raw]
    return Segment(tag, tuple(name[1:]), [[str(part) for part in element] for element in elements], piece.line)
