"""Reads of accounts and their facilities (REQ 53, 68, 69)."""

from collections.abc import Collection

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office import rules
from zorgbalie.office.types import AccountDetails, Facility, FacilityChange, PracticeKind
from zorgbalie.practice import queries as practices


def list_accounts(*, viewer: Viewer) -> list[AccountDetails]:
    """All accounts of the own practice. Raises NotAllowed."""
    return practices.list_accounts(practice_id=gate.check_manager(viewer=viewer, event="accounts.read"))


def get_account(*, viewer: Viewer, account_id: AccountId) -> AccountDetails:
    """One account of the own practice. Raises NotAllowed, NotVisible."""
    for account in list_accounts(viewer=viewer):
        if account.account_id == account_id:
            return account
    raise NotVisible("account")


def get_kind(*, viewer: Viewer) -> PracticeKind:
    """Which kind of practice the own one is; it decides what can be switched on. Raises NotAllowed."""
    return practices.get_practice_card(practice_id=gate.check_manager(viewer=viewer, event="accounts.read")).kind


def list_facilities(*, kind: PracticeKind) -> tuple[Facility, ...]:
    """What an account of such a practice can switch on (REQ 53, 79)."""
    return rules.facilities_of(kind)


def opens_record(*, account: AccountDetails, kind: PracticeKind) -> bool:
    """Whether patients of this account can read anything online: in use, and what is needed is on (REQ 53, 79)."""
    return account.is_active and rules.opens_record(account.facilities, kind)


def count_patients(*, viewer: Viewer, account_ids: Collection[AccountId]) -> dict[AccountId, int]:
    """How many patients are enrolled with accounts of the own practice. Raises NotAllowed."""
    own = {account.account_id for account in list_accounts(viewer=viewer)}
    counts = practices.count_enrolled(account_ids=own & set(account_ids))
    return {account_id: counts.get(account_id, 0) for account_id in own & set(account_ids)}


def preview_copy(*, viewer: Viewer, source_id: AccountId, target_ids: Collection[AccountId]) -> list[FacilityChange]:
    """What copying the facilities of one account to others would change, account by account (REQ 69).

    Raises NotAllowed, NotVisible for an account of another practice.
    """
    accounts = {account.account_id: account for account in list_accounts(viewer=viewer)}
    if source_id not in accounts or not set(target_ids) <= set(accounts):
        raise NotVisible("account")
    wanted = accounts[source_id].facilities
    patients = practices.count_enrolled(account_ids=target_ids)
    return [
        FacilityChange(
            account_id=target_id,
            name=accounts[target_id].name,
            switched_on=tuple(sorted(wanted - accounts[target_id].facilities)),
            switched_off=tuple(sorted(accounts[target_id].facilities - wanted)),
            patients=patients.get(target_id, 0),
        )
        for target_id in accounts
        if target_id in set(target_ids) and target_id != source_id
    ]
