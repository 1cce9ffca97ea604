"""What a practice decided about billing, and the sentence that its patients read."""

from zorgbalie.access import gate
from zorgbalie.billing.models import BillingSettings
from zorgbalie.billing.types import BillingRules, ConfirmedBy, Rounding
from zorgbalie.kernel.ids import EmployeeId, PracticeId
from zorgbalie.kernel.memory import remembered
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.queries.patient_home import find_record_practice


def get_rules(*, practice_id: PracticeId) -> BillingRules:
    """What holds at a practice; off without a choice. No patient data; for care apps."""
    key = ("billing rules", practice_id)
    row = remembered(key=key, read=BillingSettings.objects.filter(practice_id=practice_id).first)
    return rules_of(row) if row else BillingRules()


def is_billing_on(*, viewer: Viewer) -> bool:
    """Whether the practice of who works at the desk declares; for menus. No patient data."""
    return viewer.practice_id is not None and get_rules(practice_id=viewer.practice_id).is_on


def get_managed_rules(*, viewer: Viewer) -> BillingRules:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    return get_rules(practice_id=gate.check_manager(viewer=viewer, event="billing.settings_read"))


def list_billers(*, viewer: Viewer) -> tuple[tuple[EmployeeId, str], ...]:
    """Who has the right to bill, for the settings page. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event="billing.settings_read")
    found = practices.list_employees(practice_id=practice_id)
    return tuple((one.employee_id, one.name) for one in found if StaffRight.BILL in one.rights)


def find_patient_text(*, viewer: Viewer) -> str:
    """The practice's own sentence about billing for its patients; empty when there is none. No patient data."""
    card = find_record_practice(viewer=viewer)
    if card is None:
        return ""
    rules = get_rules(practice_id=card.practice_id)
    return rules.patient_text if rules.is_on else ""


def rules_of(row: BillingSettings) -> BillingRules:
    """A row as others receive it."""
    return BillingRules(
        is_on=row.is_on,
        rounding=Rounding(row.rounding),
        confirmed_by=ConfirmedBy(row.confirmed_by),
        proposes_at_close=row.proposes_at_close,
        patient_text=row.patient_text,
        revision=row.revision,
    )


def check_page(*, viewer: Viewer, event: str) -> None:
    """For a settings page that reads nothing yet. Raises NotAllowed. Audit: `event`, for the refusal."""
    gate.check_manager(viewer=viewer, event=event)
