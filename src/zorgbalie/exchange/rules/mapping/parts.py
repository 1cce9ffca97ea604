"""FHIR datatypes as the rows of the record hold them: codes, quantities, annotations.

Source: FHIR STU3 datatypes; UCUM; Nictiz code-specification extension.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from html.parser import HTMLParser

from zorgbalie.exchange.rules.element import Element
from zorgbalie.exchange.rules.mapping.context import Source

_NHG = "https://referentiemodel.nhg.org/tabellen/"
ICPC = frozenset({"http://hl7.org/fhir/sid/icpc-1-nl", "urn:oid:2.16.840.1.113883.2.4.4.31.1"})
NHG_45 = frozenset({f"{_NHG}nhg-tabel-45-diagnostische-bepalingen", "urn:oid:2.16.840.1.113883.2.4.4.30.45"})
NHG_14 = frozenset({f"{_NHG}nhg-tabel-14-contactwijze", "urn:oid:2.16.840.1.113883.2.4.4.30.14"})
EPISODE_CONTEXT = "http://nictiz.nl/fhir/StructureDefinition/extension-context-nl-core-episodeofcare"
CODE_SPECIFICATION = "http://nictiz.nl/fhir/StructureDefinition/code-specification"
UCUM = "http://unitsofmeasure.org"

_COMPARATORS = frozenset({"<", "<=", ">=", ">"})
_LARGEST = Decimal(10) ** 12
_SMALLEST_STEP = Decimal("0.000001")
_READABLE_UNITS = {
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "kg/m2": "kg/m²",
    "10*9/L": "10⁹/L",
    "10*12/L": "10¹²/L",
    "mL/min/{1.73_m2}": "mL/min/1,73 m²",
    "umol/L": "µmol/L",
    "ug/L": "µg/L",
    "ug": "µg",
    "[degF]": "°F",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """One code with its name."""

    system: str = ""
    code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity: a number that can be stored, or a text where it cannot."""

    number: Decimal | None = None
    text: str = ""
    comparator: str = ""
    unit: str = ""
    unit_code: str = ""


def is_one_of(value: object, known: frozenset[str]) -> bool:
    """Whether a value of any type is one of these texts."""
    return isinstance(value, str) and value in known


def coded(concept: Element | None, *preferred: frozenset[str]) -> Coded:
    """The code of the first preferred system that is there, else the first code; the name may be the free text."""
    if concept is None:
        return Coded()
    codings = concept.children("coding")
    chosen = _choose(codings, preferred)
    text = concept.text("text")
    if chosen is None:
        return Coded(title=text)
    title = chosen.text("display") or text or chosen.text("code")
    return Coded(chosen.text("system"), chosen.text("code"), title)


def coded_in(concept: Element | None, systems: frozenset[str]) -> Coded:
    """The code of one of these systems, and nothing when there is none."""
    for coding in concept.children("coding") if concept else []:
        if is_one_of(coding.value.get("system"), systems):
            return Coded(coding.text("system"), coding.text("code"), coding.text("display"))
    return Coded()


def fitting_code(source: Source, found: Coded, length: int = 40) -> Coded:
    """The same, its name cut to the column; a code is never cut, since half a code is another code."""
    if len(found.code) > length or len(found.system) > 200:
        raise source.root.fail("", "a code or code system that is too long to be one")
    return Coded(found.system, found.code, source.fit(found.title, 255))


def first_text(concepts: list[Element]) -> str:
    """The names of a list of concepts, joined."""
    titles = (coded(concept) for concept in concepts)
    return ", ".join(dict.fromkeys(found.title for found in titles if found.title))


def dutch_code(holder: Element, name: str) -> str:
    """The Dutch name that stands beside a FHIR code (code-specification), empty without one."""
    beside = holder.child(f"_{name}")
    extension = beside.extension(CODE_SPECIFICATION) if beside else None
    return coded(extension.child("valueCodeableConcept")).title if extension else ""


def notes_text(holder: Element) -> str:
    """The text of the annotations of a resource."""
    return "\n".join(text for text in (note.text("text") for note in holder.children("note")) if text)


def amount(source: Source, quantity: Element | None) -> Amount:
    """A Quantity. The unit is the one that people write; its UCUM code stands beside it."""
    if quantity is None:
        return Amount()
    value = quantity.number("value")
    comparator = quantity.text("comparator")
    if comparator and comparator not in _COMPARATORS:
        raise quantity.fail("comparator", "is not <, <=, >= or >")
    code = quantity.text("code")
    system = quantity.text("system")
    unit_code = code if system == UCUM else ""
    unit = source.fit(_READABLE_UNITS.get(unit_code) or quantity.text("unit") or code, 40)
    if len(unit_code) > 40:
        raise quantity.fail("code", "is too long to be a unit")
    if value is None:
        return Amount(unit=unit, unit_code=unit_code)
    number = storable(source, value)
    text = "" if number is not None else f"{comparator}{value:f} {unit}".strip()
    return Amount(number, text, comparator, unit, unit_code)


def storable(source: Source, value: Decimal) -> Decimal | None:
    """A number of at most 12 digits before and 6 after the point; None when it is larger."""
    if abs(value) >= _LARGEST:
        source.note("a number is too large to draw; it is kept as text")
        return None
    rounded = value.quantize(_SMALLEST_STEP, rounding=ROUND_HALF_EVEN)
    if rounded != value:
        source.note("a number with more than 6 decimals is rounded; the original is kept")
    return rounded


def plain_text(xhtml: str) -> str:
    """The words of a narrative, one line per block."""
    reader = _Words()
    reader.feed(xhtml)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects the text of XHTML."""

    _BLOCKS = frozenset({"br", "div", "li", "p", "tr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line."""
        if tag in self._BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        if tag in self._BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words.append(data)


def _choose(codings: list[Element], preferred: tuple[frozenset[str], ...]) -> Element | None:
    for systems in preferred:
        for coding in codings:
            if is_one_of(coding.value.get("system"), systems) and coding.has("code"):
                return coding
    return next((coding for coding in codings if coding.has("code")), codings[0] if codings else None)
