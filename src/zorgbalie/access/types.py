"""What the gate speaks: kinds of data, grants, and the states of agreement, invitation and request."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import (
    AccessRequestId,
    AgreementId,
    AgreementTextId,
    InvitationId,
    PersonId,
    PracticeId,
)
from zorgbalie.people.types import PersonProfile
from zorgbalie.practice.types import EnrolmentFact


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


class OnlineStep(StrEnum):
    """How far a patient is on the way to the own record online; each asks for another next step."""

    NO_PRACTICE = "no_practice"
    NOT_OFFERED = "not_offered"
    TOO_YOUNG = "too_young"
    COPY_ONLY = "copy_only"
    NOT_INVITED = "not_invited"
    SIGN_AGREEMENT = "sign_agreement"
    PRACTICE_SIGNS = "practice_signs"
    ASK = "ask"
    WAITING = "waiting"
    LEFT_OPEN = "left_open"
    REFUSED = "refused"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class OnlineState:
    """Where the patient stands, with the practice's own words where it gave a reason (R6).

    `is_news`: the practice decided at most two weeks ago and the one who looks has not read the answer.
    """

    step: OnlineStep
    reason: str = ""
    asked_at: datetime | None = None
    decided_at: datetime | None = None
    is_news: bool = False


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


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementWords:
    """One version of the agreement's text, with rights and duties of both sides (REQ 4)."""

    text_id: AgreementTextId
    version: int
    title: str
    patient_rights: str
    patient_duties: str
    practice_rights: str
    practice_duties: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementCard:
    """The agreement of a patient with a practice, as both sides read it.

    `words` is what was signed, or what is offered for signing; `newer_words` a later version that the patient is asked
    to sign. Who signed an older version keeps access meanwhile: the agreement still holds.
    """

    agreement_id: AgreementId
    practice_id: PracticeId
    patient_id: PersonId
    words: AgreementWords
    newer_words: AgreementWords | None
    patient_signed_at: datetime | None
    patient_signer_name: str
    patient_signer_level: str
    practice_signed_at: datetime | None
    practice_signer_name: str
    ended_at: datetime | None
    ended_by_patient: bool

    @property
    def is_complete(self) -> bool:
        """Whether both signed and neither ended it (R7)."""
        return bool(self.patient_signed_at and self.practice_signed_at) and self.ended_at is None


class InvitationState(StrEnum):
    """How an invitation stands, derived from its moments."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationCard:
    """An invitation as both sides read it; the code is nowhere."""

    invitation_id: InvitationId
    channel: InvitationChannel
    state: InvitationState
    invited_by_name: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None

    @property
    def needs_code(self) -> bool:
        """Whether the letter's code must be filled in. An e-mail has none: nothing in it may open anything."""
        return self.channel is InvitationChannel.LETTER


class Acceptance(StrEnum):
    """What came of accepting. A value and no exception, because a wrong attempt must stay counted."""

    ACCEPTED = "accepted"
    NOT_INVITED = "not_invited"
    WRONG_CODE = "wrong_code"
    EXPIRED = "expired"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """An invitation that was just made; `letter` is the PDF, which exists only now, for the code is not kept."""

    invitation_id: InvitationId
    channel: InvitationChannel
    letter: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeAccess:
    """How far a patient is at one practice: invited, agreed, asked, released."""

    practice_id: PracticeId
    practice_name: str
    is_pharmacy: bool
    online_access: str
    age_group: AgeGroup
    invitation: InvitationCard | None
    agreement: AgreementCard | None
    request: AccessRequestCard | None

    @property
    def is_open(self) -> bool:
        """Whether the record was released under a running agreement."""
        return bool(
            self.agreement
            and self.agreement.is_complete
            and self.request
            and self.request.state is RequestState.RELEASED
        )


class AgreementRefused(Refused):
    """Root of the reasons why an agreement cannot be signed."""


class AgreementChanged(AgreementRefused):
    """Another version than the one that was read is offered now, or the agreement is gone."""


class InvitationNeeded(AgreementRefused):
    """REQ 4: the practice invites personally; without an accepted invitation nothing is signed."""


class NoAgreementText(AgreementRefused):
    """There is no published text yet."""


class InvitationRefused(Refused):
    """The practice cannot send this invitation."""


class OnlineProgress(StrEnum):
    """How far a patient is, in one word for the desk's lists."""

    NONE = "none"
    INVITED = "invited"
    TO_SIGN = "to_sign"
    AGREED = "agreed"
    ASKED = "asked"
    LEFT_OPEN = "left_open"
    REFUSED = "refused"
    RELEASED = "released"


class DeskTask(StrEnum):
    """What an employee may do for a patient; each follows from a row of the policy table."""

    CHANGE = "change"
    INVITE = "invite"
    SIGN = "sign"
    RELEASE = "release"
    COPY = "copy"
    READ_RECORD = "read_record"
    READ_LOG = "read_log"


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientRow:
    """A patient in the desk's list: no care, no BSN."""

    patient_id: PersonId
    list_name: str
    birth_date: date
    age_group: AgeGroup
    account_name: str
    bsn_verified: bool
    online_access: str
    progress: OnlineProgress


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientCard:
    """A patient's card at the desk. `may` tells what the viewer can do, for showing buttons; the actions ask again.

    `request` is absent for who may not handle requests.
    """

    profile: PersonProfile
    enrolment: EnrolmentFact
    age_group: AgeGroup
    progress: OnlineProgress
    invitation: InvitationCard | None
    agreement: AgreementCard | None
    request: AccessRequestCard | None
    may: frozenset["DeskTask"]


class PatientRefused(Refused):
    """Root of the reasons why a patient cannot be registered or changed."""


class IdentityUnchecked(PatientRefused):
    """REQ 2: nobody is registered before the identity document was seen."""


class BsnRefused(PatientRefused):
    """The BSN is not valid, or is somebody else's."""


class PatientElsewhere(PatientRefused):
    """The person is enrolled with a practice of the same kind."""
