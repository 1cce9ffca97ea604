"""The language meter: which words, sentences and long words of a text are harder than level B1 (REQ 45; ux 40).

Pure: text and words in, findings out. It warns and offers plainer words; nothing is refused because of it. It is a
measure of form, not a test of level: that would need the reader. Source: Direct Duidelijk and the B1 checks that Dutch
municipalities use: sentences of at most 15 words, everyday words, no long compounds.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from zorgbalie.kernel.plain_words import PLAIN_WORDS

LONGEST_SENTENCE = 15
"""Words."""
LONGEST_WORD = 17
"""Letters."""
MOST_FINDINGS = 30
_ON_THE_DOOR = frozenset({"huisartsenpraktijk", "gezondheidscentrum"})
"""Long words in the names of practices: each message that is signed with the name would have a finding."""
_PHRASE_WORDS = 4
_WORD = re.compile(r"\{[^{}\n]{1,40}\}|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
# A full stop ends a sentence only before a space; not after an abbreviation such as "dr." or "bijv.".
_END = re.compile(r"(?<!\bdr\.)(?<!\bbijv\.)(?<!\bevt\.)(?<!\bo\.a\.)(?<!\bi\.v\.m\.)(?<=[.!?:;])\s+|\n+")
_LETTERS = "aeiou"


class FindingKind(StrEnum):
    """What makes a text harder to read."""

    WORD = "word"
    SENTENCE = "sentence"
    LONG_WORD = "long_word"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to look at. `text` is as written; `offer` the plainer words (kind WORD); `size` words or letters."""

    kind: FindingKind
    text: str
    offer: str = ""
    size: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What the meter says of a text. `left_out`: findings beyond those that are named."""

    words: int
    sentences: int
    findings: tuple[Finding, ...]
    left_out: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to measure."""
        return self.words == 0

    @property
    def count(self) -> int:
        """How many things there are to look at."""
        return len(self.findings) + self.left_out


def measure(*, text: str, own_words: Mapping[str, str] | None = None) -> Measure:
    """Measure a text. `own_words` (hard to plain) go before the list that everybody has.

    Each word is named once, in the order of the text. Fields of a template such as {naam} count as one word.
    """
    own = {plain_form(text=word): offer for word, offer in (own_words or {}).items()}
    sentences = [one for one in (part.strip() for part in _END.split(text)) if _WORD.search(one)]
    found: dict[tuple[FindingKind, str], Finding] = {}
    words = 0
    for sentence in sentences:
        tokens = _WORD.findall(sentence)
        words += len(tokens)
        for finding in _findings_of(sentence, tokens, own):
            found.setdefault((finding.kind, finding.text.casefold()), finding)
    named = tuple(found.values())
    return Measure(
        words=words,
        sentences=len(sentences),
        findings=named[:MOST_FINDINGS],
        left_out=max(0, len(named) - MOST_FINDINGS),
    )


def _findings_of(sentence: str, tokens: list[str], own: Mapping[str, str]) -> Iterator[Finding]:
    if len(tokens) > LONGEST_SENTENCE:
        yield Finding(kind=FindingKind.SENTENCE, text=sentence, size=len(tokens))
    place = 0
    while place < len(tokens):
        length, offer = _find(tokens[place : place + _PHRASE_WORDS], own)
        token = tokens[place]
        if length:
            yield Finding(kind=FindingKind.WORD, text=" ".join(tokens[place : place + length]), offer=offer)
        elif len(token) > LONGEST_WORD and not token.startswith("{") and plain_form(text=token) not in _ON_THE_DOOR:
            yield Finding(kind=FindingKind.LONG_WORD, text=token, size=len(token))
        place += length or 1


def _find(tokens: list[str], own: Mapping[str, str]) -> tuple[int, str]:
    """The longest phrase at the start of `tokens` that is hard, and what is plainer; 0 for none."""
    plain = [plain_form(text=token) for token in tokens]
    for length in range(len(plain), 0, -1):
        phrase = " ".join(plain[:length])
        forms = (phrase,) if length > 1 else _forms(phrase)
        for words in (own, _known()):
            for form in forms:
                if form in words:
                    return length, words[form]
    return 0, ""


@cache
def _known() -> Mapping[str, str]:
    return {plain_form(text=hard): plain for hard, plain in PLAIN_WORDS.items()}


def plain_form(*, text: str) -> str:
    """A word as it is looked up: small letters, no diacritics, one space between words."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(bare.casefold().replace("’", "'").split())


def _forms(word: str) -> tuple[str, ...]:
    """The word itself, and what it may be a plural, a bent adjective or a form of a verb of. The likeliest first."""
    found = [word]
    if len(word) > 4:
        for ending in ("'s", "en", "e", "n", "s"):
            if word.endswith(ending):
                found += _stems(word.removesuffix(ending))
        found += _infinitives(word)
    return tuple(dict.fromkeys(found))


def _stems(stem: str) -> list[str]:
    """A stem without its ending, also as spelled alone: adviez → advies, pill → pil, symptom → symptoom."""
    if len(stem) < 3:
        return []
    found = [stem]
    if stem[-1] in "zv":
        found += _stems(stem[:-1] + {"z": "s", "v": "f"}[stem[-1]])
    if stem[-1] == stem[-2] and stem[-1] not in _LETTERS:
        found.append(stem[:-1])
    if stem[-1] not in _LETTERS and stem[-2] in _LETTERS and stem[-3] not in _LETTERS:
        found.append(stem[:-1] + stem[-2] + stem[-1])
    return found


def _infinitives(word: str) -> list[str]:
    """Infinitives that a form may belong to: adviseert, adviseerde, geadviseerd → adviseren."""
    stems = [word]
    for ending in ("den", "ten", "de", "te", "d", "t"):
        if word.endswith(ending):
            stems.append(word.removesuffix(ending))
    stems += [stem.removeprefix("ge") for stem in stems[1:] if stem.startswith("ge")]
    found = []
    for stem in stems:
        if len(stem) < 3:
            continue
        found.append(stem + "en")
        if stem[-1] not in _LETTERS and stem[-2] in _LETTERS:
            is_long = stem[-3] == stem[-2]
            found.append((stem[:-2] + stem[-1] if is_long else stem + stem[-1]) + "en")
    return found
