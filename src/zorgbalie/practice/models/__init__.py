"""Tables of the practice register, by topic."""

from zorgbalie.practice.models.opening import PracticeClosing, PracticeOpening
from zorgbalie.practice.models.registers import (
    Account,
    Employee,
    EmployeeGroup,
    Enrolment,
    Practice,
    StaffSession,
    StaffUser,
    StaffUserManager,
)

__all__ = [
    "Account",
    "Employee",
    "EmployeeGroup",
    "Enrolment",
    "Practice",
    "PracticeClosing",
    "PracticeOpening",
    "StaffSession",
    "StaffUser",
    "StaffUserManager",
]
