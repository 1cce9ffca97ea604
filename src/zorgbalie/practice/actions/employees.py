"""Changes of who works at a practice, with which ID, function and rights (REQ 60, 70; R5)."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, EmployeeId, PracticeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.models import Account, Employee, Practice, StaffUser
from zorgbalie.practice.queries import employee_details, list_codes_elsewhere
from zorgbalie.practice.types import (
    AlreadyEmployed,
    EmployeeCodeDiffers,
    EmployeeCodeTaken,
    EmployeeDetails,
    LastManager,
)


def lock_employee(*, practice_id: PracticeId, employee_id: EmployeeId) -> EmployeeDetails:
    """The employee as of now. All changes of a practice's staff take turns, so that managers cannot remove each other.

    Raises NotVisible.
    """
    Practice.objects.select_for_update().filter(pk=practice_id).first()
    return employee_details(_row(practice_id, employee_id))


def _row(practice_id: PracticeId, employee_id: EmployeeId) -> Employee:
    row = Employee.objects.filter(pk=employee_id, practice_id=practice_id).select_related("user").first()
    if row is None:
        raise NotVisible("employee")
    return row


def employ(
    *,
    practice_id: PracticeId,
    email: str,
    name: str,
    employee_code: str,
    role: StaffRole,
    rights: Collection[StaffRight],
    account_ids: Collection[AccountId],
    starts_on: date,
) -> tuple[EmployeeId, StaffUserId, bool]:
    """A new employee; the third value says whether the sign-in user is new too, and so needs a password.

    Raises EmployeeCodeDiffers (R5), EmployeeCodeTaken, AlreadyEmployed. Source: REQ 70.
    """
    address = email.strip().lower()
    user, is_new = StaffUser.objects.get_or_create(email=address, defaults={"password": make_password(None)})
    user_id = StaffUserId(user.pk)
    if Employee.objects.filter(practice_id=practice_id, user_id=user_id).exists():
        raise AlreadyEmployed(_("Iemand met dit e-mailadres staat al in uw lijst van medewerkers."), field="email")
    row = Employee(
        practice_id=practice_id, user_id=user_id, name=name, employee_code=employee_code, role=role,
        rights=sorted(right.value for right in rights), starts_on=starts_on,
    )  # fmt: skip
    _check_code(row)
    _save(row)
    _set_accounts(row, account_ids)
    return EmployeeId(row.pk), user_id, is_new


def change_employee(
    *,
    practice_id: PracticeId,
    employee_id: EmployeeId,
    name: str,
    employee_code: str,
    role: StaffRole,
    rights: Collection[StaffRight],
    account_ids: Collection[AccountId],
    today: date,
) -> None:
    """Other name, ID, function, rights or accounts. Raises NotVisible, EmployeeCode…, LastManager."""
    row = _row(practice_id, employee_id)
    row.name, row.employee_code, row.role = name, employee_code, role
    row.rights = sorted(right.value for right in rights)
    _check_code(row)
    _save(row)
    _set_accounts(row, account_ids)
    _check_manager_left(practice_id, today)


def end_employment(*, practice_id: PracticeId, employee_id: EmployeeId, last_day: date, today: date) -> None:
    """The last day of work; a day in the past means: out at once. Raises NotVisible, LastManager."""
    row = _row(practice_id, employee_id)
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    _check_manager_left(practice_id, today)


def resume_employment(*, practice_id: PracticeId, employee_id: EmployeeId, today: date) -> None:
    """Back at work, from today on, with the rights of before. Raises NotVisible."""
    row = _row(practice_id, employee_id)
    row.ends_on = None
    row.starts_on = today
    row.save(update_fields=["ends_on", "starts_on"])


def _check_code(row: Employee) -> None:
    elsewhere = list_codes_elsewhere(user_id=StaffUserId(row.user_id), practice_id=PracticeId(row.practice_id))
    if any(code.casefold() != row.employee_code.casefold() for code in elsewhere):
        raise EmployeeCodeDiffers(
            _(
                "Deze persoon werkt ook bij een andere praktijk en heeft daar een andere medewerker-ID. Een persoon "
                "heeft overal dezelfde ID. Vraag de medewerker welke dat is."
            ),
            field="employee_code",
        )


def _save(row: Employee) -> None:
    others = Employee.objects.filter(practice_id=row.practice_id).exclude(pk=row.pk)
    taken = EmployeeCodeTaken(_("Deze medewerker-ID is al van iemand anders."), field="employee_code")
    if others.filter(employee_code__iexact=row.employee_code).exists():
        raise taken
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise taken from None


def _set_accounts(row: Employee, account_ids: Collection[AccountId]) -> None:
    own = Account.objects.filter(practice_id=row.practice_id, pk__in=account_ids)
    row.accounts.set(own)


def _check_manager_left(practice_id: PracticeId, today: date) -> None:
    """Somebody without an end in sight; one who leaves next month would leave a locked practice behind."""
    managers = Employee.objects.filter(
        Q(ends_on__isnull=True),
        practice_id=practice_id,
        rights__contains=[StaffRight.MANAGE_PRACTICE.value],
        starts_on__lte=today,
        user__is_active=True,
    )
    if not managers.exists():
        raise LastManager(
            _(
                "Dit is de laatste medewerker met het recht om de praktijk te beheren. "
                "Geef eerst een collega dat recht."
            ),
            field="rights",
        )
