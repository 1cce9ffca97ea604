"""What others receive from the person register."""

from dataclasses import dataclass
from datetime import date

from zorgbalie.kernel.ids import PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """A person as shown on screens: never with the BSN."""

    person_id: PersonId
    full_name: str
    birth_date: date
    sex: str
    language: str = "nl"
    email: str = ""
    email_verified: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PostalAddress:
    """Where a letter goes; parts that are unknown are empty."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RepresentationFact:
    """That one person may act for another today."""

    kind: str
    child_consented: bool
    closed_for_safety: bool
