"""Who may ask, whom, and where: what a practice decided, and what follows for one patient."""

from dataclasses import dataclass
from enum import StrEnum

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.consult.types.threads import AboutKind
from zorgbalie.kernel.ids import PersonId, PracticeId

LONGEST_PARENT_TEXT = 300


class DoctorChoice(StrEnum):
    """Which doctors a patient can name. Values are stored."""

    NONE = "none"
    OWN = "own"
    ALL = "all"


class AskedForSomebodyElse(ConsultRefused):
    """No question can be asked for the person that was chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskRules:
    """What a practice decided about asking for a child, and about whom one can ask (REQ 8, 30, 68).

    `hidden_accounts`: doctors who are not offered, whatever `doctors` says. `parent_text` stands where a parent begins.
    """

    parents_under_12: bool = True
    parents_12_to_15: bool = True
    parent_text: str = ""
    doctors: DoctorChoice = DoctorChoice.OWN
    hidden_accounts: frozenset[int] = frozenset()
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class AskPlace:
    """A practice that takes questions of this patient."""

    practice_id: PracticeId
    name: str
    is_pharmacy: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AskFor:
    """Somebody for whom the one who signed in can ask."""

    person_id: PersonId
    name: str
    age: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """What a patient can begin. Without places one reads what the practice says, and phones."""

    places: tuple[AskPlace, ...] = ()
    parent_text: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a new question can be asked."""
        return bool(self.places)

    def places_for(self, kind: AboutKind | None) -> tuple[AskPlace, ...]:
        """Where a question about a part of the record can be asked: what only the GP practice keeps is asked there.

        A pharmacy is asked about medicines, and whatever names no part: it learns no episode or result by its title.
        """
        is_of_both = kind is None or kind is AboutKind.MEDICINE
        return tuple(one for one in self.places if is_of_both or not one.is_pharmacy)
