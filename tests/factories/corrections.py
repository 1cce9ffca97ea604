"""Requests about a record, with a line of history, an item in the inbox and words beside the item."""

from datetime import date
from uuid import uuid4

from tests.factories.world import MOMENT
from zorgbalie.people.models import Person
from zorgbalie.practice.models import Practice
from zorgbalie.record.models import CorrectionEvent, CorrectionRequest, PatientStatement


def make_correction(patient: Person, practice: Practice, item_kind: str = "", item_id: int = 0, **values):
    """A request that was sent, without an item in the inbox."""
    defaults = {
        "asked_by": patient, "token": uuid4().hex, "wish": "verbeteren", "text": "Dit klopt niet.",
        "asked_at": MOMENT, "due_on": date(2026, 12, 1),
    }  # fmt: skip
    row = CorrectionRequest.objects.create(
        patient=patient, practice=practice, item_kind=item_kind, item_id=item_id, **{**defaults, **values}
    )
    CorrectionEvent.objects.create(
        patient=patient, practice=practice, request=row, step="asked", by_person=row.asked_by, happened_at=row.asked_at
    )
    return row


def make_statement(patient: Person, practice: Practice, item_kind: str = "", item_id: int = 0, **values):
    """Own words of the patient beside an item, with the granted request that they came from."""
    text = values.pop("text", "Ik zie dit anders.")
    request = values.pop("request", None) or make_correction(
        patient, practice, item_kind, item_id, wish="toevoegen", state="granted", text=text, decided_at=MOMENT
    )
    return PatientStatement.objects.create(
        patient=patient, practice=practice, request=request, item_kind=item_kind, item_id=item_id, text=text,
        **{"kind": "statement", "added_on": date(2026, 11, 1), **values},
    )  # fmt: skip


def give_every_row(patient: Person, practice: Practice, text: str, episode_id: int) -> CorrectionRequest:
    """For the walk: an open request, an answered one with a note for colleagues, and a statement; each text `text`."""
    row = make_correction(patient, practice, "klacht", episode_id, text=text, answer="", extension_reason=text)
    CorrectionEvent.objects.create(patient=patient, practice=practice, request=row, step="note", text=text)
    make_statement(patient, practice, "klacht", episode_id, text=text)
    return row
