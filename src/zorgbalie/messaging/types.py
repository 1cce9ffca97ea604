"""Kinds and states of notices."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a patient can be told of; each is asked for apart (REQ 9, R15). The texts say nothing medical (R9)."""

    RECORD_RELEASED = "record_released"
    REQUEST_ANSWERED = "request_answered"
    AGREEMENT = "agreement"
    EMERGENCY_ACCESS = "emergency_access"
    # Not asked for and not a preference: the practice's own invitation, see actions.send_invitation.
    INVITATION = "invitation"


class Channel(StrEnum):
    """How a notice travels."""

    EMAIL = "email"


class NoticeState(StrEnum):
    """waiting → sending → sent; waiting → failed after the last try."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
