"""Solving a laboratory message that waits: it goes into a patient's record whole, or is set aside with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.exchange.actions.lab_importing import store_reports
from zorgbalie.exchange.lab.outcome import (
    MessageHandled,
    MessageId,
    MessageNotReadable,
    MessageState,
    NoteMissing,
    OtherPatient,
)
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.exchange.queries.lab import find_row, has_other_bsn, own_practice, read_row
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


@deed()
def assign_message(*, viewer: Viewer, message_id: MessageId, patient_id: PersonId, now: datetime) -> None:
    """Put a message in the record of an own patient whom somebody compared with it.

    Raises: NotAllowed, NotVisible; MessageHandled, MessageNotReadable, OtherPatient (its BSN is of somebody else).
    Audit: `lab.assign`, and `lab.receive` per report. Source: REQ 62; security row 64.
    """
    with transaction.atomic():
        row = _lock(viewer, message_id, "lab.assign")
        gate.open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=own_practice(viewer=viewer),
            kind=DataKind.LAB_REPORTS,
            use=Use.CHANGE,
            event="lab.assign",
            now=now,
            object_type="lab_message",
            object_id=row.pk,
        )
        message = read_row(row=row)
        if message is None:
            raise MessageNotReadable(
                _("Dit bericht is niet leesbaar. Vraag het laboratorium om het opnieuw te sturen.")
            )
        if has_other_bsn(message=message, patient_id=patient_id):
            raise OtherPatient(_("Het BSN in het bericht is niet dat van deze patiënt. Kies een andere patiënt."))
        store_reports(viewer=viewer, row=row, message=message, patient_id=patient_id, now=now)
        _close(viewer, row, MessageState.ASSIGNED, now, patient_id=patient_id)


def set_message_aside(*, viewer: Viewer, message_id: MessageId, note: str, now: datetime) -> None:
    """Take a message off the list, with a reason; it stays kept.

    Raises: NotAllowed, NotVisible; MessageHandled, NoteMissing. Audit: `lab.set_aside`.
    """
    if not note.strip():
        raise NoteMissing(_("Schrijf op waarom u het bericht weglegt."), field="note")
    with transaction.atomic():
        row = _lock(viewer, message_id, "lab.set_aside")
        gate.log_change(
            viewer=viewer,
            event="lab.set_aside",
            action=AuditAction.UPDATE,
            object_type="lab_message",
            object_id=row.pk,
            detail={"reason": row.reason},
        )
        _close(viewer, row, MessageState.SET_ASIDE, now, note=note.strip()[:300])


def _lock(viewer: Viewer, message_id: MessageId, event: str) -> ReceivedMessage:
    """The message, when it still waits; two who solve it at once wait for one another."""
    row = find_row(viewer=viewer, message_id=message_id, event=event)
    ReceivedMessage.objects.select_for_update().filter(pk=row.pk).values_list("pk", flat=True).first()
    row.refresh_from_db(fields=["state"])
    if row.state != MessageState.WAITING:
        raise MessageHandled(_("Dit bericht is al opgelost."))
    return row


def _close(
    viewer: Viewer,
    row: ReceivedMessage,
    state: MessageState,
    now: datetime,
    *,
    patient_id: PersonId | None = None,
    note: str = "",
) -> None:
    ReceivedMessage.objects.filter(pk=row.pk).update(
        state=state, patient_id=patient_id, decided_at=now, decided_by_id=viewer.employee_id, note=note
    )
    worklist.finish_items(
        viewer=viewer,
        practice_id=own_practice(viewer=viewer),
        kind=ItemKind.LAB_UNMATCHED,
        about_id=row.pk,
        now=now,
    )
