"""Taking documents apart into resources: which kinds, which ids, what stands twice.

Source: FHIR STU3 Bundle (collection, searchset, document), resource ids.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zorgbalie.exchange.rules.safety import UnsafeContent, inspect
from zorgbalie.exchange.types import BrokenFile, Document, DossierRefused, Key, Note, Refusal, Resource
from zorgbalie.kernel.exact_json import RepeatedKey, dump_exact_json

KINDS = frozenset(
    {
        "AllergyIntolerance", "Communication", "Composition", "Condition", "DocumentReference", "Encounter",
        "EpisodeOfCare", "Flag", "Medication", "MedicationRequest", "Observation", "Organization", "Patient",
        "Practitioner", "PractitionerRole",
    }
)  # fmt: skip
"""Kinds of resources that an import understands, or keeps whole."""

MAX_RESOURCES = 200_000
_BUNDLE_TYPES = frozenset({"collection", "searchset", "document"})
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)
_STAMPS = ("lastUpdated", "versionId")


@dataclass(frozen=True, slots=True)
class Claim:
    """That a resource is about somebody: the value of its `subject` or `patient`."""

    kind: str
    place: str
    value: Mapping[str, Any]


@dataclass(slots=True)
class Parts:
    """What was found in the documents."""

    resources: dict[Key, Resource] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    repeated: dict[str, int] = field(default_factory=dict)
    references: dict[Key, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    content: Any
    place: str
    full_url: str


def take_apart(*, documents: Iterable[Document]) -> Parts:
    """The resources of all documents. Raises BrokenFile for a document that is no resource or no dossier."""
    parts = Parts()
    ambiguous: set[Key] = set()
    for number, entry in enumerate(_entries(documents, parts)):
        if number >= MAX_RESOURCES:
            raise DossierRefused(f"more than {MAX_RESOURCES} resources; split the dossier", place=entry.place)
        _take(entry, parts, ambiguous)
    for key in ambiguous:
        resource = parts.resources.pop(key)
        parts.refusals.append(_refusal(resource, "stands more than once, with different content"))
    return parts


def kind_text(value: object) -> str:
    """The kind of a resource as a report can show it."""
    return value[:40] if isinstance(value, str) and value else "(no kind)"


def _entries(documents: Iterable[Document], parts: Parts) -> Iterator[_Entry]:
    for document in documents:
        content = document.content
        if isinstance(content, RepeatedKey):
            place = f"{document.file}: {content.repeated[:40]}"
            raise BrokenFile("the same key stands twice in one object", place=place)
        if not isinstance(content.get("resourceType"), str):
            raise BrokenFile("no resourceType: not a FHIR resource", place=document.file)
        if content["resourceType"] == "Bundle":
            yield from _bundle_entries(document, parts)
        else:
            yield _Entry(content, document.file, "")


def _bundle_entries(document: Document, parts: Parts) -> Iterator[_Entry]:
    bundle = document.content
    kind = bundle.get("type")
    if not isinstance(kind, str) or kind not in _BUNDLE_TYPES:
        raise BrokenFile(
            f"a Bundle of type {str(kind)[:40]} is no dossier (collection, searchset or document)",
            place=f"{document.file}: type",
        )
    entries = bundle.get("entry", [])
    if not isinstance(entries, list):
        raise BrokenFile("not a list", place=f"{document.file}: entry")
    if any(isinstance(link, dict) and link.get("relation") == "next" for link in _listed(bundle.get("link"))):
        text = "is one page of an answer; the pages after it are not in these files"
        parts.notes.append(Note(kind="Bundle", source_id="", place=document.file, text=text))
    for number, entry in enumerate(entries):
        place = f"{document.file}: entry[{number}]"
        if not isinstance(entry, dict) or isinstance(entry, RepeatedKey):
            raise BrokenFile("not an object, or one with a key that stands twice", place=place)
        full_url = entry.get("fullUrl")
        yield _Entry(entry.get("resource"), f"{place}.resource", full_url if isinstance(full_url, str) else "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _take(entry: _Entry, parts: Parts, ambiguous: set[Key]) -> None:
    content = entry.content
    if not isinstance(content, dict):
        parts.refusals.append(Refusal(kind="(no kind)", source_id="", place=entry.place, reason="holds no resource"))
        return
    kind = kind_text(content.get("resourceType"))
    _claim(kind, entry, parts)
    try:
        made = _resource(kind, entry, parts)
    except UnsafeContent as error:
        place = f"{entry.place}.{error.path}" if error.path else entry.place
        stated = content.get("id")
        source_id = stated[:64] if isinstance(stated, str) else ""
        parts.refusals.append(Refusal(kind=kind, source_id=source_id, place=place, reason=error.reason))
        return
    known = parts.resources.setdefault(made.key, made)
    if known is not made:
        if known.digest != made.digest:
            ambiguous.add(made.key)
            parts.refusals.append(_refusal(made, "stands more than once, with different content"))
        else:
            parts.repeated[kind] = parts.repeated.get(kind, 0) + 1


def _claim(kind: str, entry: _Entry, parts: Parts) -> None:
    for name in ("subject", "patient"):
        value = entry.content.get(name)
        if isinstance(value, dict):
            parts.claims.append(Claim(kind, f"{entry.place}.{name}", value))


def _resource(kind: str, entry: _Entry, parts: Parts) -> Resource:
    content = entry.content
    if kind not in KINDS:
        raise UnsafeContent("", "this kind of resource is not imported")
    findings = inspect(content)
    made = Resource(
        kind=kind,
        source_id=_source_id(content, entry.full_url),
        content=content,
        digest=digest_of(content=content),
        place=entry.place,
        full_url=entry.full_url,
    )
    parts.references[made.key] = findings.references
    return made


def digest_of(*, content: Mapping[str, Any]) -> str:
    """SHA-256 of a resource, without what a server stamps on it each time it is asked."""
    meta = content.get("meta")
    if isinstance(meta, dict):
        rest = {name: value for name, value in meta.items() if name not in _STAMPS}
        content = {**content, "meta": rest}
    return hashlib.sha256(dump_exact_json(content, sort_keys=True).encode()).hexdigest()


def _source_id(content: Mapping[str, Any], full_url: str) -> str:
    """The id, else the first identifier, else the address: whatever stays the same at the next export."""
    if "id" in content:
        if isinstance(content["id"], str) and _ID.fullmatch(content["id"]):
            return content["id"]
        raise UnsafeContent("id", "not a FHIR id")
    identifier = _first_identifier(content.get("identifier"))
    name = f"identifier:{identifier}" if identifier else full_url
    if not name:
        raise UnsafeContent("id", "neither an id nor an identifier: it could not be found again")
    if _UNPRINTABLE.search(name):
        raise UnsafeContent("id", "an identifier or address with a character that cannot be stored")
    return name if len(name) <= 180 else hashlib.sha256(name.encode()).hexdigest()


_UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff]")


def _first_identifier(value: Any) -> str:
    for identifier in value if isinstance(value, list) else [value]:
        if isinstance(identifier, dict) and isinstance(identifier.get("value"), str):
            return f"{identifier.get('system', '')}|{identifier['value']}"
    return ""


def _refusal(resource: Resource, reason: str) -> Refusal:
    return Refusal(kind=resource.kind, source_id=resource.source_id, place=resource.place, reason=reason)
