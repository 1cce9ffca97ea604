"""What a practice decided about billing."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_PATIENT_TEXT = 300


class Rounding(StrEnum):
    """How time is counted before a code is proposed. Values are stored."""

    EXACT = "exact"
    UP = "up"
    NEAREST = "nearest"


class ConfirmedBy(StrEnum):
    """Who of those with the right to bill may confirm. Values are stored."""

    ALL = "all"
    DOCTORS = "doctors"


@dataclass(frozen=True, kw_only=True, slots=True)
class BillingRules:
    """What holds at a practice. `patient_text`: the practice's own sentence for patients, empty for none."""

    is_on: bool = False
    rounding: Rounding = Rounding.EXACT
    confirmed_by: ConfirmedBy = ConfirmedBy.ALL
    proposes_at_close: bool = True
    patient_text: str = ""
    revision: int = 0
