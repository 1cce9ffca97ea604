"""What the log and emergency access give to faces, and why they refuse."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from zorgbalie.audit.types import DayLooks, LogLine
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId

EmergencyId = NewType("EmergencyId", int)


@dataclass(frozen=True, kw_only=True, slots=True)
class DayWithReasons:
    """What one person did on one day, with the reasons of emergency access that were given then."""

    looks: DayLooks
    reasons: tuple[str, ...]


class LogTooLong(Refused):
    """One document cannot hold so many lines; a shorter period can."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyCard:
    """Emergency access of one employee to one patient without a treatment relation."""

    emergency_id: EmergencyId
    person_id: PersonId
    person_name: str
    employee_name: str
    is_own: bool
    reason: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    is_running: bool
    reviewed_at: datetime | None
    reviewed_by_name: str
    review_note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyReview:
    """What a reviewer reads: the access and what was looked at under it."""

    card: EmergencyCard
    lines: tuple[LogLine, ...]


class EmergencyRefused(Refused):
    """Root of the reasons why emergency access cannot be started, ended or reviewed."""


class ReasonTooShort(EmergencyRefused):
    """Security row 12: a reason of at least ten characters."""


class PersonUnknown(EmergencyRefused):
    """Nobody with a verified BSN like this."""


class IsOwnPatient(EmergencyRefused):
    """The patient is enrolled at the own practice: rights decide there, and emergency access is no way around them."""


class ReviewRefused(EmergencyRefused):
    """Still running, reviewed already, or one's own."""
