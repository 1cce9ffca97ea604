"""How an answer is cut in parts: the first line, which stands out, and links (ux 40; security row 26). Pure.

Text stays text: only an https address on a host that was allowed becomes a link, and the pieces together are the text.
"""

import re
from collections.abc import Collection, Iterable

from zorgbalie.consult.types import TextPart
from zorgbalie.integrations.knowledge import AddressRefused, check_address, host_of, short_host

_ADDRESS = re.compile(r"https://[^\s<>\"'“”„]+", re.IGNORECASE)
_AFTER = ".,;:!?…"
_GREETING = re.compile(r"^(?:beste|geachte|hallo|hoi|dag|goede\w*|lieve)\b.{0,120}$", re.IGNORECASE)
_CLOSING = re.compile(r"(met )?(vriendelijke|hartelijke) groet(en)?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_LONGEST_LEAD = 220
# A longer line that stands out as a whole makes nothing stand out.
_LONGEST_LINE = 130
_LONGEST_SHOWN = 60


def text_parts(*, text: str, allowed: Collection[str]) -> tuple[TextPart, ...]:
    """The text in pieces; `allowed`: the addresses in it that become links."""
    start, end = _lead(text)
    before, lead = _linked(text[:start], allowed, is_lead=False), _linked(text[start:end], allowed, is_lead=True)
    return (*before, *lead, *_linked(text[end:], allowed, is_lead=False))


def addresses_in(*, texts: Iterable[str]) -> dict[str, str]:
    """The addresses in texts that could be links, each with its host as people say it."""
    found = {}
    for text in texts:
        for match in _ADDRESS.finditer(text):
            address = _trimmed(match[0])
            try:
                found[address] = short_host(check_address(address))
            except AddressRefused:
                continue
    return found


def shown_address(*, address: str) -> str:
    """An address as a reader takes it in: no scheme, no words to search for, no end of a long one."""
    host = short_host(host_of(address))
    rest = address[len("https://") :].partition("/")[2].partition("?")[0].rstrip("/")
    shown = f"{host}/{rest}" if rest else host
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"


def _lead(text: str) -> tuple[int, int]:
    """Where the answer itself stands: the first line that is no greeting, or the first sentence of a long one."""
    place = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if _CLOSING.match(words):
            break  # a text that was only begun: there is no answer yet
        if words and not _is_greeting(words):
            start = place + len(line) - len(line.lstrip())
            return start, start + len(_first_sentence(line.strip()))
        place += len(line)
    return 0, 0


def _is_greeting(words: str) -> bool:
    if not _GREETING.match(words):
        return False
    return words[-1] in ",!:" or (len(words.split()) <= 5 and words[-1].isalpha())


def _first_sentence(line: str) -> str:
    end = _SENTENCE_END.search(line) if len(line) > _LONGEST_LINE else None
    first = line[: end.end()] if end else line
    return first if len(first) <= _LONGEST_LEAD else ""


def _linked(text: str, allowed: Collection[str], *, is_lead: bool) -> list[TextPart]:
    parts, place = [], 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        if address not in allowed:
            continue
        if match.start() > place:
            parts.append(TextPart(text[place : match.start()], is_lead=is_lead))
        parts.append(TextPart(shown_address(address=address), address=address, is_lead=is_lead))
        place = match.start() + len(address)
    if place < len(text):
        parts.append(TextPart(text[place:], is_lead=is_lead))
    return parts


def _trimmed(address: str) -> str:
    """Without the full stop of the sentence that it ends, and without a bracket that was opened before it."""
    while address and (address[-1] in _AFTER or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address
