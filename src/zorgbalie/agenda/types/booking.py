"""What the pages receive on which a patient makes an appointment (REQ 36, 37; ux 42)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zorgbalie.agenda.types import AgendaRefused, AppointmentKindId, Mode
from zorgbalie.kernel.ids import PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedKind:
    """What one can come for. `first_at`: the first free time online; None where nothing is free now.

    `has_most`: the patient has as many of these coming as may be.
    """

    kind_id: AppointmentKindId
    name: str
    description: str
    with_whom: str
    minutes: int
    mode: Mode
    bring: str
    how: str
    first_at: datetime | None
    has_most: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingOffer:
    """All that a practice offers online to this patient, and what it says before (REQ 72)."""

    intro_text: str
    kinds: tuple[OfferedKind, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BookFor:
    """Somebody for whom the one who signed in may act."""

    person_id: PersonId
    name: str
    age: int


class AnswersRefused(AgendaRefused):
    """Answers that do not fit their questions; `faults` has a sentence per place of a question."""

    def __init__(self, message: str, *, faults: Mapping[int, str]) -> None:
        super().__init__(message)
        self.faults = faults
