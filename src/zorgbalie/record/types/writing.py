"""Writing at the desk: template letters (maskerbrieven), and the words that a practice added to the language meter."""

from dataclasses import dataclass
from typing import NewType

from zorgbalie.kernel.errors import Refused

LetterId = NewType("LetterId", int)
PlainWordId = NewType("PlainWordId", int)

LETTER_FIELDS = ("naam", "datum", "praktijk", "telefoon", "arts")
"""The fields that a template letter may hold, in braces."""
LONGEST_TITLE = 80
LONGEST_LETTER = 3000
LONGEST_WORD = 60
LONGEST_PLAIN = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A template letter as it is kept, with its fields. `may_change`: whether this viewer may change or remove it.

    `version` tells whether somebody else saved since.
    """

    letter_id: LetterId
    title: str
    conclusion: str
    advice: str
    is_personal: bool
    may_change: bool
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterTexts:
    """What is written of a letter."""

    title: str
    conclusion: str
    advice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWord:
    """A hard word with plainer ones, as the practice added it."""

    word_id: PlainWordId
    word: str
    plain: str


class WritingRefused(Refused):
    """Root of the reasons why a letter or word is not kept."""


class LetterNotUsable(WritingRefused):
    """The letter misses a text, is too long, or holds a field that is not known."""


class LetterTitleTaken(WritingRefused):
    """There is a letter of this name."""


class LetterChanged(WritingRefused):
    """Somebody else saved or removed the letter since it was opened."""


class WordNotUsable(WritingRefused):
    """The word is empty, too long, there already, or one too many."""
