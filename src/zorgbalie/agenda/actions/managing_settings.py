"""What the practice decides about appointments: texts, reminders, the waiting list (REQ 72, 73)."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.agenda.models import AgendaSettings
from zorgbalie.agenda.queries.managing import check_agenda_manager
from zorgbalie.agenda.rules.managing import in_bounds
from zorgbalie.agenda.types import AgendaRules
from zorgbalie.agenda.types.managing import LONGEST_PRACTICE_TEXT, SettingRefused
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.actions.settings_rows import store_settings

_CHANGED = "agenda.settings_changed"
_TEXTS = ("intro_text", "confirm_text", "route_text")
_NUMBERS = ("offer_hours", "quiet_from", "quiet_until")


@deed()
@transaction.atomic
def change_agenda_rules(*, viewer: Viewer, wanted: AgendaRules) -> None:
    """Store them; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, NotVisible, SettingRefused, ChangedMeanwhile. Audit: `agenda.settings_changed`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event=_CHANGED)
    values = asdict(wanted)
    revision = values.pop("revision")
    for name in (*_TEXTS, *_NUMBERS):
        is_right = (
            len(values[name]) <= LONGEST_PRACTICE_TEXT if name in _TEXTS else in_bounds(name=name, value=values[name])
        )
        if not is_right:
            raise SettingRefused(_("Dit kan zo niet worden opgeslagen. Kijk het na."), field=name)
    store_settings(table=AgendaSettings, practice_id=practice_id, values=values, revision=revision)
    gate.log_change(
        viewer=viewer,
        event=_CHANGED,
        action=AuditAction.UPDATE,
        object_type="agenda_settings",
        object_id=practice_id,
        detail={name: value for name, value in values.items() if name not in _TEXTS},
    )
