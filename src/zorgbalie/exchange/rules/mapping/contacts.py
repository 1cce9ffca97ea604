"""Contacts, contact reports and their SOEP lines. Source: gp-Encounter, gp-EncounterReport, gp-JournalEntry.

A line is an Observation; the report names its lines and may hold a line that no Observation repeats. Both give one row.
"""

import re
from datetime import date

from zorgbalie.exchange.rules.element import Element, Withdrawn
from zorgbalie.exchange.rules.mapping.context import LineFacts, Source
from zorgbalie.exchange.rules.mapping.parts import (
    EPISODE_CONTEXT,
    ICPC,
    NHG_14,
    Coded,
    coded,
    coded_in,
    first_text,
    is_one_of,
    plain_text,
)
from zorgbalie.exchange.types import Resource
from zorgbalie.record.types.importing import EncounterRow, EntryRow

LINE_TYPES = frozenset({"http://fhir.nl/fhir/NamingSystem/journaalregeltypen"})
SECTION_ICPC = "http://nictiz.nl/fhir/StructureDefinition/code-icpc-1-nl"

_TOOK_PLACE = frozenset({"arrived", "triaged", "in-progress", "onleave", "finished", "unknown"})
_DID_NOT = frozenset({"planned", "cancelled", "entered-in-error"})
_ENTRY_ID = re.compile(r"(?:.*/)?Observation/([A-Za-z0-9\-.]{1,64})", re.DOTALL)


def map_encounter(source: Source) -> EncounterRow:
    """One contact."""
    root = source.root
    state = root.text("status")
    if state in _DID_NOT:
        raise Withdrawn
    if state not in _TOOK_PLACE:
        raise root.fail("status", "is not a state of a contact")
    period = root.child("period")
    start = period.moment("start") if period else None
    if start is None:
        raise root.fail("period.start", "is missing: when the contact was is unknown")
    kind = _contact_kind(root)
    participants = root.children("participant")
    author = source.author(participants[0].child("individual") if participants else None)
    # A reason stands loose from the episode: with one, it could tell of an episode that the practice hides.
    reason = "" if root.has("episodeOfCare") else source.fit(first_text(root.children("reason")), 255)
    return EncounterRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        started_on=start.first,
        kind_code=kind.code if len(kind.code) <= 20 else "",
        kind_title=source.fit(kind.title, 120),
        reason=reason,
        episode=_only_episode(source),
        date_precision=start.precision,
    )


def _only_episode(source: Source) -> str | None:
    """The episode of a contact that names one alone: hidden with it, also when no line or value says so (R3)."""
    episodes = source.root.children("episodeOfCare")
    return source.linked(episodes[0], "EpisodeOfCare") if len(episodes) == 1 else None


def is_line(resource: Resource) -> bool:
    """Whether an Observation is a SOEP line, by its code (the profile need not be named)."""
    code = resource.content.get("code")
    codings = code.get("coding") if isinstance(code, dict) else None
    return any(
        isinstance(coding, dict) and is_one_of(coding.get("system"), LINE_TYPES)
        for coding in (codings if isinstance(codings, list) else [])
    )


def map_line(source: Source) -> EntryRow:
    """One SOEP line."""
    root = source.root
    if root.text("status") in ("entered-in-error", "cancelled"):
        raise Withdrawn
    facts = source.context.line_facts.get(source.resource.source_id)
    icpc = _line_icpc(root) or (Coded(code=facts.icpc_code, title=facts.icpc_title) if facts else Coded())
    encounter = source.linked(root.child("context"), "Encounter") or (facts.encounter if facts else None)
    day = _line_day(source, encounter)
    text = root.text("valueString")
    if not (text or icpc.code or icpc.title):
        raise root.fail("valueString", "holds no text")
    performers = root.children("performer")
    author = source.author(performers[0] if performers else None)
    return EntryRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        soep=_soep(root.child("code"), root),
        text=text,
        recorded_on=day[0],
        icpc_code=_icpc_code(root, icpc),
        icpc_title=source.fit(icpc.title, 255),
        encounter=encounter,
        episode=episode_of(source, encounter) or (facts.episode if facts else None),
        date_precision=day[1],
    )


def episode_of(source: Source, encounter: str | None) -> str | None:
    """The episode that an Observation names; else that of its contact, when the contact is about one alone."""
    extension = source.root.extension(EPISODE_CONTEXT)
    if extension is not None:
        return source.linked(extension.child("valueReference"), "EpisodeOfCare")
    contact = source.context.resources.get(("Encounter", encounter)) if encounter else None
    episodes = contact.content.get("episodeOfCare") if contact else None
    if not isinstance(episodes, list) or len(episodes) != 1 or contact is None:
        return None
    root = source.context.other(contact)
    return source.linked(root.children("episodeOfCare")[0], "EpisodeOfCare")


def read_report(source: Source) -> list[EntryRow]:
    """What a contact report adds: facts for the lines that it names, and rows for lines that stand in it alone."""
    root = source.root
    if root.text("status") == "entered-in-error":
        raise Withdrawn
    encounter = source.linked(root.child("encounter"), "Encounter")
    rows: list[EntryRow] = []
    for number, section in enumerate(root.children("section")):
        row = _read_section(source, section, encounter, number)
        if row is not None:
            rows.append(row)
    return rows


def _read_section(source: Source, section: Element, encounter: str | None, number: int) -> EntryRow | None:
    code = section.child("code")
    if not coded_in(code, LINE_TYPES).code:
        return None
    entries = section.children("entry")
    icpc_extension = section.extension(SECTION_ICPC)
    icpc = coded_in(icpc_extension.child("valueCodeableConcept"), ICPC) if icpc_extension else Coded()
    episode = next((found for found in (source.linked(entry, "EpisodeOfCare") for entry in entries) if found), None)
    lines = [line for line in (source.pointed(entry, "Observation") for entry in entries) if line is not None]
    narrative = section.child("text")
    text = plain_text(narrative.text("div")) if narrative else ""
    if narrative:
        narrative.read_whole()
    for line in lines:
        facts = LineFacts(encounter, episode, icpc.code, icpc.title)
        source.context.line_facts[line.source_id] = facts
        _compare_texts(source, line, text)
    if lines or not (text or icpc.code):
        return None
    return _section_row(source, section, LineFacts(encounter, episode, icpc.code, icpc.title), text, number)


def _section_row(source: Source, section: Element, facts: LineFacts, text: str, number: int) -> EntryRow:
    """A line that the report alone holds; under the id of the Observation that it names, should that come later."""
    moment = source.root.moment("date")
    if moment is None:
        raise source.root.fail("date", "is missing: when the line was written is unknown")
    authors = source.root.children("author")
    author = source.author(authors[0] if authors else None)
    references = (entry.text("reference") for entry in section.children("entry"))
    named = [match.group(1) for match in map(_ENTRY_ID.fullmatch, references) if match]
    return EntryRow(
        source_id=named[0] if named else f"{source.resource.source_id}/section/{number}",
        author_name=author.name,
        author_role=author.role,
        soep=_soep(section.child("code"), section),
        text=text,
        recorded_on=moment.first,
        icpc_code=_icpc_code(section, Coded(code=facts.icpc_code)),
        icpc_title=source.fit(facts.icpc_title, 255),
        encounter=facts.encounter,
        episode=facts.episode,
        date_precision=moment.precision,
    )


def _compare_texts(source: Source, line: Resource, text: str) -> None:
    own = line.content.get("valueString")
    if text and isinstance(own, str) and " ".join(own.split()) != " ".join(text.split()):
        source.note("a section says something else than the line that it names; the line is stored")


def _soep(code: Element | None, holder: Element) -> str:
    letter = coded_in(code, LINE_TYPES).code
    if letter not in ("S", "O", "E", "P"):
        raise holder.fail("code", "is not a line type S, O, E or P")
    return letter


def _line_icpc(root: Element) -> Coded | None:
    for component in root.children("component"):
        found = coded_in(component.child("valueCodeableConcept"), ICPC)
        if found.code:
            coded(component.child("code"))
            return found
    return None


def _icpc_code(holder: Element, icpc: Coded) -> str:
    if len(icpc.code) > 10:
        raise holder.fail("component", "an ICPC code that is too long to be one")
    return icpc.code


def _line_day(source: Source, encounter: str | None) -> tuple[date, str]:
    """When the line was written: its own date, else that of the contact."""
    moment = source.root.moment("effectiveDateTime") or source.root.moment("issued")
    contact = source.context.resources.get(("Encounter", encounter)) if encounter else None
    if moment is None and contact is not None:
        period = source.context.other(contact).child("period")
        moment = period.moment("start") if period else None
    if moment is None:
        raise source.root.fail("effectiveDateTime", "is missing: when the line was written is unknown")
    return moment.first, moment.precision


def _contact_kind(root: Element) -> Coded:
    for concept in root.children("type"):
        found = coded(concept, NHG_14)
        if found.title:
            return found
    contact_class = root.child("class")
    return Coded(title=contact_class.text("display")) if contact_class else Coded()
