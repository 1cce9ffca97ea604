"""Rules per kind of result, and wishes of patients."""

from tests.factories.world import MOMENT, next_number
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Practice
from zorgbalie.record.models import ResultKind, ResultWish


def make_kind(practice: Practice, **values) -> ResultKind:
    """A kind of result; without words or codes it is about nothing."""
    defaults = {"name": f"Soort {next_number()}", "position": next_number()}
    return ResultKind.objects.create(practice=practice, **{**defaults, **values})


def make_wish(patient: Person, practice: Practice, hear_by: str, kind: ResultKind | None = None, **values):
    """A wish in general, or for one kind."""
    changed = {"hear_by": hear_by, "changed_at": MOMENT, **values}
    return ResultWish.objects.update_or_create(patient=patient, practice=practice, kind=kind, defaults=changed)[0]
