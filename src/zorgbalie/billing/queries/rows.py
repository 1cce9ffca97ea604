"""How rows of a declaration become what faces receive."""

from zorgbalie.billing.models import Declaration, DeclarationEvent
from zorgbalie.billing.types import (
    BatchId,
    DeclarationEventRow,
    DeclarationId,
    DeclarationRow,
    DeclarationState,
    DeclarationStep,
    LineKind,
    Reason,
    SourceKind,
)
from zorgbalie.kernel.ids import PersonId


def declaration_row(row: Declaration) -> DeclarationRow:
    """A row, read with its batch."""
    return DeclarationRow(
        declaration_id=DeclarationId(row.pk),
        patient_id=PersonId(row.patient_id),
        patient_name=row.patient_name,
        birth_date=row.birth_date,
        line_kind=LineKind(row.line_kind),
        source_kind=SourceKind(row.source_kind),
        source_id=row.source_id,
        day=row.day,
        seconds=row.seconds,
        code=row.code,
        description=row.description,
        amount_cents=row.amount_cents,
        state=DeclarationState(row.state),
        reason=Reason(row.reason) if row.reason else None,
        performer_name=row.performer_name,
        confirmed_by_name=row.confirmed_by_name,
        batch_id=BatchId(row.batch_id) if row.batch_id else None,
        batch_number=row.batch.number if row.batch else None,
        is_credited=row.is_credited,
        revision=row.revision,
    )


def event_row(row: DeclarationEvent) -> DeclarationEventRow:
    """A line of the trail."""
    return DeclarationEventRow(
        step=DeclarationStep(row.step),
        by_name=row.by_name,
        at=row.at,
        code=row.code,
        seconds=row.seconds,
        amount_cents=row.amount_cents,
        reason=Reason(row.reason) if row.reason else None,
    )
