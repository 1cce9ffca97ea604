"""The trail of declarations: each change adds a line that is never changed."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.billing.models import Declaration, DeclarationEvent
from zorgbalie.billing.types import DeclarationStep
from zorgbalie.kernel.viewer import Viewer


def add_steps(*, viewer: Viewer, rows: Iterable[Declaration], step: DeclarationStep, now: datetime) -> None:
    """Note a step of each row, as it stands now; one statement."""
    DeclarationEvent.objects.bulk_create(
        [
            DeclarationEvent(
                declaration=row,
                practice_id=row.practice_id,
                patient_id=row.patient_id,
                step=step,
                by_employee_id=viewer.employee_id,
                by_name=viewer.name[:160],
                code=row.code,
                seconds=row.seconds,
                amount_cents=row.amount_cents,
                reason=row.reason,
                at=now,
            )
            for row in rows
        ]
    )
