"""A declaration of a source that turned out to be about somebody else (R12)."""

from datetime import datetime

from zorgbalie.billing.actions.trail import add_steps
from zorgbalie.billing.models import Declaration
from zorgbalie.billing.types import DeclarationState, DeclarationStep, LineKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people

_COPIED = (
    "practice_id", "patient_id", "source_kind", "source_id", "day", "seconds", "code", "description", "patient_name",
    "birth_date", "bsn", "performer_name",
)  # fmt: skip


def move_declaration(*, viewer: Viewer, row: Declaration, to_patient_id: PersonId, now: datetime) -> None:
    """Give a locked line to another patient; one that left in a file stays and is taken back, and a new one waits.

    Raises NotVisible when the other patient is not there.
    """
    if row.state == DeclarationState.EXPORTED:
        _credit(viewer, row, now)
        row = _again(row, now)
    row.patient_id = to_patient_id
    _describe(row, to_patient_id)
    if row.state == DeclarationState.CONFIRMED:
        row.state, row.confirmed_by_name = DeclarationState.PROPOSED, ""
    row.revision += 1
    row.save()
    add_steps(viewer=viewer, rows=[row], step=DeclarationStep.MOVED, now=now)


def _describe(row: Declaration, patient_id: PersonId) -> None:
    profile = people.find_profile(person_id=patient_id)
    if profile is None:
        raise NotVisible("patient")
    row.patient_name, row.birth_date = profile.full_name[:240], profile.birth_date
    row.bsn = people.list_verified_bsns(person_ids=[patient_id]).get(patient_id, "")


def _credit(viewer: Viewer, row: Declaration, now: datetime) -> None:
    """A line that takes back what was exported; confirmed at once, so that it goes along in the next file."""
    credit = Declaration.objects.create(
        line_kind=LineKind.CREDIT,
        corrects=row,
        amount_cents=None if row.amount_cents is None else -row.amount_cents,
        state=DeclarationState.CONFIRMED,
        confirmed_by_name=viewer.name[:160],
        proposed_at=now,
        **{name: getattr(row, name) for name in _COPIED},
    )
    row.is_credited = True
    row.revision += 1
    row.save(update_fields=["is_credited", "revision"])
    add_steps(viewer=viewer, rows=[row, credit], step=DeclarationStep.CREDITED, now=now)


def _again(row: Declaration, now: datetime) -> Declaration:
    """The same line, not exported yet."""
    return Declaration(
        line_kind=LineKind.CHARGE,
        amount_cents=row.amount_cents,
        state=DeclarationState.PROPOSED,
        proposed_at=now,
        **{name: getattr(row, name) for name in _COPIED},
    )
