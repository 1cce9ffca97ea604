"""Questions to the practice and their answers as FHIR STU3 Communications, one per text. Pure; for `leaving`.

An import keeps them whole. Source: FHIR STU3 Communication; REQ 22.
"""

from collections.abc import Iterable, Iterator, Mapping

from zorgbalie.consult.types import AuthorKind, SavedText, SavedThread
from zorgbalie.exchange.rules.leaving_parts import Resource, given, moment
from zorgbalie.kernel.ids import PracticeId

Questions = Mapping[PracticeId, tuple[SavedThread, ...]]
_PROFILE = "http://hl7.org/fhir/StructureDefinition/Communication"
_CATEGORY = "Vraag aan de praktijk"


def communications(
    *, threads: Iterable[SavedThread], patient: Resource, organization: Resource, prefix: str, system: str
) -> Iterator[Resource]:
    """The texts of all threads, oldest thread first; each names the text before it.

    What a form asked beside a question goes with its first text.
    """
    for thread in reversed(tuple(threads)):
        before: SavedText | None = None
        with_it = thread.answers
        for text in thread.texts:
            yield {
                "resourceType": "Communication",
                "id": _name(prefix, text),
                "meta": {"profile": [_PROFILE]},
                "identifier": [{"system": system, "value": _name(prefix, text), "assigner": organization}],
                **given("inResponseTo", _before(prefix, before)),
                "status": "completed",
                "category": [{"text": _CATEGORY}],
                "subject": patient,
                "recipient": [organization if text.author_kind is AuthorKind.PATIENT else patient],
                **given("reasonCode", [{"text": thread.subject}] if thread.subject else []),
                "sent": moment(text.sent_at),
                "sender": _sender(text, patient, organization),
                "payload": [{"contentString": text.text}, *({"contentString": one} for one in with_it)],
            }
            before, with_it = text, ()


def _name(prefix: str, text: SavedText) -> str:
    return f"{prefix}text-{text.message_id}"


def _before(prefix: str, text: SavedText | None) -> list[Resource]:
    return [{"reference": f"Communication/{_name(prefix, text)}"}] if text else []


def _sender(text: SavedText, patient: Resource, organization: Resource) -> Resource:
    """The side that wrote, with the name of who did: a parent or helper writes for the patient."""
    side = patient if text.author_kind is AuthorKind.PATIENT else organization
    return {**side, "display": text.author_name} if text.author_name else side
