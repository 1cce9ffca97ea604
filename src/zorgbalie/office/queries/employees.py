"""Reads of employees and of how they stand with signing in (REQ 60, 70)."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum

from zorgbalie.access import gate
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.kernel.viewer import StaffRole, Viewer
from zorgbalie.office.rules import roles_of
from zorgbalie.office.types import EmployeeDetails, SignInState
from zorgbalie.practice import queries as practices


def list_employees(*, viewer: Viewer, search: str = "", sort: str = "name") -> list[EmployeeDetails]:
    """Everybody who works or worked at the own practice, by name, ID or function. Raises NotAllowed."""
    employees = practices.list_employees(practice_id=gate.check_manager(viewer=viewer, event="employees.read"))
    wanted = search.strip().casefold()
    found = [one for one in employees if wanted in f"{one.name} {one.email} {one.employee_code}".casefold()]
    keys = {
        "name": lambda one: one.name.casefold(),
        "code": lambda one: one.employee_code.casefold(),
        "role": lambda one: one.role,
        "ends": lambda one: str(one.ends_on or "9999"),
    }
    key = keys.get(sort.removeprefix("-"), keys["name"])
    return sorted(found, key=key, reverse=sort.startswith("-"))


def get_employee(*, viewer: Viewer, employee_id: EmployeeId) -> EmployeeDetails:
    """One employee of the own practice. Raises NotAllowed, NotVisible."""
    practice_id = gate.check_manager(viewer=viewer, event="employees.read")
    found = practices.find_employee(practice_id=practice_id, employee_id=employee_id)
    if found is None:
        raise NotVisible("employee")
    return found


def list_roles(*, viewer: Viewer) -> tuple[StaffRole, ...]:
    """The functions that employees of the own practice can have. Raises NotAllowed."""
    return roles_of(
        practices.get_practice_card(practice_id=gate.check_manager(viewer=viewer, event="employees.read")).kind
    )


def get_sign_in_state(*, viewer: Viewer, employee_id: EmployeeId, now: datetime) -> SignInState:
    """Whether an employee has a second factor, is locked out, or works elsewhere too. Raises NotAllowed, NotVisible."""
    employee = get_employee(viewer=viewer, employee_id=employee_id)
    since = now - timedelta(seconds=settings.AXES_COOLOFF_TIME.total_seconds())
    tries = AccessAttempt.objects.filter(username=employee.email, attempt_time__gt=since)
    failures = tries.aggregate(total=Sum("failures_since_start"))["total"] or 0
    return SignInState(
        has_second_factor=Authenticator.objects.filter(user_id=employee.user_id).exists(),
        is_locked=failures >= settings.AXES_FAILURE_LIMIT,
        works_elsewhere=practices.works_elsewhere(
            user_id=employee.user_id,
            practice_id=gate.check_manager(viewer=viewer, event="employees.read"),
            today=local_date(now),
        ),
    )
