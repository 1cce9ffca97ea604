"""Patients in the lists and on the cards of the desk."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.access.types.agreements import AgreementCard, InvitationCard
from zorgbalie.access.types.requests import AccessRequestCard, RequestState
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.people.types import PersonProfile
from zorgbalie.practice.types import EnrolmentFact


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeAccess:
    """How far a patient is at one practice: invited, agreed, asked, released."""

    practice_id: PracticeId
    practice_name: str
    practice_phone: str
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
