"""Changes of what a practice says about urgency (R17)."""

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultSettings
from zorgbalie.consult.types import ConsultRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.actions.settings_rows import store_settings


@transaction.atomic
def change_rules(*, viewer: Viewer, wanted: ConsultRules) -> None:
    """Store the lists; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `consult.settings_changed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.settings_changed")
    values = {
        "emergency_adult": "\n".join(wanted.adult.emergency),
        "urgent_adult": "\n".join(wanted.adult.urgent),
        "emergency_child": "\n".join(wanted.child.emergency),
        "urgent_child": "\n".join(wanted.child.urgent),
    }
    store_settings(table=ConsultSettings, practice_id=practice_id, values=values, revision=wanted.revision)
    gate.log_change(
        viewer=viewer,
        event="consult.settings_changed",
        action=AuditAction.UPDATE,
        object_type="consult_settings",
        object_id=practice_id,
    )
