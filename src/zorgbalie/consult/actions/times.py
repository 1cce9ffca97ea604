"""Changes of when a practice answers, and of how much it takes on (REQ 31, 49)."""

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultTimes
from zorgbalie.consult.queries.times import DAY_FIELDS, PLAIN_FIELDS
from zorgbalie.consult.types import AnswerTimes
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.actions.settings_rows import store_settings


@transaction.atomic
def change_times(*, viewer: Viewer, wanted: AnswerTimes) -> None:
    """Store the choice; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `consult.times_changed`, with what holds from now on.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.times_changed")
    values = {
        **{name: wanted.days[kind] for kind, name in DAY_FIELDS.items()},
        **{name: getattr(wanted, name) for name in PLAIN_FIELDS},
        "outside_hours": wanted.outside_hours.value,
    }
    store_settings(table=ConsultTimes, practice_id=practice_id, values=values, revision=wanted.revision)
    gate.log_change(
        viewer=viewer,
        event="consult.times_changed",
        action=AuditAction.UPDATE,
        object_type="consult_times",
        object_id=practice_id,
        detail={name: value if isinstance(value, int) else str(value or "") for name, value in values.items()},
    )
