"""FHIR STU3 datatypes of what leaves: references, codes, days, quantities, narratives. Pure; for `leaving`."""

import html
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zorgbalie.exchange.rules.mapping.parts import EPISODE_CONTEXT, UCUM
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.record.types.importing import EntryRow, ObservationRow

Resource = dict[str, Any]

LINE_TYPES = "http://fhir.nl/fhir/NamingSystem/journaalregeltypen"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
_NO_VALUE = "Geen waarde"


def reference(kind: str, name: str, display: str) -> Resource:
    """A reference, with the name of what it leads to."""
    return {"reference": f"{kind}/{name}", **({"display": display} if display else {})}


def concept(system: str, code: str, title: str) -> Resource:
    """One code with its name; the name alone where there is no code."""
    if not code:
        return {"text": title}
    coding = {**({"system": system} if system else {}), "code": code, "display": title}
    return {"coding": [coding], "text": title}


def category(code: str, display: str) -> Resource:
    """A category of an observation."""
    return concept("http://hl7.org/fhir/observation-category", code, display)


def unknown() -> Resource:
    """Stands beside an element of which the value is not known."""
    return {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}


def given(name: str, value: Any) -> Resource:
    """An element, unless there is nothing to say."""
    return {name: value} if value else {}


def performer(author: Resource | None) -> Resource:
    """Who measured or wrote it."""
    return {"performer": [author]} if author else {}


def context(contact: str | None) -> Resource:
    """The contact in which it was."""
    return {"context": {"reference": f"Encounter/{contact}"}} if contact else {}


def episode_extension(episode: str | None, titles: dict[str, str]) -> Resource:
    """The episode that it is about."""
    if episode is None:
        return {}
    named = reference("EpisodeOfCare", episode, titles.get(episode, ""))
    return {"extension": [{"url": EPISODE_CONTEXT, "valueReference": named}]}


def day(day: date, precision: str) -> str:
    """A day as precisely as it is known."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def moment(moment: datetime) -> str:
    """A moment, in Dutch time."""
    return moment.astimezone(AMSTERDAM).isoformat(timespec="seconds")


def period(name: str, start: date | None, precision: str, end: date | None) -> Resource:
    """First day, as precisely as it is known, and last day."""
    period = {
        **({"start": day(start, precision)} if start else {}),
        **({"end": end.isoformat()} if end else {}),
    }
    return {name: period} if period else {}


def when(row: ObservationRow) -> str:
    """When it was observed: the moment where that is known and agrees with the day."""
    at = row.observed_at
    if at is None or row.date_precision != "day" or local_date(at) != row.observed_on:
        return day(row.observed_on, row.date_precision)
    return at.astimezone(AMSTERDAM).isoformat()


def quantity_or_words(row: ObservationRow) -> Resource:
    """The value: a number with its unit, or words, or that there is none."""
    if row.value_number is not None:
        comparator = {"comparator": row.value_comparator} if row.value_comparator else {}
        return {"valueQuantity": {"value": plain(row.value_number), **comparator, **unit(row)}}
    if row.value_text.strip():
        return {"valueString": row.value_text}
    return {"dataAbsentReason": {"text": _NO_VALUE}}


def comment(row: ObservationRow) -> str:
    """The remark; before it the words of a value that has a number as well, for which there is one place only."""
    words = row.value_text if row.value_number is not None else ""
    return "\n".join(text for text in (words, row.remark) if text.strip())


def unit(row: ObservationRow) -> Resource:
    """The unit as people write it, and in UCUM."""
    words = {"unit": row.unit} if row.unit else {}
    return {**words, **({"system": UCUM, "code": row.unit_code} if row.unit_code else {})}


def plain(number: Decimal) -> Decimal:
    """Without the zeros that the database adds."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def value_range(row: ObservationRow) -> Resource:
    """The usual values."""
    limits: Resource = {}
    for name, number in (("low", row.reference_low), ("high", row.reference_high)):
        if number is not None:
            limits[name] = {"value": plain(number), **unit(row)}
    if row.reference_text:
        limits["text"] = row.reference_text
    return {"referenceRange": [limits]} if limits else {}


def interpretation(code: str) -> Resource:
    """The laboratory's own flag."""
    if not code:
        return {}
    return {"interpretation": {"coding": [{"system": "http://hl7.org/fhir/v2/0078", "code": code}]}}


def section(line: EntryRow) -> Resource:
    """A line within a contact report."""
    entries = [{"reference": f"Observation/{line.source_id}"}]
    if line.episode is not None:
        entries.append({"reference": f"EpisodeOfCare/{line.episode}"})
    return {
        "title": f"{line.soep}-regel",
        "code": concept(LINE_TYPES, line.soep, f"{line.soep}-regel"),
        "text": narrative(line.text),
        "entry": entries,
    }


def narrative(text: str) -> Resource:
    """Words as a narrative; markup in them stays text."""
    words = "<br/>".join(html.escape(line) for line in text.splitlines())
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{words}</div>'}


def patient_resource(*, name: str, birth_date: date) -> Resource:
    """Whose record it is. The BSN stays masked, as in every MedMij answer."""
    return {
        "resourceType": "Patient",
        "id": "patient",
        "meta": {"profile": ["http://fhir.nl/fhir/StructureDefinition/nl-core-patient"]},
        "identifier": [{"system": _BSN, "_value": {"extension": [{"url": ABSENT, "valueCode": "masked"}]}}],
        "name": [{"text": name}],
        "birthDate": birth_date.isoformat(),
    }
