"""Whom one can ask, and what a parent may ask for a child: as the practice decided (REQ 8, 30, 68)."""

from zorgbalie.access import gate
from zorgbalie.consult.models import ConsultAskRules
from zorgbalie.consult.types import AskRules, DoctorChoice
from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import AccountId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices


def get_ask_rules(*, practice_id: PracticeId) -> AskRules:
    """What holds at a practice. No patient data; for this app's use."""
    return memory.remembered(key=("consult_ask_rules", practice_id), read=lambda: _read(practice_id))


def get_managed_ask_rules(*, viewer: Viewer) -> AskRules:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    return get_ask_rules(practice_id=gate.check_manager(viewer=viewer, event="consult.asking_read"))


def list_named_accounts(*, viewer: Viewer) -> tuple[tuple[AccountId, str], ...]:
    """The accounts in use of the own practice, each of which can be offered or not. Raises NotAllowed."""
    found = practices.list_accounts(practice_id=gate.check_manager(viewer=viewer, event="consult.asking_read"))
    return tuple((one.account_id, one.name) for one in found if one.is_active)


def list_shown_groups(*, viewer: Viewer) -> tuple[str, ...]:
    """The functions that patients can choose; each is switched on its own page. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event="consult.asking_read")
    return tuple(one.name for one in practices.list_groups(practice_id=practice_id, patients_only=True))


def _read(practice_id: PracticeId) -> AskRules:
    row = ConsultAskRules.objects.filter(practice_id=practice_id).first()
    if row is None:
        return AskRules()
    return AskRules(
        parents_under_12=row.parents_under_12,
        parents_12_to_15=row.parents_12_to_15,
        parent_text=row.parent_text,
        doctors=DoctorChoice(row.doctors),
        hidden_accounts=frozenset(row.hidden_accounts),
        revision=row.revision,
    )
