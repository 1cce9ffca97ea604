"""Kinds and states of notices, and what faces receive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId


class NoticeKind(StrEnum):
    """What a patient can be told of; each is asked for apart (REQ 9, R15). The texts say nothing medical (R9)."""

    RECORD_RELEASED = "record_released"
    REQUEST_ANSWERED = "request_answered"
    RESULT_READY = "result_ready"
    DOCUMENT_READY = "document_ready"
    CORRECTION_ANSWERED = "correction_answered"
    AGREEMENT = "agreement"
    EMERGENCY_ACCESS = "emergency_access"
    CONSULT_ANSWERED = "consult_answered"
    CONSULT_DELAYED = "consult_delayed"
    PRACTICE_MESSAGE = "practice_message"
    APPOINTMENT_REMINDER = "appointment_reminder"
    APPOINTMENT_CHANGED = "appointment_changed"
    EARLIER_TIME = "earlier_time"
    EXPORT_READY = "export_ready"
    INVITATION = "invitation"
    ADDRESS_CHECK = "address_check"


# An invitation is itself the question, and a code is sent to who asked for it a moment ago: no consent is asked.
WITHOUT_CONSENT = frozenset({NoticeKind.INVITATION, NoticeKind.ADDRESS_CHECK})
CONSENT_KINDS = tuple(kind for kind in NoticeKind if kind not in WITHOUT_CONSENT)


class Channel(StrEnum):
    """How a notice travels."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class NoticeState(StrEnum):
    """waiting → sending → sent; sending → waiting for another try; sending → failed; waiting → cancelled.

    Cancelled: between the event and the sending the patient took the yes back, or has no verified address any more.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AddressAnswer(StrEnum):
    """What came of a typed code. No exception: a wrong try must be counted, so the work must not be rolled back."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    OVER = "over"


class TooManyCodes(Refused):
    """More codes were asked for in an hour than a person needs."""


class NotOffered(Refused):
    """This installation does not send by that way, or the browser cannot be reached."""


class NoWayChosen(Refused):
    """Something to be told of, and no way to be told."""


class NotAMobile(Refused):
    """The typed number is none of a mobile telephone that we send to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """A browser in which signs are on."""

    device_id: int
    name: str
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeSettings:
    """What a patient chose. `chosen` is false while nothing was ever chosen: then nothing is sent (R15)."""

    email: str
    email_verified: bool
    on: frozenset[NoticeKind]
    chosen: bool
    channels: frozenset[Channel] = frozenset({Channel.EMAIL})
    mobile: str = ""
    pending_address: str = ""
    pending_mobile: str = ""
    devices: tuple[Device, ...] = ()
    language: str = "nl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """By which ways this installation can tell something; `push_key` is what a browser asks for."""

    channels: frozenset[Channel]
    push_key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class UndeliveredNotice:
    """A notice that did not arrive, for the desk: it tells the patient in another way."""

    notice_id: int
    person_id: PersonId
    person_name: str
    kind: NoticeKind
    masked_address: str
    fault: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UndeliveredPage:
    """One page of undelivered notices and how many there are."""

    rows: tuple[UndeliveredNotice, ...]
    total: int
