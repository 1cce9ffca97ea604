"""What a translation of one resource has at hand: the resource, the others, and where to leave remarks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from zorgbalie.exchange.rules.element import Element, Trace, Unreadable
from zorgbalie.exchange.types import Key, Note, Resource

_TAIL = re.compile(r"(?:.*/)?([A-Z][A-Za-z]{2,40})/([A-Za-z0-9\-.]{1,64})(?:/_history/[^/]+)?$", re.DOTALL)

PRACTITIONER_ROLE = "http://nictiz.nl/fhir/StructureDefinition/practitionerrole-reference"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it, and in which function."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a contact report adds to a line that it holds."""

    encounter: str | None
    episode: str | None
    icpc_code: str
    icpc_title: str


@dataclass
class Context:
    """All resources of the dossier, those of earlier imports included."""

    resources: dict[Key, Resource]
    by_url: dict[str, Key] = field(default_factory=dict)
    traces: dict[Key, Trace] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    line_facts: dict[str, LineFacts] = field(default_factory=dict)
    episode_of_condition: dict[str, str] = field(default_factory=dict)
    authors: dict[tuple[str, str, str], Author] = field(default_factory=dict)

    @classmethod
    def of(cls, resources: Iterable[Resource]) -> "Context":
        """A context of resources."""
        found = {resource.key: resource for resource in resources}
        by_url = {resource.full_url: resource.key for resource in found.values() if resource.full_url}
        return cls(resources=found, by_url=by_url)

    def root(self, resource: Resource) -> Element:
        """A resource to read from; what is read is remembered."""
        trace = self.traces.setdefault(resource.key, Trace())
        return Element(resource.content, trace)

    def other(self, resource: Resource) -> Element:
        """Another resource that the translated one leans on; complaints name it."""
        trace = self.traces.setdefault(resource.key, Trace())
        return Element(resource.content, trace, label=f"{resource.kind}/{resource.source_id}"[:120])

    def key_of(self, reference: str) -> Key | None:
        """Which resource of the dossier a literal reference leads to."""
        if reference in self.by_url:
            return self.by_url[reference]
        tail = _TAIL.fullmatch(reference)
        key = (tail.group(1), tail.group(2)) if tail else None
        return key if key in self.resources else None

    def find(self, reference: str, *kinds: str) -> Resource | None:
        """The resource that a literal reference leads to, when it is of one of these kinds."""
        key = self.key_of(reference)
        return self.resources[key] if key is not None and key[0] in kinds else None


@dataclass(frozen=True, slots=True)
class Source:
    """One resource that is being translated."""

    resource: Resource
    root: Element
    context: Context

    def note(self, text: str) -> None:
        """A remark for the report."""
        made = Note(kind=self.resource.kind, source_id=self.resource.source_id, place=self.resource.place, text=text)
        self.context.notes.append(made)

    def fit(self, text: str, length: int) -> str:
        """A text that fits its column; what is cut off stays in the original, and the report says so."""
        if len(text) <= length:
            return text
        self.note(f"a text of {len(text)} characters is cut to {length}; the original is kept")
        return text[: length - 1] + "…"

    def linked(self, reference: Element | None, *kinds: str) -> str | None:
        """The id of the resource that a Reference leads to, None when it leads nowhere (reported elsewhere)."""
        if reference is None:
            return None
        found = self.context.find(reference.read_whole().text("reference"), *kinds)
        return found.source_id if found else None

    def pointed(self, reference: Element | None, *kinds: str) -> Resource | None:
        """The resource itself."""
        if reference is None:
            return None
        return self.context.find(reference.read_whole().text("reference"), *kinds)

    def author(self, reference: Element | None) -> Author:
        """Name and function: the display of the reference, else what the Practitioner says."""
        if reference is None:
            return Author()
        role = reference.extension(PRACTITIONER_ROLE)
        pointer = role.child("valueReference") if role else None
        asked = (
            reference.text("display"), reference.text("reference"), pointer.text("reference") if pointer else "",
        )  # fmt: skip
        reference.read_whole()
        if asked not in self.context.authors:
            self.context.authors[asked] = _find_author(self.context, *asked)
        found = self.context.authors[asked]
        return Author(self.fit(found.name, 160), self.fit(found.role, 80))


def _find_author(context: Context, display: str, reference: str, role_reference: str) -> Author:
    role = context.find(role_reference, "PractitionerRole") or context.find(reference, "PractitionerRole")
    person = context.find(reference, "Practitioner", "Organization", "Patient")
    if role is None and person is not None and person.kind == "Practitioner":
        role = _only_role(context, person)
    function = ""
    try:
        if role is not None:
            root = context.other(role)
            function = _first_title([*root.children("specialty"), *root.children("code")])
            practitioner = root.child("practitioner")
            if practitioner is not None:
                practitioner.read_whole()
                display = display or practitioner.text("display")
                person = person or context.find(practitioner.text("reference"), "Practitioner")
        if not display and person is not None:
            display = _name(context.other(person), person.kind)
    except Unreadable:
        return Author(display, function)
    return Author(display, function)


def _only_role(context: Context, person: Resource) -> Resource | None:
    """The PractitionerRole of a Practitioner to whom nothing else points; with several, none is the surest."""
    found = []
    for resource in context.resources.values():
        practitioner = resource.content.get("practitioner") if resource.kind == "PractitionerRole" else None
        reference = practitioner.get("reference") if isinstance(practitioner, dict) else None
        if isinstance(reference, str) and context.key_of(reference) == person.key:
            found.append(resource)
    return found[0] if len(found) == 1 else None


def _first_title(concepts: list[Element]) -> str:
    for concept in concepts:
        for coding in concept.children("coding"):
            title = coding.text("display")
            if title:
                coding.read_whole()
                return title
        if concept.text("text"):
            return concept.text("text")
    return ""


def _name(root: Element, kind: str) -> str:
    if kind == "Organization":
        return root.text("name")
    for name in root.children("name"):
        whole = name.text("text") or " ".join([*name.texts("prefix"), *name.texts("given"), name.text("family")])
        if whole.strip():
            return whole.strip()
    return ""
