"""Releasing a record to its patient after a look at what will be shown (REQ 54, 55; R7)."""

from datetime import datetime

from django.db import transaction

from zorgbalie.access.actions import requests
from zorgbalie.access.queries.requests import get_request
from zorgbalie.kernel.ids import AccessRequestId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.actions.visibility import check_choice, save_choice
from zorgbalie.record.types.desk import Choice, ChoiceSaved


def release_record(
    *, viewer: Viewer, request_id: AccessRequestId, choice: Choice, reason: str, digest: str, now: datetime
) -> ChoiceSaved:
    """Store the ticks and open the record, in one transaction: both, or nothing.

    `digest` names the list that was shown; a record that changed since is not released. Of two employees at once
    the request decides, and the second is told who was faster. Raises RequestDecided, AgreementMissing (R7),
    OnlineAccessClosed, RecordChanged, ChoiceNotUsable, NotAllowed, NotVisible. Audit: `request.release`,
    `visibility.change`. Source: REQ 55; ux 50.
    """
    with transaction.atomic():
        patient_id = get_request(viewer=viewer, request_id=request_id, now=now).patient_id
        check_choice(viewer=viewer, patient_id=patient_id, choice=choice, reason=reason, digest=digest, now=now)
        requests.release_request(viewer=viewer, request_id=request_id, now=now)
        return save_choice(viewer=viewer, patient_id=patient_id, choice=choice, reason=reason, now=now)
