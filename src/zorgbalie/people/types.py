"""What others receive from the person register."""

from dataclasses import dataclass
from datetime import date, datetime

from zorgbalie.kernel.errors import ZorgbalieError
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
    mobile: str = ""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonProfile:
    """A person's own data for the practice's card; of the BSN only the last three digits."""

    person_id: PersonId
    full_name: str
    initials: str
    given_name: str
    name_prefix: str
    family_name: str
    birth_date: date
    sex: str
    masked_bsn: str
    bsn_verified_at: datetime | None
    email: str
    email_verified_at: datetime | None
    phone: str
    address: PostalAddress
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How a person is reached. `email_checked`: the practice checked the address with the person (A7)."""

    email: str = ""
    email_checked: bool = False
    phone: str = ""
    address: PostalAddress = PostalAddress()


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """Who is to be registered, as it stands on the identity document."""

    initials: str
    given_name: str
    name_prefix: str
    family_name: str
    birth_date: date
    sex: str


class BsnTaken(ZorgbalieError):
    """The register has this BSN already, at a row that is not visible here or is not verified."""
