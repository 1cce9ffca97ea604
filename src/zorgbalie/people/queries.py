"""Reads of the person register, for the gate and the care apps (never for faces; row-level security bounds them)."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q

from zorgbalie.kernel import memory
from zorgbalie.kernel.bsn import Bsn, mask_bsn
from zorgbalie.kernel.ids import PersonId
from zorgbalie.people.models import Person, Representation
from zorgbalie.people.types import PersonName, PersonProfile, PostalAddress, RepresentationFact


def find_person_for_bsn(*, bsn: Bsn) -> PersonId | None:
    """Who signs in with this BSN: only a person whose BSN a practice verified (security row 64).

    Runs before there is a viewer, so it asks a database function that gives one id and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_person_for_bsn(%s)", [bsn])
        row = cursor.fetchone()
    return PersonId(row[0]) if row and row[0] else None


def find_birth_date(*, person_id: PersonId) -> date | None:
    """The birth date, None for who is not there for this viewer."""
    row = _find_row(person_id)
    return row.birth_date if row else None


def find_representation(*, representative_id: PersonId, patient_id: PersonId, today: date) -> RepresentationFact | None:
    """The running representation, None when there is none. Age limits are the policy's."""
    row = (
        Representation.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            representative_id=representative_id,
            patient_id=patient_id,
            starts_on__lte=today,
        )
        .order_by("kind")
        .first()
    )
    if row is None:
        return None
    return _fact(row)


def list_represented(*, representative_id: PersonId, today: date) -> dict[PersonId, RepresentationFact]:
    """Whom a person may act for by the register, in one query; the gate still decides at each look."""
    rows = Representation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        representative_id=representative_id,
        starts_on__lte=today,
    )
    found: dict[PersonId, RepresentationFact] = {}
    for row in rows.order_by("patient_id", "kind"):
        found.setdefault(PersonId(row.patient_id), _fact(row))
    return found


def _fact(row: Representation) -> RepresentationFact:
    return RepresentationFact(
        kind=row.kind,
        child_consented=row.child_consent_at is not None,
        closed_for_safety=row.closed_for_safety_at is not None,
    )


def list_names(*, person_ids: Iterable[int]) -> dict[int, PersonName]:
    """Names by id, in at most one query; who is not visible is absent."""
    found = memory.remembered_many(kind="person", ids=person_ids, read=_read_rows)
    return {pk: person_name(row) for pk, row in found.items()}


def _read_rows(ids: set[int]) -> dict[int, Person]:
    return {row.pk: row for row in Person.objects.filter(pk__in=ids)}


def _find_row(person_id: int) -> Person | None:
    return memory.remembered_many(kind="person", ids=[person_id], read=_read_rows).get(person_id)


def note_row(*, row: Person) -> None:
    """Keep a row that another register's read brought along, for the rest of this unit of work."""
    memory.keep(key=("person", row.pk), value=row)


def list_verified_bsns(*, person_ids: Iterable[int]) -> dict[int, Bsn]:
    """The BSN that a practice verified, by id: for what needs one by law. Who has none or is not visible is absent.

    Source: Wabvpz 5 to 8 (a verified BSN).
    """
    found = memory.remembered_many(kind="person", ids=person_ids, read=_read_rows)
    return {pk: Bsn(row.bsn) for pk, row in found.items() if row.bsn and row.bsn_verified_at is not None}


def get_postal_address(*, person_id: PersonId) -> PostalAddress:
    """Where a letter goes; empty for who is not visible."""
    row = Person.objects.filter(pk=person_id).values("street", "house_number", "postcode", "city").first()
    return PostalAddress(**row) if row else PostalAddress()


def find_profile(*, person_id: PersonId) -> PersonProfile | None:
    """All that the register keeps of a person, None for who is not visible."""
    row = _find_row(person_id)
    if row is None:
        return None
    return PersonProfile(
        person_id=PersonId(row.pk),
        full_name=person_name(row).full_name,
        initials=row.initials,
        given_name=row.given_name,
        name_prefix=row.name_prefix,
        family_name=row.family_name,
        birth_date=row.birth_date,
        sex=row.sex,
        masked_bsn=mask_bsn(Bsn(row.bsn)) if row.bsn else "",
        bsn_verified_at=row.bsn_verified_at,
        email=row.email,
        email_verified_at=row.email_verified_at,
        phone=row.phone,
        address=PostalAddress(street=row.street, house_number=row.house_number, postcode=row.postcode, city=row.city),
        language=row.language,
    )


def find_visible_for_bsn(*, bsn: Bsn) -> PersonId | None:
    """Who has this BSN among those whom this viewer's practice may see, verified or not."""
    pk = Person.objects.filter(bsn=bsn).values_list("pk", flat=True).first()
    return PersonId(pk) if pk else None


def person_name(row: Person) -> PersonName:
    """A row of the register as others receive it."""
    parts = (row.given_name, row.name_prefix, row.family_name)
    return PersonName(
        person_id=PersonId(row.pk),
        full_name=" ".join(part for part in parts if part),
        birth_date=row.birth_date,
        sex=row.sex,
        language=row.language,
        email=row.email,
        email_verified=row.email_verified_at is not None,
        mobile=row.mobile,
    )
