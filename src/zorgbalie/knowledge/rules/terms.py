"""Which word to search with: the name of the item alone, without what could tell whose it is.

The word leaves the portal when the patient clicks, so it is made of the title only and shown before the click. Dropped
are dates, numbers, what stands in brackets, addresses, whoever is named after a title such as "mw.", and the names that
the caller gives. The title of a medicine ends where its form or strength begins.
"""

import re
import unicodedata
from collections.abc import Iterable

from zorgbalie.knowledge.types import ItemKind

_MOST_WORDS = 8
_LONGEST = 80
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>")
_ADDRESSES = re.compile(r"\S+@\S+|\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s/,;:+|=<>()\[\]{}\"“”„]+")
_EDGES = ".-–—'’‘*#&!?"
_TITLES = {"dr", "drs", "dhr", "mw", "mevr", "mevrouw", "meneer", "heer", "prof", "ir", "mr", "dokter", "arts"}
_PARTICLES = {"van", "de", "den", "der", "het", "ten", "ter", "te", "t", "la", "el"}
_MONTHS = {
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec",
}  # fmt: skip
# Forms of the G-Standaard as they stand in names of products; the name of the medicine comes before them.
_FORMS = {
    "aerosol", "bruistablet", "caps", "capsule", "capsules", "creme", "crème", "drank", "dragee", "druppels", "emulsie",
    "filmomh", "gel", "granulaat", "infusie", "inh", "inhalatie", "inhpdr", "inj", "injectie", "injvlst", "injectiepen",
    "kauwtablet", "klysma", "kuur", "lotion", "mga", "mva", "msr", "neusdr", "neusspray", "oogdr", "oogdruppels",
    "oogzalf", "oordr", "pdr", "pen", "pleister", "poeder", "shampoo", "siroop", "smelttablet", "spray", "suspensie",
    "susp", "tabl", "tablet", "tabletten", "tb", "vloeistof", "wwsp", "zalf", "zetpil",
}  # fmt: skip
_NUMBERED = {"type", "graad", "stadium", "factor"}
_CODE_WORD = re.compile(r"[a-z]+-?[0-9]{1,3}[a-z]{0,2}", re.IGNORECASE)


def plain_term(*, title: str, kind: ItemKind, unsaid: Iterable[str] = ()) -> str:
    """The words of a title to search with; empty when nothing is left. `unsaid`: names that may not be in it."""
    hidden = {part for name in unsaid for part in re.split(r"[\s.\-]+", name.casefold()) if len(part) > 1}
    kept: list[str] = []
    is_naming = False
    for word in _words(title):
        low = word.casefold()
        if low in _TITLES:
            is_naming = True
            continue
        if is_naming and (len(word) == 1 or low in _PARTICLES or word[0].isupper()):
            continue
        is_naming = False
        if kind is ItemKind.MEDICINE and kept and (low in _FORMS or word[0].isdigit()):
            break
        if low not in _MONTHS and not _is_hidden(low, hidden) and _is_word(word, kept):
            kept.append(low if kind is ItemKind.MEDICINE else word)
    return " ".join(kept[:_MOST_WORDS])[:_LONGEST].strip()


def _words(title: str) -> list[str]:
    text = unicodedata.normalize("NFC", title)
    text = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in text)
    text = _ADDRESSES.sub(" ", _BRACKETS.sub(" ", text))
    words = [word.strip(_EDGES) for word in _BETWEEN.split(text)]
    return [word for word in words if word]


def _is_hidden(low: str, hidden: set[str]) -> bool:
    return any(part in hidden for part in re.split(r"[.\-]+", low) if part)


def _is_word(word: str, kept: list[str]) -> bool:
    """A word, a name with a small number in it such as B12, or the number of "type 2"; no date and no other number."""
    if not any(one.isdigit() for one in word):
        return any(one.isalpha() for one in word)
    if len(word) == 1:
        return bool(kept) and kept[-1].casefold() in _NUMBERED
    return bool(_CODE_WORD.fullmatch(word)) and len(word) <= 10
