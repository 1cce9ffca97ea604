"""What a log line says. Field names follow the Logius mapping of NEN 7513 where there is one."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from zorgbalie.kernel.errors import ZorgbalieError


class AuditAction(StrEnum):
    """EventActionCode: create, read, update, delete, execute."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


class AuditOutcome(StrEnum):
    """EventOutcomeIndicator: done, or refused (4 = minor failure in the standard's table)."""

    DONE = "0"
    REFUSED = "4"


class NoAuditScope(ZorgbalieError):
    """A line was written outside a scope: nothing would store it, so nothing may be shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLine:
    """One look or change, before it is stored; the viewer's part is filled in by the scope.

    `event` is a verb of ours (`record.read`), `kind` the kind of data, `detail` keys and counts: never content.
    """

    event: str
    action: AuditAction
    outcome: AuditOutcome = AuditOutcome.DONE
    patient_id: int | None = None
    practice_id: int | None = None
    kind: str = ""
    object_type: str = ""
    object_id: str = ""
    basis: str = ""
    relation: str = ""
    consent: str = ""
    emergency: bool = False
    detail: dict[str, str | int | bool | list[int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """The head of the chain at a moment, kept outside the database. `digest` in hexadecimal."""

    number: int
    digest: str
    sealed_at: datetime

    def as_line(self) -> str:
        """As it stands in the anchor file."""
        return f"{self.number} {self.digest} {self.sealed_at.astimezone(UTC).isoformat()}"


class ChainFault(StrEnum):
    """What can be wrong with the chain; values are printed by `verify-log`."""

    ALTERED_LINE = "altered line"
    ALTERED_SEAL = "altered seal"
    REMOVED_LINE = "removed line"
    REUSED_NUMBER = "reused number"
    SEALED_TWICE = "line sealed twice"
    REWRITTEN = "chain written anew"
    CUT_TAIL = "cut tail"
    NOT_SEALED = "not sealed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault: `number` in the chain and `event_id` of the line, where known."""

    fault: ChainFault
    number: int | None = None
    event_id: int | None = None
    detail: str = ""


@dataclass(slots=True)
class WalkCount:
    """How many lines a walk has read so far."""

    lines: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFilter:
    """Which lines about a patient: days are days in the Netherlands, both inclusive."""

    first_day: date | None = None
    last_day: date | None = None
    without_users: frozenset[str] = frozenset()
    user_words: str = ""
    only_emergency: bool = False
    only_refused: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPart:
    """What one person did on one day with one kind of data: how often, and at which minutes how many times."""

    event: str
    action: AuditAction
    kind: str
    count: int
    minutes: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLooks:
    """All that one person did about a patient on one day, with the same outcome and purpose."""

    day: date
    user_id: str
    user_kind: str
    user_name: str
    role: str
    organisation_name: str
    for_other: bool
    purpose: str
    refused: bool
    emergency: bool
    count: int
    latest_at: datetime
    parts: tuple[DayPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LogLine:
    """A stored line with all its NEN 7513 fields."""

    event_id: int
    recorded_at: datetime
    request_id: str
    event: str
    action: str
    outcome: str
    user_kind: str
    user_id: str
    user_name: str
    role: str
    organisation_id: int | None
    organisation_name: str
    acts_for_id: int | None
    purpose: str
    assurance_level: str
    network_address: str
    patient_id: int | None
    practice_id: int | None
    kind: str
    object_type: str
    object_id: str
    basis: str
    relation: str
    consent: str
    emergency: bool
    detail: str
    source_id: str
    site_id: str

    @property
    def refused(self) -> bool:
        """Whether nothing was shown or changed."""
        return self.outcome != AuditOutcome.DONE
