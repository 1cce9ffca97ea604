"""What a log line says. Field names follow the Logius mapping of NEN 7513 where there is one."""

from dataclasses import dataclass, field
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
