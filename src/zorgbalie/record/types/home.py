"""What every page of the portal shows around its content: the practice, for whom, and which parts are open."""

from dataclasses import dataclass

from zorgbalie.access.types import DataKind, OnlineState
from zorgbalie.kernel.ids import PersonId
from zorgbalie.practice.types import PracticeCard


@dataclass(frozen=True, kw_only=True, slots=True)
class Represented:
    """Somebody for whom the person who signed in may act; `age` in whole years."""

    person_id: PersonId
    name: str
    age: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientShell:
    """The frame: `practice` is the one to turn to (None without one), the GP practice where there is one; `kinds` are
    open now at any practice; `acting_for` is who is helped.
    """

    practice: PracticeCard | None
    name: str
    acting_for: Represented | None
    kinds: frozenset[DataKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPlace:
    """A practice of which something is open to the patient."""

    practice: PracticeCard
    kinds: frozenset[DataKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientHome:
    """The first page: where the patient stands with the own record, and for whom else one may act."""

    state: OnlineState
    represented: tuple[Represented, ...]
