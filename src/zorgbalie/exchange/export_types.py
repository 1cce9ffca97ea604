"""What faces receive about files in which a patient saves the own record, and the errors of it. No Django."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ExportId

LEASE = timedelta(minutes=5)
"""How long a worker may give no sign of life before another takes over."""

PATIENCE = timedelta(minutes=30)
"""How long making a file may take before it counts as failed."""

PER_DAY = 10
"""How many files one person can ask for of one record within 24 hours."""

KEEP_ROWS = timedelta(days=90)
"""How long the list names a file that is over."""


class ExportKind(StrEnum):
    """What kind of file. Values are stored."""

    PDF = "pdf"
    FHIR = "fhir"


class ExportState(StrEnum):
    """asked → making → ready → expired; asked or making → failed. Values are stored."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


RUNNING = (ExportState.ASKED, ExportState.MAKING)


class ExportStep(StrEnum):
    """What is being done. Values are stored."""

    WAITING = "waiting"
    READING = "reading"
    WRITING = "writing"
    STORING = "storing"
    DONE = "done"


class ExportFault(StrEnum):
    """Why there is no file. Values are stored."""

    CLOSED = "closed"
    LATE = "late"
    BROKEN = "broken"


class TooManyExports(Refused):
    """More files were asked for in a day than a person needs."""


class ExportOutdated(Refused):
    """The file holds something that may not be read any more: a new one has to be made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportCard:
    """A file in the list. `is_own`: asked for by the one who looks, who alone can download it."""

    export_id: ExportId
    kind: ExportKind
    state: ExportState
    step: ExportStep
    progress: int
    fault: str
    asked_by_name: str
    is_own: bool
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime
    size: int
    downloaded_at: tuple[datetime, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether it is being made."""
        return self.state in RUNNING

    @property
    def can_be_downloaded(self) -> bool:
        """Whether the one who looks can download it."""
        return self.is_own and self.state is ExportState.READY


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportList:
    """One page of files, how many there are, and the file that was asked for last of each kind by who looks."""

    rows: tuple[ExportCard, ...]
    total: int
    number: int
    per_page: int
    latest: dict[ExportKind, ExportCard]


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file for the one who asked."""

    kind: ExportKind
    content: bytes
    sha256: str
    asked_at: datetime
