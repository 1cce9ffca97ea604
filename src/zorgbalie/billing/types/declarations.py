"""Declarations: what is proposed, decided and exported."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from zorgbalie.billing.types.sources import SourceKind, TimeRow
from zorgbalie.billing.types.tariffs import Tariff
from zorgbalie.kernel.ids import PersonId

DeclarationId = NewType("DeclarationId", int)
BatchId = NewType("BatchId", int)


class DeclarationState(StrEnum):
    """proposed → confirmed → exported, or refused and back. Values are stored."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPORTED = "exported"


class LineKind(StrEnum):
    """A credit takes back a line that was exported for another patient (R12). Values are stored."""

    CHARGE = "charge"
    CREDIT = "credit"


class Reason(StrEnum):
    """Why something is not declared. A list, so that no medical text stands in the administration. Stored."""

    ADMINISTRATION = "administration"
    PART_OF_OTHER = "part_of_other"
    NO_ADVICE = "no_advice"
    NOT_CHARGED = "not_charged"
    MISTAKE = "mistake"


class Obstacle(StrEnum):
    """Why nothing can be proposed or confirmed."""

    DRAFT = "draft"
    NO_ANSWER = "no_answer"
    NO_TIME = "no_time"
    ADMINISTRATION = "administration"
    NOT_ENROLLED = "not_enrolled"
    NO_BSN = "no_bsn"
    DECLARED = "declared"


class DeclarationStep(StrEnum):
    """What happened to a declaration. Values are stored."""

    PROPOSED = "proposed"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REOPENED = "reopened"
    EXPORTED = "exported"
    MOVED = "moved"
    CREDITED = "credited"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the rule says of a total time. `amount_cents` is None where no tariff is known for the day."""

    code: str
    description: str
    amount_cents: int | None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclarationRow:
    """A declaration in the list. `amount_cents` of a credit is below zero."""

    declaration_id: DeclarationId
    patient_id: PersonId
    patient_name: str
    birth_date: date
    line_kind: LineKind
    source_kind: SourceKind
    source_id: int
    day: date
    seconds: int
    code: str
    description: str
    amount_cents: int | None
    state: DeclarationState
    reason: Reason | None
    performer_name: str
    confirmed_by_name: str
    batch_id: BatchId | None
    batch_number: int | None
    is_credited: bool
    revision: int

    @property
    def corrects_nothing(self) -> bool:
        """Whether somebody decides on it: a credit follows from the line that it takes back."""
        return self.line_kind is LineKind.CHARGE

    @property
    def key(self) -> str:
        """As a form names it, with what was on the screen."""
        return f"{self.declaration_id}-{self.revision}"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclarationEventRow:
    """A line of the trail: how it stood after a step."""

    step: DeclarationStep
    by_name: str
    at: datetime
    code: str
    seconds: int
    amount_cents: int | None
    reason: Reason | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclarationDetails:
    """A declaration with its trail, and the performances that hold on its day."""

    row: DeclarationRow
    has_bsn: bool
    events: tuple[DeclarationEventRow, ...]
    tariffs: tuple[Tariff, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclarationFilter:
    """Which declarations to list. Empty fields leave nothing out."""

    state: DeclarationState | None = None
    words: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None
    batch_id: BatchId | None = None
    sort: str = "-day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """Of what a filter leaves: how many lines, their time, and their amount. `without_amount` have none yet."""

    lines: int
    seconds: int
    amount_cents: int
    without_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchRow:
    """An export: its lines left the practice in one file."""

    batch_id: BatchId
    number: int
    made_by_name: str
    made_at: datetime
    lines: int
    amount_cents: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceBilling:
    """Time and declaration of one source, for the page on which it is handled.

    `proposal` and `obstacle` say what would be proposed now; one of them is None.
    """

    entries: tuple[TimeRow, ...]
    seconds: int
    counted_seconds: int
    proposal: Proposal | None
    obstacle: Obstacle | None
    declaration: DeclarationRow | None
    may_bill: bool

    @property
    def is_fixed(self) -> bool:
        """Whether time cannot be added any more."""
        return self.declaration is not None and self.declaration.state in (
            DeclarationState.CONFIRMED,
            DeclarationState.EXPORTED,
        )

    @property
    def is_administration(self) -> bool:
        """Whether it was marked as a mere repeat order or administration."""
        return self.declaration is not None and self.declaration.reason is Reason.ADMINISTRATION
