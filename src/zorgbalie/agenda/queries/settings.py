"""What a practice decided about appointments (REQ 72, 73)."""

from zorgbalie.agenda.models import AgendaSettings
from zorgbalie.agenda.types import AgendaRules
from zorgbalie.kernel.ids import PracticeId

FIELDS = (
    "intro_text", "confirm_text", "route_text", "reminders_on", "earlier_on", "item_for_bookings", "item_for_changes",
    "offer_hours", "quiet_from", "quiet_until", "feeds_on", "revision",
)  # fmt: skip


def get_rules(*, practice_id: PracticeId) -> AgendaRules:
    """What holds at a practice: its own choice, or the defaults. No patient data."""
    values = AgendaSettings.objects.filter(practice_id=practice_id).values(*FIELDS).first()
    return AgendaRules(**values) if values else AgendaRules()
