"""Episodes with their conditions, and attention values. Source: nl-core-episodeofcare, zib-Problem, zib-Alert."""

from datetime import date

from zorgbalie.exchange.rules.element import Element, Withdrawn
from zorgbalie.exchange.rules.mapping.context import Author, Source
from zorgbalie.exchange.rules.mapping.parts import ICPC, Coded, coded, fitting_code
from zorgbalie.exchange.types import Resource
from zorgbalie.record.types.importing import EpisodeRow, FlagRow

_NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
TITLE = f"{_NICTIZ}EpisodeOfCare-Title"
LATEST_CONTACT = f"{_NICTIZ}EpisodeOfCare-DateLastEncounter"
FLAG_DETAIL = "http://hl7.org/fhir/StructureDefinition/flag-detail"

_EPISODE_STATES = frozenset({"active", "onhold", "finished"})
_NOT_CARE = frozenset({"planned", "waitlist", "cancelled", "entered-in-error"})


def map_episode(source: Source) -> EpisodeRow:
    """One episode; its code is that of its first diagnosis."""
    root = source.root
    state = _state(root)
    condition = _diagnosis(source)
    found = _condition_code(source, condition)
    period = root.child("period")
    start = period.moment("start") if period else None
    title = _extension_text(root, TITLE) or found.title
    if not title:
        raise root.fail("extension", "has no title and no diagnosis with a name")
    author = _author(source, condition)
    return EpisodeRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        title=source.fit(title, 255),
        icpc_code=fitting_code(source, found, 10).code if found.system in ICPC else "",
        start_date=start.first if start else None,
        end_date=_end(source, state, period, condition),
        date_precision=start.precision if start else "day",
    )


def map_condition(source: Source) -> None:
    """A Condition has no row of its own: it gives its episode a code and a name. Checked here all the same."""
    if source.root.text("verificationStatus") == "entered-in-error":
        raise Withdrawn
    coded(source.root.child("code"), ICPC)
    if source.resource.source_id not in source.context.episode_of_condition:
        source.note("is no diagnosis of an episode in this dossier; kept in the original only")


def map_flag(source: Source) -> FlagRow:
    """One attention value, with the episode that it is about."""
    root = source.root
    state = root.text("status")
    if state == "entered-in-error":
        raise Withdrawn
    if state not in ("active", "inactive"):
        raise root.fail("status", "is not active, inactive or entered-in-error")
    found = fitting_code(source, coded(root.child("code"), ICPC))
    if not found.title:
        raise root.fail("code", "has no name")
    period = root.child("period")
    start = period.moment("start") if period else None
    end = period.moment("end") if period else None
    if state == "inactive" and end is None:
        end = start
        if end is None:
            raise root.fail("period", "is inactive, but no date says since when")
        source.note("is inactive without an end; its start is taken for the end")
    author = source.author(root.child("author"))
    return FlagRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        title=found.title,
        code=found.code,
        start_date=start.first if start else None,
        end_date=end.last if end else None,
        episode=_flagged_episode(source),
        date_precision=start.precision if start else "day",
    )


def link_conditions(source: Source) -> None:
    """Remember which conditions are diagnoses of an episode, before anything asks."""
    for diagnosis in source.root.children("diagnosis"):
        condition = source.linked(diagnosis.child("condition"), "Condition")
        if condition:
            source.context.episode_of_condition.setdefault(condition, source.resource.source_id)


def _state(root: Element) -> str:
    state = root.text("status")
    if state in _NOT_CARE:
        raise Withdrawn
    if state not in _EPISODE_STATES:
        raise root.fail("status", "is not a state of an episode")
    return state


def _diagnosis(source: Source) -> Resource | None:
    for diagnosis in source.root.children("diagnosis"):
        reference = diagnosis.child("condition")
        found = source.pointed(reference, "Condition")
        if found is not None and found.content.get("verificationStatus") != "entered-in-error":
            return found
    return None


def _condition_code(source: Source, condition: Resource | None) -> Coded:
    if condition is not None:
        found = coded(source.context.other(condition).child("code"), ICPC)
        if found.title:
            return found
    for diagnosis in source.root.children("diagnosis"):
        reference = diagnosis.child("condition")
        if reference is not None and reference.text("display"):
            return Coded(title=reference.text("display"))
    return Coded()


def _author(source: Source, condition: Resource | None) -> Author:
    """Who keeps the episode; else who stated the diagnosis, unless that is the patient."""
    author = source.author(source.root.child("careManager"))
    if author.name or condition is None:
        return author
    asserter = source.context.other(condition).child("asserter")
    if asserter is None or source.pointed(asserter, "Patient") is not None:
        return author
    return source.author(asserter)


def _end(source: Source, state: str, period: Element | None, condition: Resource | None) -> date | None:
    """The last day. A finished episode without one gets the surest date there is, since without it it would run on."""
    end = period.moment("end") if period else None
    if end is not None or state != "finished":
        return end.last if end else None
    extension = source.root.extension(LATEST_CONTACT)
    end = extension.moment("valueDateTime") if extension else None
    if end is None and condition is not None:
        end = source.context.other(condition).moment("abatementDateTime")
    if end is None and period is not None:
        end = period.moment("start")
    if end is None:
        raise source.root.fail("period", "is finished, but no date says when")
    source.note("is finished without an end; the latest date that it names is taken")
    return end.last


def _flagged_episode(source: Source) -> str | None:
    extension = source.root.extension(FLAG_DETAIL)
    if extension is None:
        return None
    found = source.pointed(extension.child("valueReference"), "EpisodeOfCare", "Condition")
    if found is not None and found.kind == "Condition":
        return source.context.episode_of_condition.get(found.source_id)
    return found.source_id if found else None


def _extension_text(root: Element, url: str) -> str:
    extension = root.extension(url)
    return extension.text("valueString") if extension else ""
