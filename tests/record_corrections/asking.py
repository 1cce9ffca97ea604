"""Short ways to ask and to decide, each in the database role of who does it."""

from uuid import uuid4

from tests.conftest import acting
from tests.factories import world
from zorgbalie.record.actions import correction_decisions as decisions
from zorgbalie.record.actions.corrections import send_correction, withdraw_correction
from zorgbalie.record.models import CorrectionRequest
from zorgbalie.record.types.corrections import CorrectionAnswer, CorrectionState, NewCorrection, RecordItem, Wish


def ask(patient, now, *, item=None, viewer=None, **values):
    """A request about `(kind, row)`, or about the record as a whole at `practice_id`."""
    kind, row = item or (None, None)
    wish = NewCorrection(
        item_kind=RecordItem(kind) if kind else None, item_id=row.pk if row else 0,
        **{"wish": Wish.CORRECT, "text": "Dit klopt niet.", "token": uuid4().hex, **values},
    )  # fmt: skip
    viewer = viewer or world.viewer_of_patient(patient)
    with acting(viewer):
        return send_correction(viewer=viewer, wish=wish, now=now)


def withdraw(patient, correction_id, now, viewer=None):
    viewer = viewer or world.viewer_of_patient(patient)
    with acting(viewer):
        withdraw_correction(viewer=viewer, correction_id=correction_id, now=now)


def decide(employee, patient, correction_id, outcome, now, *, revision=None, **values):
    viewer = world.viewer_of_employee(employee)
    current = CorrectionRequest.objects.get(pk=correction_id).revision
    answer = CorrectionAnswer(
        outcome=CorrectionState(outcome), revision=current if revision is None else revision, **values
    )
    with acting(viewer):
        return decisions.decide_correction(
            viewer=viewer, patient_id=patient.pk, correction_id=correction_id, answer=answer, now=now
        )


def extend(employee, patient, correction_id, due_on, now, *, reason="Wij zoeken het uit.", revision=None):
    viewer = world.viewer_of_employee(employee)
    current = CorrectionRequest.objects.get(pk=correction_id).revision
    with acting(viewer):
        decisions.extend_correction(
            viewer=viewer, patient_id=patient.pk, correction_id=correction_id,
            revision=current if revision is None else revision, due_on=due_on, reason=reason, now=now,
        )  # fmt: skip
