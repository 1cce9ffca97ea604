"""What a practice decides about billing."""

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.billing.models import BillingSettings
from zorgbalie.billing.types import BillingRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.actions.settings_rows import store_settings


@transaction.atomic
def change_rules(*, viewer: Viewer, wanted: BillingRules) -> None:
    """Store what was chosen; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `billing.settings_changed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="billing.settings_changed")
    values = {
        "is_on": wanted.is_on,
        "rounding": wanted.rounding,
        "confirmed_by": wanted.confirmed_by,
        "proposes_at_close": wanted.proposes_at_close,
        "patient_text": wanted.patient_text,
    }
    store_settings(table=BillingSettings, practice_id=practice_id, values=values, revision=wanted.revision)
    gate.log_change(
        viewer=viewer,
        event="billing.settings_changed",
        action=AuditAction.UPDATE,
        object_type="billing_settings",
        object_id=practice_id,
        detail={
            "is_on": wanted.is_on,
            "rounding": wanted.rounding.value,
            "confirmed_by": wanted.confirmed_by.value,
            "proposes_at_close": wanted.proposes_at_close,
        },
    )
