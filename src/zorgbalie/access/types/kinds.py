"""What the gate speaks: kinds of data, who looks, decisions and grants."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.kernel.ids import PersonId, PracticeId


class DataKind(StrEnum):
    """Kinds of data, the rows of the policy table. Values are stored in the log."""

    PROFILE = "profile"
    EPISODES = "episodes"
    JOURNAL = "journal"
    OBSERVATIONS = "observations"
    ALLERGIES = "allergies"
    MEDICATION = "medication"
    FULL_RECORD = "full_record"
    LAB_REPORTS = "lab_reports"
    DOCUMENTS = "documents"
    RESULT_WISHES = "result_wishes"
    RECORD_COPY = "record_copy"
    RECORD_EXPORT = "record_export"
    RELEASE = "release"
    WORK_NOTES = "work_notes"
    CORRECTIONS = "corrections"
    ACTION_NOTES = "action_notes"
    ACCESS_LOG = "access_log"
    AGREEMENT = "agreement"
    INVITATION = "invitation"
    NOTICES = "notices"
    CONSULTS = "consults"
    CONTACT_TIME = "contact_time"
    DECLARATIONS = "declarations"
    APPOINTMENTS = "appointments"
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
