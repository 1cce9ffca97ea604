"""Invitations and the agreement of patient and practice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AgreementId, AgreementTextId, InvitationId, PersonId, PracticeId


class InvitationChannel(StrEnum):
    """How an invitation travels."""

    LETTER = "letter"
    EMAIL = "email"


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
