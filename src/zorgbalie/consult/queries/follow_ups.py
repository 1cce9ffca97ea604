"""What the form of a planned follow-up needs (REQ 33)."""

from dataclasses import dataclass
from datetime import date, datetime

from zorgbalie.access.types import Use
from zorgbalie.consult import rules
from zorgbalie.consult.models import PlannedFollowUp
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.outgoing import RUNNING, follow_up_of, get_message_rules
from zorgbalie.consult.types import FollowUp, MessageRules
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.calendars import get_calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpPlace:
    """What is planned in a thread, what the practice chose, and days of its calendar to choose at once."""

    planned: FollowUp | None
    rules: MessageRules
    quick_days: dict[str, date]


def get_follow_up_place(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> FollowUpPlace:
    """What runs in a thread. Raises NotAllowed, NotVisible. Audit: `followup.form`."""
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event="followup.form", now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    found = PlannedFollowUp.objects.filter(consult=row, state__in=RUNNING).first()
    today = local_date(now)
    return FollowUpPlace(
        planned=follow_up_of(found) if found else None,
        rules=get_message_rules(practice_id=grant.practice_id),
        quick_days=rules.quick_days(today=today, calendar=get_calendar(practice_id=grant.practice_id, since=today)),
    )
