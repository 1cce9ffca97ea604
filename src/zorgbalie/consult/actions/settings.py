"""Changes of what a practice says about urgency (R17)."""

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultSettings
from zorgbalie.consult.queries.settings import managed_practice
from zorgbalie.consult.types import ConsultRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile


@transaction.atomic
def change_rules(*, viewer: Viewer, wanted: ConsultRules) -> None:
    """Store the lists; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `consult.settings_changed`.
    """
    practice_id = managed_practice(viewer, "consult.settings_changed")
    values = {
        "emergency_adult": "\n".join(wanted.adult.emergency),
        "urgent_adult": "\n".join(wanted.adult.urgent),
        "emergency_child": "\n".join(wanted.child.emergency),
        "urgent_child": "\n".join(wanted.child.urgent),
    }
    if wanted.revision == 0:
        _row, is_done = ConsultSettings.objects.get_or_create(practice_id=practice_id, defaults=values)
    else:
        rows = ConsultSettings.objects.filter(practice_id=practice_id, revision=wanted.revision)
        is_done = bool(rows.update(**values, revision=wanted.revision + 1))
    if not is_done:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
    gate.log_change(
        viewer=viewer,
        event="consult.settings_changed",
        action=AuditAction.UPDATE,
        object_type="consult_settings",
        object_id=practice_id,
    )
