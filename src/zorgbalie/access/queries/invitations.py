"""Reads of invitations (REQ 4)."""

from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from zorgbalie.access import gate
from zorgbalie.access.models import Invitation
from zorgbalie.access.rules import invitation_state
from zorgbalie.access.types import DataKind, InvitationCard, InvitationChannel, Use
from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import InvitationId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices

_MOST = 10


def list_invitations(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> list[InvitationCard]:
    """The invitations of one patient, newest first, at most ten; for the desk.

    Raises NotVisible, NotAllowed. Audit: `invitation.list`.
    """
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.INVITATION,
        use=Use.READ,
        event="invitation.list",
        now=now,
    )
    return cards_of(patient_id=patient_id, practice_id=practice_id, now=now)


def cards_of(*, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> list[InvitationCard]:
    """The same for this app's other reads, which asked the gate themselves."""
    rows = latest_rows(patient_id=patient_id).get(practice_id, [])
    names = practices.list_employee_names(employee_ids=[row.invited_by_id for row in rows])
    return [
        InvitationCard(
            invitation_id=InvitationId(row.pk),
            channel=InvitationChannel(row.channel),
            state=invitation_state(
                accepted_at=row.accepted_at,
                revoked_at=row.revoked_at,
                expires_at=row.expires_at,
                failed_attempts=row.failed_attempts,
                now=now,
            ),
            invited_by_name=names.get(row.invited_by_id, ""),
            created_at=row.created_at,
            expires_at=row.expires_at,
            accepted_at=row.accepted_at,
        )
        for row in rows
    ]


def latest_rows(*, patient_id: PersonId) -> dict[int, list[Invitation]]:
    """Rows by practice, newest first, in one query for all practices; for this app's reads that asked the gate."""
    return memory.remembered(key=("invitations", patient_id), read=lambda: _read_latest_rows(patient_id))


def _read_latest_rows(patient_id: PersonId) -> dict[int, list[Invitation]]:
    newest = (F("created_at").desc(), F("pk").desc())
    place = Window(RowNumber(), partition_by=F("practice_id"), order_by=newest)
    rows = Invitation.objects.filter(person_id=patient_id).annotate(place=place)
    found: dict[int, list[Invitation]] = {}
    for row in rows.filter(place__lte=_MOST).order_by(*newest):
        found.setdefault(row.practice_id, []).append(row)
    return found
