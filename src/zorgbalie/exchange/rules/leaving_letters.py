"""Letters that leave as FHIR STU3 DocumentReferences, and what stands beside items of the record. Pure; for `leaving`.

Own words of a patient and corrections stand where STU3 has a place for them: the comment of an Observation, the notes
of an allergy and a medicine. Each time the head says whose words they are, since an import reads them back as remark.
For the other kinds they stand in one Composition, a section per item.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping

from zorgbalie.exchange.rules.leaving_parts import Resource, day, given, moment, narrative, reference
from zorgbalie.record.types.shown import Said, SaidKind
from zorgbalie.record.types.whole import LETTERS_TOGETHER, SavedLetter

_DOCUMENT = "http://hl7.org/fhir/StructureDefinition/Composition"
_MEGABYTES = LETTERS_TOGETHER // 1_000_000
# Kinds of rows whose words have no place in their own resource, with the kind of resource that each became.
_IN_SECTIONS = {
    "episode": "EpisodeOfCare",
    "contact": "Encounter",
    "lab-report": "Composition",
    "letter": "DocumentReference",
}


def letter_name(saved: SavedLetter) -> str:
    """The id of a letter in the file."""
    return f"letter-{saved.letter.document_id}"


def letter_content(saved: SavedLetter, *, patient: Resource, organization: Resource) -> Resource:
    """All of a DocumentReference but its head; `description` is what the practice says of the letter."""
    letter = saved.letter
    is_own = letter.direction == "out" and not letter.author_name
    author = organization if is_own else {"display": letter.author_name} if letter.author_name else None
    return {
        "status": "current",
        "type": {"text": saved.category_name},
        "class": {"text": saved.category_name},
        "subject": patient,
        "created": day(letter.document_date, "day"),
        "indexed": moment(saved.published_at),
        **({"author": [author]} if author else {}),
        "custodian": organization,
        **given("description", letter.explanation),
        "content": [{"attachment": _attachment(saved)}],
    }


def _attachment(saved: SavedLetter) -> Resource:
    """The file: its hash is the SHA-1 of the bytes, as FHIR has it; without data also without hash."""
    letter = saved.letter
    made: Resource = {"contentType": letter.media_type}
    if saved.content is not None:
        digest = hashlib.sha1(saved.content, usedforsecurity=False).digest()
        made["data"] = base64.b64encode(saved.content).decode("ascii")
        made["hash"] = base64.b64encode(digest).decode("ascii")
    return {**made, "size": letter.size, "title": letter.title, "creation": day(letter.document_date, "day")}


def letters_overview(letters: Iterable[SavedLetter]) -> list[Resource]:
    """Sections that say how much of the letters a file holds, and which stand in it without their file."""
    letters = tuple(letters)
    if not letters:
        return []
    words = f"In dit bestand staan de brieven zelf, tot samen {_MEGABYTES} MB. De nieuwste brieven gaan voor."
    without = [one for one in letters if one.content is None]
    found: list[Resource] = [{"title": "Brieven", "text": narrative(words), "entry": [_entry(one) for one in letters]}]
    if without:
        words = (
            f"Samen zijn de brieven groter dan {_MEGABYTES} MB. Van deze brieven staat de brief zelf niet in dit "
            "bestand. De patiënt opent ze op de website van de praktijk, bij Dossier en dan Brieven."
        )
        entries = [_entry(one) for one in without]
        found.append({"title": "Brieven zonder bestand", "text": narrative(words), "entry": entries})
    return found


def _entry(saved: SavedLetter) -> Resource:
    return reference("DocumentReference", letter_name(saved), saved.letter.title)


def overview_type(title: str) -> Resource:
    """What a Composition of ours is, in words."""
    return {"type": {"text": title}, "title": title}


def said_sections(said: Mapping[str, tuple[Said, ...]], titles: Mapping[str, str]) -> list[Resource]:
    """What stands beside items that have no place for it, a section per item; the record as a whole first."""
    found: list[Resource] = []
    for name, words in sorted(said.items()):
        kind = name.rpartition("-")[0]
        text = "\n".join(said_text(one) for one in words)
        if not name:
            found.append({"title": "Bij het dossier als geheel", "text": narrative(text)})
        elif kind in _IN_SECTIONS:
            about = reference(_IN_SECTIONS[kind], name, titles.get(name, ""))
            found.append({"title": titles.get(name) or "Onderdeel", "text": narrative(text), "entry": [about]})
    return found


def said_text(one: Said) -> str:
    """Words with whose they are, and since when they stand there."""
    head = "Eigen tekst van de patiënt" if one.kind is SaidKind.STATEMENT else "Gecorrigeerd door de praktijk"
    return f"{head}, {one.day.isoformat()}: {one.text}"


def said_notes(words: Iterable[Said], *, patient: Resource, organization: str) -> list[Resource]:
    """The same as annotations: by the patient, or by the practice."""
    return [
        {
            **({"authorReference": patient} if one.kind is SaidKind.STATEMENT else {"authorString": organization}),
            "time": one.day.isoformat(),
            "text": said_text(one),
        }
        for one in words
    ]


def with_said(comment: str, words: Iterable[Said]) -> str:
    """A comment with what stands beside its item after it."""
    return "\n".join(text for text in (comment, *(said_text(one) for one in words)) if text.strip())
