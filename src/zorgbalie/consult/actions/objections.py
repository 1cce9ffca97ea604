"""A patient wants no messages to a group any more, or wants them again (AVG 21)."""

from datetime import datetime

from django.db import transaction

from zorgbalie.access.types import DataKind, Use
from zorgbalie.consult.models import MailingObjection
from zorgbalie.consult.queries.patient import open_consults, own_rows
from zorgbalie.consult.queries.places import place_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.kernel.viewer import Viewer


@transaction.atomic
def set_objection(*, viewer: Viewer, consult_id: int, objects: bool, now: datetime) -> None:
    """Note the wish, from such a message; twice is once. Raises NotVisible. Audit: `consult.group_messages`."""
    grant = open_consults(
        viewer=viewer,
        use=Use.CHANGE,
        event="consult.group_messages",
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=ConsultId(consult_id), now=now),
    )
    if not own_rows(grant).filter(pk=consult_id, mailing__isnull=False).exists():
        raise NotVisible(DataKind.CONSULTS)
    where = {"patient_id": grant.patient_id, "practice_id": grant.practice_id}
    if objects:
        MailingObjection.objects.bulk_create([MailingObjection(**where, created_at=now)], ignore_conflicts=True)
    else:
        MailingObjection.objects.filter(**where).delete()
