"""What the operator does from the command line: let the first manager in, or back in. No web page leads here."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, Refused
from zorgbalie.kernel.ids import EmployeeId, PracticeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole, Viewer, ViewerKind
from zorgbalie.office.actions.employees import RoleDoesNotFit, give_one_time_password, replace_sign_in
from zorgbalie.office.rules import roles_of
from zorgbalie.office.types import NewEmployee, PracticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions import employees as registers
from zorgbalie.practice.actions import settings as practice_settings

_MANAGERS_RIGHTS = frozenset({StaffRight.MANAGE_PRACTICE, StaffRight.READ_ACCESS_LOG})


class PracticeExists(Refused):
    """A practice of this name and kind exists; its number is in the message."""


class UnknownPractice(Refused):
    """No practice has this number."""


class UnknownAddress(Refused):
    """Nobody signs in with this address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ManagerWanted:
    """Who is to manage a practice."""

    email: str
    name: str
    employee_code: str
    role: StaffRole = StaffRole.MANAGER


def create_practice(*, viewer: Viewer, name: str, kind: PracticeKind, phone: str) -> PracticeId:
    """A new practice without accounts, in which nothing is shown online yet.

    Raises PracticeExists: a second one of the same name is a mistake far more often than a wish.
    """
    _check_operator(viewer)
    known = practices.find_practice(name=name, kind=kind)
    if known is not None:
        raise PracticeExists(_("Deze praktijk bestaat al, met nummer %(number)d.") % {"number": known})
    practice_id = practice_settings.create_practice(name=name, kind=kind, phone=phone)
    gate.log_change(
        viewer=viewer,
        event="practice.created",
        action=AuditAction.CREATE,
        object_type="practice",
        object_id=practice_id,
        practice_id=practice_id,
    )
    return practice_id


@transaction.atomic
def create_manager(*, viewer: Viewer, practice_id: PracticeId, wanted: ManagerWanted, now: datetime) -> NewEmployee:
    """An employee who may manage the practice. The password is None for who could sign in already.

    Raises UnknownPractice, RoleDoesNotFit, AlreadyEmployed, EmployeeCodeDiffers (R5), EmployeeCodeTaken.
    Audit: `employee.added`.
    """
    _check_operator(viewer)
    kind = practices.find_practice_kind(practice_id=practice_id)
    if kind is None:
        raise UnknownPractice(_("Er is geen praktijk met dit nummer."))
    if wanted.role not in roles_of(kind):
        raise RoleDoesNotFit(_("Deze functie bestaat niet bij dit soort praktijk."))
    employee_id, user_id, is_new = registers.employ(
        practice_id=practice_id,
        email=wanted.email,
        name=wanted.name,
        employee_code=wanted.employee_code,
        role=wanted.role,
        rights=_MANAGERS_RIGHTS,
        account_ids=(),
        starts_on=local_date(now),
    )
    _log(viewer, "employee.added", practice_id, employee_id)
    password = give_one_time_password(user_id=user_id, now=now) if is_new else None
    return NewEmployee(employee_id=employee_id, one_time_password=password)


def recover_sign_in(*, viewer: Viewer, email: str, now: datetime) -> str:
    """A one-time password for somebody whom no manager can help: the only manager, or who works at two practices.

    Raises UnknownAddress. Audit: `employee.sign_in_reset`, one line per practice where the person works.
    """
    _check_operator(viewer)
    user_id = practices.find_staff_user(email=email)
    if user_id is None:
        raise UnknownAddress(_("Niemand logt in met dit e-mailadres."))
    for work in practices.list_employments(user_id=StaffUserId(user_id), today=local_date(now)):
        _log(viewer, "employee.sign_in_reset", work.practice_id, work.employee_id)
    return replace_sign_in(user_id=user_id, email=email.strip().lower(), now=now)


def _check_operator(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotAllowed("operator")


def _log(viewer: Viewer, event: str, practice_id: PracticeId, employee_id: EmployeeId) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.UPDATE,
        object_type="employee",
        object_id=employee_id,
        practice_id=practice_id,
    )
