"""Changes of who is enrolled where. Called by care apps that asked the gate (access)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from zorgbalie.kernel.ids import AccountId, PersonId, PracticeId
from zorgbalie.practice.models import Account, Enrolment, Practice
from zorgbalie.practice.types import EnrolledElsewhere, UnknownAccount


def enrol(
    *, person_id: PersonId, practice_id: PracticeId, account_id: AccountId | None, starts_on: date, online_access: str
) -> None:
    """Enrol a person; a person has one GP practice and one pharmacy at a time.

    Raises EnrolledElsewhere (here counts as well), UnknownAccount.
    """
    _check_account(practice_id, account_id)
    practice = Practice.objects.get(pk=practice_id)
    try:
        with transaction.atomic():
            Enrolment.objects.create(
                practice_id=practice_id,
                practice_kind=practice.kind,
                person_id=person_id,
                account_id=account_id,
                starts_on=starts_on,
                online_access=online_access,
            )
    except IntegrityError as error:
        raise EnrolledElsewhere("enrolled") from error


def change_enrolment(
    *, person_id: PersonId, practice_id: PracticeId, account_id: AccountId | None, online_access: str
) -> bool:
    """Another doctor's account, or another decision on online access. Raises UnknownAccount."""
    _check_account(practice_id, account_id)
    return _running(person_id, practice_id).update(account_id=account_id, online_access=online_access) == 1


def end_enrolment(*, person_id: PersonId, practice_id: PracticeId, now: datetime) -> bool:
    """The treatment relation ends at once; False when it had ended."""
    return _running(person_id, practice_id).update(ended_at=now) == 1


def _running(person_id: PersonId, practice_id: PracticeId) -> "QuerySet[Enrolment]":
    return Enrolment.objects.filter(person_id=person_id, practice_id=practice_id, ended_at__isnull=True)


def _check_account(practice_id: PracticeId, account_id: AccountId | None) -> None:
    known = Account.objects.filter(pk=account_id or 0, practice_id=practice_id, is_active=True)
    if account_id is not None and not known.exists():
        raise UnknownAccount("account")
