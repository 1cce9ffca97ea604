"""What faces receive of messages to a selection of patients (REQ 34; ux 50; security row 62)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.consult.types.outgoing import NewMessage, WhyNot
from zorgbalie.kernel.ids import AccountId, ConsultId, MailingId, PersonId

FIELDS = ("aanhef", "naam", "arts", "praktijk", "telefoon")
"""What can stand between braces in a text; each patient gets the own words."""


class MailingState(StrEnum):
    """asked → choosing → sending → done or stopped; asked or choosing → dropped. Values are stored."""

    ASKED = "asked"
    CHOOSING = "choosing"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"
    DROPPED = "dropped"


class RecipientState(StrEnum):
    """chosen ↔ unticked, left_out; chosen → sent or refused. Values are stored."""

    CHOSEN = "chosen"
    UNTICKED = "unticked"
    LEFT_OUT = "left_out"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Criteria:
    """Whom one looks for; what is empty asks nothing. Ages in whole years, both included."""

    age_from: int | None = None
    age_until: int | None = None
    sex: str = ""
    account_id: AccountId | None = None
    uses_portal: bool | None = None
    icpc: tuple[str, ...] = ()
    medicine: str = ""
    measured: str = ""
    measured_before: date | None = None
    contact_before: date | None = None

    @property
    def is_medical(self) -> bool:
        """Whether it asks something of records, so that reading records is needed."""
        return bool(self.icpc or self.medicine or self.measured or self.contact_before)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody who fits the criteria, as the database gives it: no name, no text."""

    patient_id: PersonId
    is_enrolled: bool
    is_served: bool
    online_access: str
    birth_date: date
    is_known: bool
    has_parent: bool
    uses_portal: bool
    has_objected: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MailingRow:
    """A mailing in the list."""

    mailing_id: MailingId
    title: str
    state: MailingState
    made_by_name: str
    created_at: datetime
    sent: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailing:
    """A mailing with its numbers. `left_out` and `refused` count per reason."""

    mailing_id: MailingId
    revision: int
    title: str
    state: MailingState
    criteria: Criteria
    account_name: str
    message: NewMessage
    unread_days: int
    made_by_name: str
    created_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    departed: int
    chosen: int = 0
    unticked: int = 0
    sent: int = 0
    never_signed_in: int = 0
    left_out: dict[WhyNot, int] = field(default_factory=dict)
    refused: dict[WhyNot, int] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        """Whether it can be sent."""
        return bool(self.message.subject and self.message.text)

    @property
    def handled(self) -> int:
        """How many were sent or refused."""
        return self.sent + sum(self.refused.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """A patient in a mailing."""

    patient_id: PersonId
    full_name: str
    birth_date: date
    state: RecipientState
    why_not: WhyNot | None
    uses_portal: bool
    consult_id: ConsultId | None = None
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What one of the recipients gets."""

    number: int
    total: int
    full_name: str
    birth_date: date
    subject: str
    text: str


class MailingRefused(ConsultRefused):
    """Root of the reasons why a message to a selection did not go on."""


class MailingChanged(MailingRefused):
    """Somebody else changed it since this page was opened."""


class CountDiffers(MailingRefused):
    """The number typed is not how many would get it."""


class TooWide(MailingRefused):
    """Nothing was chosen to select by."""
