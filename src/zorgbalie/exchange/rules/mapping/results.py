"""Measurements and laboratory results. Source: gp-DiagnosticResult, gp-LaboratoryResult; NHG-Tabel 45; UCUM."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from zorgbalie.exchange.rules.element import Element, Withdrawn
from zorgbalie.exchange.rules.mapping.contacts import episode_of
from zorgbalie.exchange.rules.mapping.context import Source
from zorgbalie.exchange.rules.mapping.parts import NHG_45, Amount, amount, coded, fitting_code, storable
from zorgbalie.record.types.importing import ObservationRow

_STATES = frozenset({"registered", "preliminary", "final", "amended", "corrected", "unknown"})
_LABORATORY_CODES = frozenset({"laboratory", "49581000146104", "lab"})
_SNOMED = "http://snomed.info/sct"
_INTERPRETATIONS = frozenset({"H", "HH", "HU", "L", "LL", "LU", "N", "A", "AA", "I", "R", "S", "POS", "NEG"})
_SNOMED_INTERPRETATIONS = {
    "281302008": "H", "281300000": "L", "11896004": "I", "30714006": "R", "131196009": "S",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Value:
    """What was found: a quantity, or words."""

    amount: Amount = field(default_factory=Amount)
    words: str = ""


@dataclass(frozen=True, slots=True)
class _When:
    day: date
    precision: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class _Reference:
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""


def map_result(source: Source) -> ObservationRow:
    """One measurement or result."""
    root = source.root
    state = _state(root)
    found = fitting_code(source, coded(root.child("code"), NHG_45))
    if not found.title:
        raise root.fail("code", "has no name")
    value = _value(source, root)
    encounter = source.linked(root.child("context"), "Encounter")
    when = _when(source, encounter)
    limits = _limits(source, value.amount)
    performers = root.children("performer")
    author = source.author(performers[0] if performers else None)
    return ObservationRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        category="laboratory" if _is_laboratory(source) else "measurement",
        title=found.title,
        observed_on=when.day,
        code_system=found.system,
        code=found.code,
        value_number=value.amount.number,
        value_comparator=value.amount.comparator if value.amount.number is not None else "",
        value_text=value.amount.text or value.words,
        unit=value.amount.unit,
        unit_code=value.amount.unit_code,
        reference_low=limits.low,
        reference_high=limits.high,
        reference_text=source.fit(limits.text, 120),
        interpretation=_interpretation(source),
        status=state,
        remark=root.text("comment"),
        observed_at=when.moment,
        encounter=encounter,
        episode=episode_of(source, encounter),
        date_precision=when.precision,
    )


def _state(root: Element) -> str:
    state = root.text("status")
    if state in ("entered-in-error", "cancelled"):
        raise Withdrawn
    if state not in _STATES:
        raise root.fail("status", "is not a state of an observation")
    return state


def _value(source: Source, root: Element) -> _Value:
    """The value; else what its components say, else why there is none. A result that says nothing is refused."""
    value = _own_value(source, root)
    if value is None:
        parts = [_component(source, component) for component in root.children("component")]
        value = _Value(words="; ".join(part for part in parts if part))
    if value.amount == Amount() and not value.words:
        reason = coded(root.child("dataAbsentReason")).title
        if not reason:
            raise root.fail("value[x]", "holds no value")
        value = _Value(words=reason)
    return value


def _own_value(source: Source, holder: Element) -> _Value | None:
    quantity = holder.child("valueQuantity")
    if quantity is not None:
        found = amount(source, quantity)
        has_value = found.number is not None or found.text
        return _Value(found) if has_value else None
    for name, read in _WORDS.items():
        if holder.has(name):
            return _Value(words=read(source, holder, name))
    return None


def _component(source: Source, component: Element) -> str:
    value = _own_value(source, component)
    if value is None:
        return ""
    number = value.amount.number
    words = value.words or value.amount.text
    if number is not None:
        words = f"{value.amount.comparator}{_plain(number)} {value.amount.unit}".strip()
    return f"{coded(component.child('code'), NHG_45).title} {words}".strip()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _concept(_source: Source, holder: Element, name: str) -> str:
    return coded(holder.child(name)).title


def _string(_source: Source, holder: Element, name: str) -> str:
    return holder.text(name)


def _boolean(_source: Source, holder: Element, name: str) -> str:
    return {True: "Ja", False: "Nee", None: ""}[holder.boolean(name)]


def _date(_source: Source, holder: Element, name: str) -> str:
    moment = holder.moment(name)
    return holder.text(name)[:10] if moment else ""


def _range(source: Source, holder: Element, name: str) -> str:
    child = holder.child(name)
    low, high = (amount(source, child.child(side)) for side in ("low", "high")) if child else (Amount(), Amount())
    ends = [_plain(end.number) if end.number is not None else "" for end in (low, high)]
    return f"{'–'.join(ends)} {low.unit or high.unit}".strip(" –") if any(ends) else ""


def _ratio(source: Source, holder: Element, name: str) -> str:
    child = holder.child(name)
    if child is None:
        return ""
    ends = [amount(source, child.child(side)) for side in ("numerator", "denominator")]
    words = [f"{_plain(end.number)} {end.unit}".strip() for end in ends if end.number is not None]
    return " / ".join(words)


_WORDS: dict[str, Callable[[Source, Element, str], str]] = {
    "valueString": _string,
    "valueCodeableConcept": _concept,
    "valueBoolean": _boolean,
    "valueDateTime": _date,
    "valueTime": _string,
    "valueRange": _range,
    "valueRatio": _ratio,
}


def _when(source: Source, encounter: str | None) -> _When:
    """When it was observed; else when it was reported, else the day of its contact."""
    root = source.root
    period = root.child("effectivePeriod")
    moment = root.moment("effectiveDateTime") or (period.moment("start") if period else None) or root.moment("issued")
    contact = source.context.resources.get(("Encounter", encounter)) if encounter else None
    if moment is None and contact is not None:
        of_contact = source.context.other(contact).child("period")
        moment = of_contact.moment("start") if of_contact else None
    if moment is None:
        raise root.fail("effectiveDateTime", "is missing: when it was observed is unknown")
    return _When(moment.first, moment.precision, moment.moment)


def _limits(source: Source, value: Amount) -> _Reference:
    """The reference range: the one that says `normal`, else one that says nothing. Others stay in the original."""
    ranges = [part for part in source.root.children("referenceRange") if _is_normal(part)]
    if not ranges:
        return _Reference()
    chosen = ranges[0]
    ends = [amount(source, chosen.child(side)) for side in ("low", "high")]
    text = chosen.text("text")
    units = {end.unit_code or end.unit for end in ends if end.number is not None}
    if units - {"", value.unit_code, value.unit}:
        # Bounds in another unit than the value must never be drawn beside it.
        return _Reference(text=text or _range_words(ends))
    low, high = (storable(source, end.number) if end.number is not None else None for end in ends)
    return _Reference(low, high, text)


def _range_words(ends: list[Amount]) -> str:
    low, high = ([f"{_plain(end.number)} {end.unit}".strip()] if end.number is not None else [] for end in ends)
    return " – ".join(low + high)


def _is_normal(part: Element) -> bool:
    meaning = part.child("type")
    if meaning is None:
        return not part.has("appliesTo") and not part.has("age")
    return coded(meaning).code in ("normal", "")


def _interpretation(source: Source) -> str:
    concept = source.root.child("interpretation")
    for coding in concept.children("coding") if concept else []:
        code = coding.value.get("code")
        if not isinstance(code, str):
            continue
        known = _SNOMED_INTERPRETATIONS.get(code, "") if coding.value.get("system") == _SNOMED else code
        if known in _INTERPRETATIONS:
            coding.read_whole()
            return known
    return ""


def _is_laboratory(source: Source) -> bool:
    meta = source.resource.content.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    if isinstance(profiles, list) and any(
        isinstance(profile, str) and profile.endswith(("gp-LaboratoryResult", "zib-LaboratoryTestResult-Observation"))
        for profile in profiles
    ):
        return True
    codings = [coding for category in source.root.children("category") for coding in category.children("coding")]
    return any(coding.read_whole().text("code") in _LABORATORY_CODES for coding in codings)
