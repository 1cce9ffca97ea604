"""Changes of employees, their rights and their sign-in, by the manager (REQ 60, 70; R5; security rows 13 and 23)."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccountId, EmployeeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole, Viewer
from zorgbalie.office.actions.settings import check_version
from zorgbalie.office.actions.sign_in import clear_tries
from zorgbalie.office.queries.employees import list_roles
from zorgbalie.office.rules import difference
from zorgbalie.office.types import EmployeeDetails, NewEmployee
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions import employees as registers
from zorgbalie.practice.actions import sign_in as sign_ins

# Without letters and digits that look alike; 16 of them are 77 bits.
ONE_TIME_LASTS = timedelta(days=7)
"""How long a password that somebody else gave can be used (security row 23)."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class SignInShared(Refused):
    """The sign-in is used at another practice too, so this manager alone may not take it over."""


class RoleDoesNotFit(Refused):
    """This kind of practice has no such function."""


class NotForYourself(Refused):
    """A manager does this for others, not for himself."""


def make_one_time_password() -> str:
    """A password to read out or write down, in four groups; it must be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(4))


@transaction.atomic  # a refusal after a change undoes the change
def add_employee(
    *,
    viewer: Viewer,
    email: str,
    name: str,
    employee_code: str,
    role: StaffRole,
    rights: Collection[StaffRight],
    account_ids: Collection[AccountId],
    now: datetime,
) -> NewEmployee:
    """Somebody new at the own practice.

    Raises NotAllowed, RoleDoesNotFit, EmployeeCodeDiffers (R5), EmployeeCodeTaken, AlreadyEmployed.
    Audit: `employee.added`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="employee.added")
    _check_role(viewer, role)
    employee_id, user_id, is_new = registers.employ(
        practice_id=practice_id, email=email, name=name, employee_code=employee_code, role=role, rights=rights,
        account_ids=account_ids, starts_on=local_date(now),
    )  # fmt: skip
    password = give_one_time_password(user_id=user_id, now=now) if is_new else None
    after = {"name": name, "code": employee_code, "role": role, "rights": set(rights), "accounts": set(account_ids)}
    _log(viewer, "employee.added", employee_id, AuditAction.CREATE, {}, after)
    return NewEmployee(employee_id=employee_id, one_time_password=password)


@transaction.atomic  # a refusal after a change undoes the change
def change_employee(
    *,
    viewer: Viewer,
    employee_id: EmployeeId,
    name: str,
    employee_code: str,
    role: StaffRole,
    rights: Collection[StaffRight],
    account_ids: Collection[AccountId],
    version: str,
    now: datetime,
) -> None:
    """Other name, ID, function, rights or accounts; holds from the next request of that employee on (row 13).

    Raises NotAllowed, NotVisible, ChangedMeanwhile, EmployeeCodeDiffers (R5), EmployeeCodeTaken, LastManager.
    Audit: `employee.changed`.
    """
    before = _opened(viewer, "employee.changed", employee_id, version)
    _check_role(viewer, role)
    registers.change_employee(
        practice_id=gate.check_manager(viewer=viewer, event="employee.changed"), employee_id=employee_id, name=name,
        employee_code=employee_code, role=role, rights=rights, account_ids=account_ids, today=local_date(now),
    )  # fmt: skip
    after = {"name": name, "code": employee_code, "role": role, "rights": set(rights), "accounts": set(account_ids)}
    _log(viewer, "employee.changed", employee_id, AuditAction.UPDATE, _values(before), after)


@transaction.atomic  # a refusal after a change undoes the change
def end_employment(
    *, viewer: Viewer, employee_id: EmployeeId, last_day: date | None, version: str, now: datetime
) -> None:
    """The last day of work, or None for at once: every session of it ends with the next request (row 13).

    Raises NotAllowed, NotVisible, ChangedMeanwhile, LastManager. Audit: `employee.ended`.
    """
    before = _opened(viewer, "employee.ended", employee_id, version)
    today = local_date(now)
    day = last_day or today - timedelta(days=1)
    practice_id = gate.check_manager(viewer=viewer, event="employee.ended")
    registers.end_employment(practice_id=practice_id, employee_id=employee_id, last_day=day, today=today)
    if day < today and not practices.works_elsewhere(user_id=before.user_id, practice_id=practice_id, today=today):
        sign_ins.end_sessions(user_id=before.user_id)
    _log(viewer, "employee.ended", employee_id, AuditAction.UPDATE, {"ends_on": before.ends_on}, {"ends_on": day})


def resume_employment(*, viewer: Viewer, employee_id: EmployeeId, version: str, now: datetime) -> None:
    """Back at work from today on. Raises NotAllowed, NotVisible, ChangedMeanwhile. Audit: `employee.resumed`."""
    before = _opened(viewer, "employee.resumed", employee_id, version)
    registers.resume_employment(
        practice_id=gate.check_manager(viewer=viewer, event="employee.resumed"),
        employee_id=employee_id,
        today=local_date(now),
    )
    _log(viewer, "employee.resumed", employee_id, AuditAction.UPDATE, {"ends_on": before.ends_on}, {"ends_on": None})


def reset_sign_in(*, viewer: Viewer, employee_id: EmployeeId, now: datetime) -> str:
    """A one-time password, no second factor, no open sessions: for who lost password or telephone. Shown once.

    Refused where the person works at another practice too: one manager would get into the other's practice.
    Raises NotAllowed, NotVisible, SignInShared, NotForYourself. Audit: `employee.sign_in_reset`.
    """
    employee = _of_own_practice(viewer, "employee.sign_in_reset", employee_id)
    if employee_id == viewer.employee_id:
        raise NotForYourself(_("Wijzig uw eigen wachtwoord en tweede stap in het menu bij uw naam."))
    _check_not_shared(viewer, employee, now)
    password = replace_sign_in(user_id=employee.user_id, email=employee.email, now=now)
    _log(viewer, "employee.sign_in_reset", employee_id, AuditAction.UPDATE, {}, {})
    return password


def replace_sign_in(*, user_id: StaffUserId, email: str, now: datetime) -> str:
    """A new one-time password; second factors and sessions are gone. The caller has checked who asks, and logs it."""
    password = give_one_time_password(user_id=user_id, now=now)
    Authenticator.objects.filter(user_id=user_id).delete()
    sign_ins.end_sessions(user_id=user_id)
    clear_tries(user_id=user_id, email=email)
    return password


def unlock_sign_in(*, viewer: Viewer, employee_id: EmployeeId, now: datetime) -> None:
    """Let somebody try again who is locked out.

    Refused where the person works at another practice too: its staff would be open to guessing without end.
    Raises NotAllowed, NotVisible, SignInShared. Audit: `employee.unlocked`.
    """
    employee = _of_own_practice(viewer, "employee.unlocked", employee_id)
    _check_not_shared(viewer, employee, now)
    clear_tries(user_id=employee.user_id, email=employee.email)
    _log(viewer, "employee.unlocked", employee_id, AuditAction.UPDATE, {}, {})


def give_one_time_password(*, user_id: StaffUserId, now: datetime) -> str:
    """A new password that must be changed at the first sign-in, within a week (security row 23).

    The caller has checked who asks, and logs it.
    """
    password = make_one_time_password()
    sign_ins.set_password(user_id=user_id, password=password, one_time_until=now + ONE_TIME_LASTS)
    return password


def _check_role(viewer: Viewer, role: StaffRole) -> None:
    if role not in list_roles(viewer=viewer):
        raise RoleDoesNotFit(_("Deze functie bestaat niet bij uw soort praktijk."), field="role")


def _check_not_shared(viewer: Viewer, employee: EmployeeDetails, now: datetime) -> None:
    practice_id = gate.check_manager(viewer=viewer, event="employee.sign_in_reset")
    if practices.works_elsewhere(user_id=employee.user_id, practice_id=practice_id, today=local_date(now)):
        raise SignInShared(
            _(
                "Deze medewerker werkt ook bij een andere praktijk. "
                "Vraag uw beheerder van Zorgbalie om een nieuw wachtwoord."
            )
        )


def _of_own_practice(viewer: Viewer, event: str, employee_id: EmployeeId) -> EmployeeDetails:
    return registers.lock_employee(practice_id=gate.check_manager(viewer=viewer, event=event), employee_id=employee_id)


def _opened(viewer: Viewer, event: str, employee_id: EmployeeId, version: str) -> EmployeeDetails:
    employee = _of_own_practice(viewer, event, employee_id)
    check_version(version, employee.version)
    return employee


def _values(employee: EmployeeDetails) -> dict[str, object]:
    return {
        "name": employee.name,
        "code": employee.employee_code,
        "role": employee.role,
        "rights": set(employee.rights),
        "accounts": set(employee.account_ids),
    }


def _log(
    viewer: Viewer,
    event: str,
    employee_id: EmployeeId,
    action: AuditAction,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    gate.log_change(
        viewer=viewer, event=event, action=action, object_type="employee", object_id=employee_id,
        detail=difference(before, after),
    )  # fmt: skip
