"""Changes of accounts and their facilities (REQ 53, 68, 69; R14)."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import facts, gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import AccountId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.actions.settings import check_version
from zorgbalie.office.queries.accounts import get_kind, list_facilities, preview_copy
from zorgbalie.office.rules import difference
from zorgbalie.office.types import AccountDetails, Facility, FacilityChange, FacilityNotOffered
from zorgbalie.practice.actions import accounts as registers
from zorgbalie.practice.types import ChangedMeanwhile


def create_account(*, viewer: Viewer, name: str, function: str, agb: str) -> AccountId:
    """A new account of the own practice, with every facility off. Raises NotAllowed, NameTaken.

    Audit: `account.created`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="account.created")
    account_id = registers.create_account(practice_id=practice_id, name=name, function=function, agb=agb)
    _log(viewer, "account.created", account_id, AuditAction.CREATE, {}, {"name": name, "function": function})
    return account_id


def change_account(*, viewer: Viewer, account_id: AccountId, name: str, function: str, agb: str, version: str) -> None:
    """Other name, function or AGB code. Raises NotAllowed, NotVisible, NameTaken, ChangedMeanwhile.

    Audit: `account.changed`.
    """
    before = _opened(viewer, "account.changed", account_id, version)
    registers.change_account(
        practice_id=gate.check_manager(viewer=viewer, event="account.changed"),
        account_id=account_id, name=name, function=function, agb=agb,
    )  # fmt: skip
    old = {"name": before.name, "function": before.function, "agb": before.agb}
    new = {"name": name, "function": function, "agb": agb}
    _log(viewer, "account.changed", account_id, AuditAction.UPDATE, old, new)


def switch_facilities(*, viewer: Viewer, account_id: AccountId, facilities: Collection[Facility], version: str) -> None:
    """Exactly these facilities are on; what is off is served nowhere from now on (R14).

    Raises NotAllowed, NotVisible, ChangedMeanwhile, FacilityNotOffered. Audit: `account.facilities_switched`.
    """
    before = _opened(viewer, "account.facilities_switched", account_id, version)
    if not set(facilities) <= set(list_facilities(kind=get_kind(viewer=viewer))):
        raise FacilityNotOffered(_("Dit bestaat niet bij uw soort praktijk."), field="facilities")
    _switch(viewer, before.account_id, before.facilities, frozenset(facilities))


@transaction.atomic  # all accounts or none
def copy_facilities(
    *, viewer: Viewer, source_id: AccountId, target_ids: Collection[AccountId], seen: str
) -> list[FacilityChange]:
    """Give other accounts the facilities of one (REQ 69). `seen` is the version of the changes that were confirmed.

    Raises NotAllowed, NotVisible, ChangedMeanwhile. Audit: `account.facilities_switched` per changed account.
    """
    practice_id = gate.check_manager(viewer=viewer, event="account.facilities_switched")
    source = registers.lock_account(practice_id=practice_id, account_id=source_id)
    targets = {
        target_id: registers.lock_account(practice_id=practice_id, account_id=target_id)
        for target_id in sorted(target_ids)
    }
    changes = preview_copy(viewer=viewer, source_id=source_id, target_ids=target_ids)
    if version_of_changes(changes) != seen:
        raise ChangedMeanwhile(
            _("De instellingen zijn intussen gewijzigd. Kijk opnieuw wat er verandert en bevestig het dan.")
        )
    for change in changes:
        _switch(viewer, change.account_id, targets[change.account_id].facilities, source.facilities)
    return changes


def version_of_changes(changes: Collection[FacilityChange]) -> str:
    """A mark of what a confirmation page showed."""
    parts = [f"{one.account_id}+{','.join(one.switched_on)}-{','.join(one.switched_off)}" for one in changes]
    return ";".join(sorted(parts))


def set_active(*, viewer: Viewer, account_id: AccountId, active: bool, version: str) -> None:
    """Take an account out of use, or back. Out of use: nothing of it is served (R14).

    Raises NotAllowed, NotVisible, ChangedMeanwhile. Audit: `account.activated` or `account.deactivated`.
    """
    event = "account.activated" if active else "account.deactivated"
    before = _opened(viewer, event, account_id, version)
    registers.set_active(
        practice_id=gate.check_manager(viewer=viewer, event=event), account_id=account_id, active=active
    )
    facts.forget()
    _log(viewer, event, account_id, AuditAction.UPDATE, {"active": before.is_active}, {"active": active})


def _opened(viewer: Viewer, event: str, account_id: AccountId, version: str) -> AccountDetails:
    account = registers.lock_account(practice_id=gate.check_manager(viewer=viewer, event=event), account_id=account_id)
    check_version(version, account.version)
    return account


def _switch(viewer: Viewer, account_id: AccountId, old: frozenset[Facility], new: frozenset[Facility]) -> None:
    if old == new:
        return
    event = "account.facilities_switched"
    registers.switch_facilities(
        practice_id=gate.check_manager(viewer=viewer, event=event), account_id=account_id, facilities=new
    )
    facts.forget()
    _log(viewer, event, account_id, AuditAction.UPDATE, {"facilities": old}, {"facilities": new})


def _log(
    viewer: Viewer,
    event: str,
    account_id: AccountId,
    action: AuditAction,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    gate.log_change(
        viewer=viewer, event=event, action=action, object_type="account", object_id=account_id,
        detail=difference(before, after),
    )  # fmt: skip
