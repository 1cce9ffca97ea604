"""One row of the table, and what several rows have in common. Pure."""

from dataclasses import dataclass

from zorgbalie.access.policy.needs import Need
from zorgbalie.access.types import Audience, DataKind, Use


@dataclass(frozen=True, slots=True)
class Row:
    """One permission: who, what, on which conditions and on which ground."""

    kind: DataKind
    use: Use
    audience: Audience
    needs: tuple[Need, ...]
    basis: str
    source: str


ONLINE = (
    Need.LEVEL, Need.ENROLLED, Need.ONLINE_ALLOWED, Need.AGREEMENT, Need.RELEASED, Need.ONLINE_FACILITIES,
)  # fmt: skip
RECORD_KINDS: dict[DataKind, tuple[Need, ...]] = {
    DataKind.EPISODES: (Need.GP_PRACTICE,),
    DataKind.JOURNAL: (Need.GP_PRACTICE,),
    DataKind.OBSERVATIONS: (Need.GP_PRACTICE,),
    DataKind.DOCUMENTS: (Need.GP_PRACTICE,),
    DataKind.ALLERGIES: (Need.ALLERGIES_ON,),
    DataKind.MEDICATION: (Need.MEDICATION_ON,),
}
PERSONAL: dict[Audience, tuple[Need, ...]] = {
    Audience.PATIENT: (),
    Audience.CHILD_12_TO_15: (),
    Audience.PARENT_UNDER_12: (Need.NOT_CLOSED,),
    Audience.PARENT_12_TO_15: (Need.NOT_CLOSED, Need.CHILD_CONSENT),
    Audience.HELPER: (Need.NOT_CLOSED,),
}
OWN_STAFF = (Audience.OWN_GP, Audience.LOCUM, Audience.NURSE, Audience.ASSISTANT)
CARE_STAFF = (*OWN_STAFF, Audience.PHARMACY)
ALL_STAFF = (*CARE_STAFF, Audience.MANAGER)
