"""What the gate speaks: kinds of data, grants, and the states of agreement, invitation and request."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccessRequestId, PersonId, PracticeId


class DataKind(StrEnum):
    """Kinds of data, the rows of the policy table. Values are stored in the log."""

    PROFILE = "profile"
    EPISODES = "episodes"
    JOURNAL = "journal"
    OBSERVATIONS = "observations"
    ALLERGIES = "allergies"
    MEDICATION = "medication"
    FULL_RECORD = "full_record"
    RECORD_COPY = "record_copy"
    RELEASE = "release"
    WORK_NOTES = "work_notes"
    ACCESS_LOG = "access_log"
    AGREEMENT = "agreement"
    INVITATION = "invitation"
    NOTICES = "notices"
    PRACTICE_SETTINGS = "practice_settings"
    DIARY = "diary"


class Audience(StrEnum):
    """Who looks, seen from the patient: the columns of the policy table."""

    PATIENT = "patient"
    CHILD_UNDER_12 = "child_under_12"
    CHILD_12_TO_15 = "child_12_to_15"
    PARENT_UNDER_12 = "parent_under_12"
    PARENT_12_TO_15 = "parent_12_to_15"
    HELPER = "helper"
    OWN_GP = "own_gp"
    LOCUM = "locum"
    NURSE = "nurse"
    ASSISTANT = "assistant"
    PHARMACY = "pharmacy"
    MANAGER = "manager"
    OTHER_PRACTICE = "other_practice"
    SYSTEM = "system"
    STRANGER = "stranger"


class Use(StrEnum):
    """What one wants to do with the data."""

    READ = "read"
    CHANGE = "change"


class OnlineAccess(StrEnum):
    """What the practice decided for one patient (REQ 23, 58, 77)."""

    ALLOWED = "allowed"
    COPY_ONLY = "copy_only"
    VULNERABLE = "vulnerable"


class InvitationChannel(StrEnum):
    """How an invitation travels."""

    LETTER = "letter"
    EMAIL = "email"


class RequestState(StrEnum):
    """State of a request to read the record (REQ 24, 54 to 56, R6).

    asked → released | refused | left_open; left_open → released | refused; released → withdrawn.
    """

    ASKED = "asked"
    LEFT_OPEN = "left_open"
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the table says."""

    allowed: bool
    basis: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """Leave to read or change one kind of data of one patient at one practice. Made by the gate alone.

    `visible_from` bounds what may be shown (first day, inclusive) where the kind has such a bound.
    """

    patient_id: PersonId
    practice_id: PracticeId
    kind: DataKind
    use: Use
    basis: str
    visible_from: date | None = None
    emergency: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessRequestCard:
    """A request to read the record, as both sides read it (R6). `reason` is written for the patient."""

    request_id: AccessRequestId
    practice_id: PracticeId
    patient_id: PersonId
    patient_name: str
    birth_date: date
    age_group: AgeGroup
    state: RequestState
    reason: str
    automatic: bool
    asked_at: datetime
    asked_by_name: str
    decided_at: datetime | None
    decided_by_name: str
    online_access: str
    agreement_signed: bool

    @property
    def is_decidable(self) -> bool:
        """Whether the practice can still release, refuse or leave it open."""
        return self.state in (RequestState.ASKED, RequestState.LEFT_OPEN)


class RequestRefused(Refused):
    """Root of the reasons why a request cannot be made or decided."""


class RequestDecided(RequestRefused):
    """Somebody else was first, or the patient took the request back: the state is no longer the one shown."""


class AgreementMissing(RequestRefused):
    """R7: nothing is released before both sides signed."""


class OnlineAccessClosed(RequestRefused):
    """The practice decided that this patient gets no online access (REQ 23, 58)."""


class ReasonMissing(RequestRefused):
    """R6: refusing or leaving open needs a reason that the patient reads."""
