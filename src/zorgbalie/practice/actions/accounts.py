"""Changes of accounts: the practice doctors for whom facilities are switched (REQ 53, 68, 69)."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, PracticeId
from zorgbalie.practice.models import Account
from zorgbalie.practice.queries import account_details
from zorgbalie.practice.types import AccountDetails, Facility, NameTaken


def lock_account(*, practice_id: PracticeId, account_id: AccountId) -> AccountDetails:
    """The account as it is now, kept from others until this unit of work ends. Raises NotVisible."""
    return account_details(_row(practice_id, account_id))


def _row(practice_id: PracticeId, account_id: AccountId) -> Account:
    row = Account.objects.select_for_update().filter(pk=account_id, practice_id=practice_id).first()
    if row is None:
        raise NotVisible("account")
    return row


def create_account(*, practice_id: PracticeId, name: str, function: str, agb: str) -> AccountId:
    """A new account with every facility off. Raises NameTaken."""
    row = Account(practice_id=practice_id, name=name, function=function, agb=agb, facilities=[])
    _save(row)
    return AccountId(row.pk)


def change_account(*, practice_id: PracticeId, account_id: AccountId, name: str, function: str, agb: str) -> None:
    """Other name, function or AGB code. Raises NotVisible, NameTaken."""
    row = _row(practice_id, account_id)
    row.name, row.function, row.agb = name, function, agb
    _save(row)


def _save(row: Account) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(_("Er is al een account met deze naam."), field="name") from None


def switch_facilities(*, practice_id: PracticeId, account_id: AccountId, facilities: Collection[Facility]) -> None:
    """Exactly these facilities are on. Raises NotVisible."""
    row = _row(practice_id, account_id)
    row.facilities = sorted(facility.value for facility in facilities)
    row.save(update_fields=["facilities"])


def set_active(*, practice_id: PracticeId, account_id: AccountId, active: bool) -> None:
    """In use or not; of an account out of use nothing is served (R14). Raises NotVisible."""
    row = _row(practice_id, account_id)
    row.is_active = active
    row.save(update_fields=["is_active"])
