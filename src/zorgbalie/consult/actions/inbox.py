"""What is done to a question from the inbox without opening it (REQ 42; ux 47). Handing over: `actions.desk`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import Use
from zorgbalie.audit.scope import deed
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.types import ConsultRefused
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


@deed()
@transaction.atomic
def mark_urgent(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, is_urgent: bool, now: datetime) -> None:
    """Mark a question as urgent for colleagues, or take the mark away; the patient sees nothing of it. Twice is once.

    Raises NotAllowed, NotVisible, ConsultRefused (it waits no more).
    Audit: `consult.urgent` or `consult.not_urgent`. Source: REQ 42; ux 47.
    """
    event = "consult.urgent" if is_urgent else "consult.not_urgent"
    grant = open_desk(viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event=event, now=now)
    row = find_row(grant=grant, consult_id=consult_id, lock=True)
    marked = worklist.mark_urgent(
        practice_id=PracticeId(row.practice_id), kind=ItemKind.CONSULT, about_id=row.pk, is_urgent=is_urgent
    )
    if not marked:
        name = row.changed_by_name or _("Iemand anders")
        raise ConsultRefused(_("Deze vraag wacht niet meer: %(name)s was u voor.") % {"name": name})
