"""Changes of when a practice answers, and of how much it takes on (REQ 31, 49)."""

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultTimes
from zorgbalie.consult.queries.settings import managed_practice
from zorgbalie.consult.queries.times import DAY_FIELDS, PLAIN_FIELDS
from zorgbalie.consult.types import AnswerTimes
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile


@transaction.atomic
def change_times(*, viewer: Viewer, wanted: AnswerTimes) -> None:
    """Store the choice; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile. Audit: `consult.times_changed`, with what holds from now on.
    """
    practice_id = managed_practice(viewer, "consult.times_changed")
    values = {
        **{name: wanted.days[kind] for kind, name in DAY_FIELDS.items()},
        **{name: getattr(wanted, name) for name in PLAIN_FIELDS},
        "outside_hours": wanted.outside_hours.value,
    }
    if wanted.revision == 0:
        _row, is_done = ConsultTimes.objects.get_or_create(practice_id=practice_id, defaults=values)
    else:
        rows = ConsultTimes.objects.filter(practice_id=practice_id, revision=wanted.revision)
        is_done = bool(rows.update(**values, revision=wanted.revision + 1))
    if not is_done:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
    gate.log_change(
        viewer=viewer,
        event="consult.times_changed",
        action=AuditAction.UPDATE,
        object_type="consult_times",
        object_id=practice_id,
        detail={name: value if isinstance(value, int) else str(value or "") for name, value in values.items()},
    )
