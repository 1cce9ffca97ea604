"""Who looks: made by the middleware of a face or by a task, and passed to every query and action."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import uuid4

from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, PracticeId


class ViewerKind(StrEnum):
    """From which side one looks; each has a database role of its own."""

    PATIENT = "patient"
    STAFF = "staff"
    SYSTEM = "system"


class StaffRole(StrEnum):
    """Function of an employee (REQ 60). Values are stored."""

    GP = "gp"
    LOCUM = "locum"
    NURSE = "nurse"
    ASSISTANT = "assistant"
    PHARMACIST = "pharmacist"
    PHARMACY_ASSISTANT = "pharmacy_assistant"
    MANAGER = "manager"


class StaffRight(StrEnum):
    """What an employee may do with the record, ticked per employee in the settings (REQ 60). Values are stored."""

    READ_RECORD = "read_record"
    INVITE_PATIENT = "invite_patient"
    SIGN_AGREEMENT = "sign_agreement"
    RELEASE_RECORD = "release_record"
    PUBLISH_RESULTS = "publish_results"
    COPY_RECORD = "copy_record"
    WORK_NOTES = "work_notes"
    ANSWER_CONSULTS = "answer_consults"
    WRITE_JOURNAL = "write_journal"
    BILL = "bill"
    SEND_TO_SELECTION = "send_to_selection"
    BOOK_APPOINTMENTS = "book_appointments"
    READ_ACCESS_LOG = "read_access_log"
    EMERGENCY_ACCESS = "emergency_access"
    MANAGE_PRACTICE = "manage_practice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Who looks, for which patient, how surely known and for what.

    `person_id` is the person who signed in (patient, parent or helper); `subject_id` the patient for whom.
    Staff have `employee_id` and `practice_id`; a task has only `name` and the practice or patient it is about.
    """

    kind: ViewerKind
    name: str
    organisation: str = ""
    person_id: PersonId | None = None
    subject_id: PersonId | None = None
    employee_id: EmployeeId | None = None
    practice_id: PracticeId | None = None
    account_id: AccountId | None = None
    role: StaffRole | None = None
    rights: frozenset[StaffRight] = frozenset()
    level: AssuranceLevel | None = None
    address: str = ""
    request_id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def acts_for_other(self) -> bool:
        """Whether a parent or helper looks for somebody else."""
        return self.kind is ViewerKind.PATIENT and self.person_id != self.subject_id

    def has_right(self, right: StaffRight) -> bool:
        """Whether the practice gave this employee the right."""
        return self.kind is ViewerKind.STAFF and right in self.rights

    def about(self, subject_id: PersonId) -> "Viewer":
        """The same viewer, looking for another patient. Says nothing about whether that is allowed."""
        return replace(self, subject_id=subject_id)


def patient_viewer(
    *,
    person_id: PersonId,
    name: str,
    level: AssuranceLevel,
    subject_id: PersonId | None = None,
    address: str = "",
    request_id: str | None = None,
) -> Viewer:
    """A patient, parent or helper who signed in with DigiD."""
    return Viewer(
        kind=ViewerKind.PATIENT,
        name=name,
        person_id=person_id,
        subject_id=subject_id or person_id,
        level=level,
        address=address,
        request_id=request_id or uuid4().hex,
    )


def staff_viewer(
    *,
    employee_id: EmployeeId,
    practice_id: PracticeId,
    role: StaffRole,
    rights: Iterable[StaffRight],
    name: str,
    organisation: str,
    account_id: AccountId | None = None,
    address: str = "",
    request_id: str | None = None,
) -> Viewer:
    """An employee at the desk, working for one practice (and one account of it)."""
    return Viewer(
        kind=ViewerKind.STAFF,
        name=name,
        organisation=organisation,
        employee_id=employee_id,
        practice_id=practice_id,
        account_id=account_id,
        role=role,
        rights=frozenset(rights),
        address=address,
        request_id=request_id or uuid4().hex,
    )


def system_viewer(*, task: str, practice_id: PracticeId | None = None, subject_id: PersonId | None = None) -> Viewer:
    """A task or command; `task` is the name that stands in the log."""
    return Viewer(kind=ViewerKind.SYSTEM, name=task, practice_id=practice_id, subject_id=subject_id)
