"""What tasks of the agenda pass on: numbers, never what somebody comes for."""

from dataclasses import dataclass
from typing import NewType

from zorgbalie.agenda.types import Place
from zorgbalie.kernel.ids import PersonId, PracticeId

EarlierWishId = NewType("EarlierWishId", int)
EarlierOfferId = NewType("EarlierOfferId", int)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Something that a task does for one patient: `number` is of the appointment or the offer."""

    patient_id: PersonId
    practice_id: PracticeId
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitting:
    """Somebody who waits, and the first free place that suits."""

    wish_id: EarlierWishId
    patient_id: PersonId
    place: Place
