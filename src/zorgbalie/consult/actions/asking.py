"""Changes of who may ask for a child, and whom one can ask (REQ 8, 30, 68)."""

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import ConsultAskRules
from zorgbalie.consult.types import LONGEST_PARENT_TEXT, AskRules
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions.settings_rows import store_settings


@transaction.atomic
def change_ask_rules(*, viewer: Viewer, wanted: AskRules) -> None:
    """Store them; `wanted.revision` is of the form that was opened. Accounts of another practice are left out.

    Raises NotAllowed, ChangedMeanwhile. Audit: `consult.asking_changed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.asking_changed")
    own = {int(one.account_id) for one in practices.list_accounts(practice_id=practice_id)}
    values = {
        "parents_under_12": wanted.parents_under_12,
        "parents_12_to_15": wanted.parents_12_to_15,
        "parent_text": wanted.parent_text[:LONGEST_PARENT_TEXT],
        "doctors": wanted.doctors.value,
        "hidden_accounts": sorted(wanted.hidden_accounts & own),
    }
    store_settings(table=ConsultAskRules, practice_id=practice_id, values=values, revision=wanted.revision)
    gate.log_change(
        viewer=viewer,
        event="consult.asking_changed",
        action=AuditAction.UPDATE,
        object_type="consult_ask_rules",
        object_id=practice_id,
        detail={
            "parents_under_12": wanted.parents_under_12,
            "parents_12_to_15": wanted.parents_12_to_15,
            "doctors": wanted.doctors.value,
        },
    )
