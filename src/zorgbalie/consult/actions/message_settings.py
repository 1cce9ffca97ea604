"""Changes of what a practice decided about messages that it begins (ux 51)."""

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.outgoing_texts import check_outgoing_text
from zorgbalie.consult.models import MessageSettings
from zorgbalie.consult.queries.settings import managed_practice
from zorgbalie.consult.types import MessageRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile


@transaction.atomic
def change_message_rules(*, viewer: Viewer, wanted: MessageRules) -> None:
    """Store the choices; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile, TextMissing. Audit: `consult.messages_changed`.
    """
    practice_id = managed_practice(viewer, "consult.messages_changed")
    values = {
        "is_on": wanted.is_on,
        "start_text": check_outgoing_text(wanted.start_text),
        "follow_up_text": check_outgoing_text(wanted.follow_up_text),
        "reply_days": wanted.reply_days,
        "silent_days": wanted.silent_days,
        "quiet_from": wanted.quiet_from,
        "quiet_until": wanted.quiet_until,
    }
    if wanted.revision == 0:
        _row, is_done = MessageSettings.objects.get_or_create(practice_id=practice_id, defaults=values)
    else:
        rows = MessageSettings.objects.filter(practice_id=practice_id, revision=wanted.revision)
        is_done = bool(rows.update(**values, revision=wanted.revision + 1))
    if not is_done:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
    gate.log_change(
        viewer=viewer,
        event="consult.messages_changed",
        action=AuditAction.UPDATE,
        object_type="message_settings",
        object_id=practice_id,
        detail={"is_on": wanted.is_on, "reply_days": wanted.reply_days, "silent_days": wanted.silent_days},
    )
