"""What may have to hold besides a row of the table, and how the facts say whether it does. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.access.types import OnlineAccess
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.viewer import StaffRight, Viewer


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the gate found out about a patient at a practice, for one viewer. Defaults are the closed side."""

    today: date
    age_group: AgeGroup | None = None
    enrolled: bool = False
    at_own_practice: bool = False
    pharmacy: bool = False
    facilities: frozenset[str] = frozenset()
    agreement_signed: bool = False
    released: bool = False
    online_access: str = ""
    online_access_since: date | None = None
    results_from: date | None = None
    represents_as: str = ""
    child_consented: bool = False
    closed_for_safety: bool = False
    level_sufficient: bool = False
    emergency: bool = False


class Need(StrEnum):
    """What must hold besides the row itself."""

    LEVEL = "sign-in level is sufficient"
    ENROLLED = "patient is enrolled at the practice"
    ONLINE_ALLOWED = "practice allows online access for this patient"
    AGREEMENT = "agreement signed by both"
    RELEASED = "record is released"
    GP_PRACTICE = "practice is a GP practice"
    ONLINE_FACILITIES = (
        "facilities for online access are on (E&P-regels and Diagnostische waarden; pharmacy: Medicatie)"
    )
    MEDICATION_ON = "facility Medicatie is on"
    ALLERGIES_ON = "facility Allergieën is on"
    CONSULT_ON = "facility E-consult is on"
    APPOINTMENTS_ON = "facility E-afspraak is on"
    NOT_CLOSED = "not closed for safety"
    CHILD_CONSENT = "child of 12 to 15 consented"
    EMERGENCY = "emergency access with a reason is running"
    RIGHT_READ = "right: read the record"
    RIGHT_INVITE = "right: invite patients"
    RIGHT_SIGN = "right: sign agreements"
    RIGHT_RELEASE = "right: release the record"
    RIGHT_PUBLISH = "right: publish results"
    RIGHT_COPY = "right: give a copy"
    RIGHT_NOTES = "right: work notes"
    RIGHT_CONSULTS = "right: answer questions of patients"
    RIGHT_JOURNAL = "right: write in the journal"
    RIGHT_BILL = "right: declare contacts"
    RIGHT_BOOK = "right: keep the agenda"
    RIGHT_LOG = "right: read the access log"
    RIGHT_EMERGENCY = "right: emergency access"
    RIGHT_MANAGE = "right: manage the practice"


def _serves_online(viewer: Viewer, facts: Facts) -> bool:
    """R14: without these nothing of the record is served. A pharmacy has no E and P lines or measurements to serve."""
    needed = {"medication"} if facts.pharmacy else {"journal_ep", "diagnostic_values"}
    return needed <= facts.facilities


def _right(right: StaffRight) -> Callable[[Viewer, Facts], bool]:
    return lambda viewer, facts: viewer.has_right(right)


HOLDS: dict[Need, Callable[[Viewer, Facts], bool]] = {
    Need.LEVEL: lambda viewer, facts: facts.level_sufficient,
    Need.ENROLLED: lambda viewer, facts: facts.enrolled,
    Need.ONLINE_ALLOWED: lambda viewer, facts: facts.online_access == OnlineAccess.ALLOWED,
    Need.AGREEMENT: lambda viewer, facts: facts.agreement_signed,
    Need.RELEASED: lambda viewer, facts: facts.released,
    Need.GP_PRACTICE: lambda viewer, facts: not facts.pharmacy,
    Need.ONLINE_FACILITIES: _serves_online,
    Need.MEDICATION_ON: lambda viewer, facts: "medication" in facts.facilities,
    Need.ALLERGIES_ON: lambda viewer, facts: "allergies" in facts.facilities,
    Need.CONSULT_ON: lambda viewer, facts: "e_consult" in facts.facilities,
    Need.APPOINTMENTS_ON: lambda viewer, facts: "e_appointment" in facts.facilities,
    Need.NOT_CLOSED: lambda viewer, facts: not facts.closed_for_safety,
    Need.CHILD_CONSENT: lambda viewer, facts: facts.child_consented,
    Need.EMERGENCY: lambda viewer, facts: facts.emergency,
    Need.RIGHT_READ: _right(StaffRight.READ_RECORD),
    Need.RIGHT_INVITE: _right(StaffRight.INVITE_PATIENT),
    Need.RIGHT_SIGN: _right(StaffRight.SIGN_AGREEMENT),
    Need.RIGHT_RELEASE: _right(StaffRight.RELEASE_RECORD),
    Need.RIGHT_PUBLISH: _right(StaffRight.PUBLISH_RESULTS),
    Need.RIGHT_COPY: _right(StaffRight.COPY_RECORD),
    Need.RIGHT_NOTES: _right(StaffRight.WORK_NOTES),
    Need.RIGHT_CONSULTS: _right(StaffRight.ANSWER_CONSULTS),
    Need.RIGHT_JOURNAL: _right(StaffRight.WRITE_JOURNAL),
    Need.RIGHT_BILL: _right(StaffRight.BILL),
    Need.RIGHT_BOOK: _right(StaffRight.BOOK_APPOINTMENTS),
    Need.RIGHT_LOG: _right(StaffRight.READ_ACCESS_LOG),
    Need.RIGHT_EMERGENCY: _right(StaffRight.EMERGENCY_ACCESS),
    Need.RIGHT_MANAGE: _right(StaffRight.MANAGE_PRACTICE),
}
