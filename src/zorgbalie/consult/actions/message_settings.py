"""Changes of what a practice decided about messages that it begins (ux 51)."""

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.outgoing_texts import check_outgoing_text
from zorgbalie.consult.models import MessageSettings
from zorgbalie.consult.types import MessageRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.actions.settings_rows import store_settings


@transaction.atomic
def change_message_rules(*, viewer: Viewer, wanted: MessageRules) -> None:
    """Store the choices; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile, TextMissing. Audit: `consult.messages_changed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.messages_changed")
    values = {
        "is_on": wanted.is_on,
        "start_text": check_outgoing_text(wanted.start_text),
        "follow_up_text": check_outgoing_text(wanted.follow_up_text),
        "reply_days": wanted.reply_days,
        "silent_days": wanted.silent_days,
        "quiet_from": wanted.quiet_from,
        "quiet_until": wanted.quiet_until,
    }
    store_settings(table=MessageSettings, practice_id=practice_id, values=values, revision=wanted.revision)
    gate.log_change(
        viewer=viewer,
        event="consult.messages_changed",
        action=AuditAction.UPDATE,
        object_type="message_settings",
        object_id=practice_id,
        detail={"is_on": wanted.is_on, "reply_days": wanted.reply_days, "silent_days": wanted.silent_days},
    )
