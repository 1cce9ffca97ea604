"""What a practice decides about billing."""

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.billing.models import BillingSettings
from zorgbalie.billing.queries.settings import managed_practice
from zorgbalie.billing.types import BillingRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile


@transaction.atomic
def change_rules(*, viewer: Viewer, wanted: BillingRules) -> None:
    """Store what was chosen; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `billing.settings_changed`.
    """
    practice_id = managed_practice(viewer=viewer, event="billing.settings_changed")
    values = {
        "is_on": wanted.is_on,
        "rounding": wanted.rounding,
        "confirmed_by": wanted.confirmed_by,
        "proposes_at_close": wanted.proposes_at_close,
        "patient_text": wanted.patient_text,
    }
    if wanted.revision == 0:
        _row, is_done = BillingSettings.objects.get_or_create(practice_id=practice_id, defaults=values)
    else:
        rows = BillingSettings.objects.filter(practice_id=practice_id, revision=wanted.revision)
        is_done = bool(rows.update(**values, revision=wanted.revision + 1))
    if not is_done:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
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
