"""Putting confirmed declarations in a file for the GP system (REQ 50; security rows 29, 40, 48)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.billing.actions.trail import add_steps
from zorgbalie.billing.models import BillingSettings, Declaration, ExportBatch, ExportBatchContent
from zorgbalie.billing.queries.declarations import batch_row, billed_practice, log_named
from zorgbalie.billing.rules.export import euros, file_of, iso, minutes
from zorgbalie.billing.types import (
    BatchRow,
    BillingOff,
    DeclarationState,
    DeclarationStep,
    LineKind,
    NothingToExport,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer

_EVENT = "billing.export"
# A practice of ten thousand patients declares less in a year; more would not fit in one request.
MOST_LINES = 20_000


@transaction.atomic
def export(*, viewer: Viewer, token: UUID, now: datetime) -> BatchRow:
    """Put all that is confirmed in one file, each line in one file only. The same form twice is one file.

    A fixed number of queries, however many lines. Raises NotAllowed, NotVisible, BillingOff, NothingToExport.
    Audit: `billing.export`, a line per patient and one for the file.
    """
    practice_id = billed_practice(viewer=viewer, use=Use.CHANGE, event=_EVENT)
    if viewer.employee_id is None:
        raise NotVisible("export")
    _wait_for_others(practice_id)
    known = ExportBatch.objects.filter(practice_id=practice_id, token=token).first()
    if known is not None:
        return batch_row(known)
    rows = _confirmed(practice_id)
    if not rows:
        raise NothingToExport(_("Er staat niets klaar. Bevestig eerst declaraties."))
    content = _content(rows)
    batch = _batch(viewer, practice_id, token, rows, content, now)
    Declaration.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeclarationState.EXPORTED, batch=batch, revision=F("revision") + 1
    )
    add_steps(viewer=viewer, rows=rows, step=DeclarationStep.EXPORTED, now=now)
    _log(viewer, rows, batch)
    return batch_row(batch)


def _wait_for_others(practice_id: PracticeId) -> None:
    """One export of a practice at a time: numbers follow each other, and no line goes into two files."""
    if BillingSettings.objects.select_for_update().filter(practice_id=practice_id).first() is None:
        raise BillingOff(_("Declareren staat uit voor uw praktijk."))


def _confirmed(practice_id: PracticeId) -> list[Declaration]:
    rows = Declaration.objects.select_for_update(of=("self",)).filter(
        practice_id=practice_id, state=DeclarationState.CONFIRMED
    )
    return list(rows.select_related("corrects__batch").order_by("day", "pk")[:MOST_LINES])


def _content(rows: Sequence[Declaration]) -> bytes:
    return file_of(rows=(_line(number, row) for number, row in enumerate(rows, start=1)))


def _line(number: int, row: Declaration) -> list[str]:
    corrected = row.corrects
    takes_back = f"{corrected.batch.number}/{corrected.pk}" if corrected and corrected.batch else ""
    return [
        str(number),
        "credit" if row.line_kind == LineKind.CREDIT else "debet",
        row.bsn,
        row.patient_name,
        iso(row.birth_date),
        iso(row.day),
        row.code,
        row.description,
        euros(row.amount_cents),
        minutes(row.seconds),
        row.performer_name,
        f"{row.source_kind}/{row.source_id}/{row.pk}",
        row.confirmed_by_name,
        takes_back,
    ]


def _batch(
    viewer: Viewer, practice_id: PracticeId, token: UUID, rows: Sequence[Declaration], content: bytes, now: datetime
) -> ExportBatch:
    latest = ExportBatch.objects.filter(practice_id=practice_id).aggregate(latest=Max("number"))["latest"] or 0
    batch = ExportBatch.objects.create(
        practice_id=practice_id,
        number=latest + 1,
        made_by_id=viewer.employee_id or 0,
        made_by_name=viewer.name[:160],
        made_at=now,
        lines=len(rows),
        amount_cents=sum(row.amount_cents or 0 for row in rows),
        sha256=hashlib.sha256(content).hexdigest(),
        token=token,
    )
    ExportBatchContent.objects.create(batch=batch, practice_id=practice_id, content=content)
    return batch


def _log(viewer: Viewer, rows: Sequence[Declaration], batch: ExportBatch) -> None:
    log_named(viewer=viewer, rows=rows, event=_EVENT, batch_id=batch.pk)
    gate.log_change(
        viewer=viewer,
        event=_EVENT,
        action=AuditAction.CREATE,
        object_type="export_batch",
        object_id=batch.pk,
        detail={"lines": batch.lines, "sha256": batch.sha256},
    )
