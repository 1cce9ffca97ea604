"""Changes of what the practice decides about itself (REQ 54, 67, 88; R16)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from zorgbalie.access import facts, gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.rules import difference
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions import settings as registers
from zorgbalie.practice.types import ChangedMeanwhile


def change_settings(*, viewer: Viewer, values: Mapping[str, object], version: str) -> bool:
    """Store settings of the own practice; returns whether anything changed.

    Raises NotAllowed, ChangedMeanwhile. Audit: `settings.changed`, with each value before and after.
    """
    practice_id = gate.check_manager(viewer=viewer, event="settings.changed")
    check_version(version, practices.get_practice_settings(practice_id=practice_id, lock=True).version)
    before, after = registers.change_practice(practice_id=practice_id, values=values)
    if before.version == after.version:
        return False
    facts.forget()
    gate.log_change(
        viewer=viewer,
        event="settings.changed",
        action=AuditAction.UPDATE,
        object_type="practice",
        object_id=practice_id,
        detail=difference(before.values, after.values),
    )
    return True


def check_version(opened: str, stored: str) -> None:
    """Whether the form that is saved was made from what is stored now. Raises ChangedMeanwhile."""
    if opened != stored:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
