"""Changes of the person register."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.people.models import Person, SignInReplay
from zorgbalie.people.types import BsnTaken, Contact, NewPerson


def remember_sign_in(*, digest: str, until: datetime) -> bool:
    """Keep the digest of a used answer; False when it was there. Atomic by the primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_signinreplay (key_digest, until) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [digest, until],
        )
        return bool(cursor.rowcount == 1)


def forget_old_sign_ins(*, now: datetime) -> int:
    """Clear answers that could not be used again anyway; returns how many."""
    deleted, _ = SignInReplay.objects.filter(until__lt=now).delete()
    return deleted


def set_verified_email(*, person_id: PersonId, email: str, now: datetime) -> None:
    """The e-mail address of a person, who has just proved to read it (security row 63)."""
    Person.objects.filter(pk=person_id).update(email=email, email_verified_at=now)


def set_mobile(*, person_id: PersonId, number: str) -> None:
    """The mobile number of a person, who has just proved to read it; empty takes it away (security row 63)."""
    Person.objects.filter(pk=person_id).update(mobile=number)


def set_language(*, person_id: PersonId, language: str) -> None:
    """In which language the person is written to (nl, en)."""
    Person.objects.filter(pk=person_id).update(language=language)


def register_person(
    *, person: NewPerson, bsn: Bsn, contact: Contact, practice_id: PracticeId, now: datetime
) -> PersonId:
    """A new person whose BSN the practice checked against an identity document (security row 64).

    Raises BsnTaken.
    """
    try:
        with transaction.atomic():
            row = Person.objects.create(
                bsn=bsn,
                bsn_verified_at=now,
                initials=person.initials,
                given_name=person.given_name,
                name_prefix=person.name_prefix,
                family_name=person.family_name,
                birth_date=person.birth_date,
                sex=person.sex,
                registered_by_practice_id=practice_id,
                **_contact_values(contact, now),
            )
    except IntegrityError as error:
        raise BsnTaken("bsn") from error
    return PersonId(row.pk)


def verify_bsn(*, person_id: PersonId, now: datetime) -> bool:
    """Note that the practice checked the identity of a person whose BSN came from elsewhere; once."""
    rows = Person.objects.filter(pk=person_id, bsn__isnull=False, bsn_verified_at__isnull=True)
    return rows.update(bsn_verified_at=now) == 1


def change_contact(*, person_id: PersonId, contact: Contact, now: datetime) -> bool:
    """How a person is reached; a changed address counts as unchecked unless the practice checked it again (A7)."""
    row = Person.objects.select_for_update().filter(pk=person_id).first()
    if row is None:
        return False
    values = _contact_values(contact, now)
    if contact.email_checked and row.email == contact.email and row.email_verified_at:
        values["email_verified_at"] = row.email_verified_at
    return Person.objects.filter(pk=person_id).update(**values) == 1


def _contact_values(contact: Contact, now: datetime) -> dict[str, object]:
    return {
        "email": contact.email,
        "email_verified_at": now if contact.email and contact.email_checked else None,
        "phone": contact.phone,
        "street": contact.address.street,
        "house_number": contact.address.house_number,
        "postcode": contact.address.postcode,
        "city": contact.address.city,
    }
