"""Requests to read the record, and how far a patient is on the way there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccessRequestId, PersonId, PracticeId


class RequestState(StrEnum):
    """State of a request to read the record (REQ 24, 54 to 56, R6).

    asked → released | refused | left_open; left_open → released | refused; released → withdrawn.
    """

    ASKED = "asked"
    LEFT_OPEN = "left_open"
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


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
