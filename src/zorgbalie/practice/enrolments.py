"""Reads of who is enrolled where, for the desk's list of patients. Bounded by row-level security; no gate here.

Names stand in the person register, which is reached over the foreign key: one query gives a sorted page.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import AccountId, PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.practice.queries import find_running_row
from zorgbalie.practice.types import AccountName, EnrolledRow, EnrolmentFact

SORTS = {
    "name": ("person__family_name", "person__given_name", "person_id"),
    "birth_date": ("person__birth_date", "person__family_name", "person_id"),
    "since": ("starts_on", "person__family_name", "person_id"),
}


def list_enrolled(
    *,
    practice_id: PracticeId,
    words: tuple[str, ...],
    birth_date: date | None,
    sort: str,
    descending: bool,
    page: int,
) -> Listing[EnrolledRow]:
    """A page of the practice's patients, in two queries. Every word must begin the family name or the given name."""
    rows = _matching(practice_id, words, birth_date)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    order = [f"-{field}" if descending else field for field in SORTS.get(sort, SORTS["name"])]
    shown = rows.select_related("person", "account").order_by(*order)[bounds]
    return Listing(rows=tuple(_row(row) for row in shown), total=total, number=number)


def list_enrolled_ids(*, practice_id: PracticeId, words: tuple[str, ...], most: int) -> list[PersonId]:
    """Who fits the words, at most `most`: for searching other lists by name."""
    ids = _matching(practice_id, words, None).order_by("person_id").values_list("person_id", flat=True)
    return [PersonId(pk) for pk in ids[:most]]


def find_enrolment(*, person_id: PersonId, practice_id: PracticeId) -> EnrolmentFact | None:
    """The running enrolment of one patient here."""
    row = find_running_row(person_id=person_id, practice_id=practice_id)
    if row is None:
        return None
    return EnrolmentFact(
        starts_on=row.starts_on,
        account_id=AccountId(row.account_id) if row.account_id else None,
        account_name=row.account.name if row.account else "",
        online_access=row.online_access,
    )


def list_enrolled_on(*, practice_id: PracticeId, days: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """Of pairs of a patient and a day: those on which that patient was enrolled here. One query.

    The first and the last day count.
    """
    wanted = set(days)
    rows = Enrolment.objects.filter(practice_id=practice_id, person_id__in={person_id for person_id, _day in wanted})
    periods: dict[int, list[tuple[date, date]]] = {}
    for person_id, starts_on, ended_at in rows.values_list("person_id", "starts_on", "ended_at"):
        ends_on = local_date(ended_at) if ended_at else date.max
        periods.setdefault(person_id, []).append((starts_on, ends_on))
    return {
        (person_id, day)
        for person_id, day in wanted
        if any(first <= day <= last for first, last in periods.get(person_id, []))
    }


def list_accounts(*, practice_id: PracticeId) -> list[AccountName]:
    """The running accounts of a practice, to enrol a patient with."""
    rows = Account.objects.filter(practice_id=practice_id, is_active=True).order_by("name")
    return [AccountName(account_id=AccountId(row.pk), name=row.name) for row in rows]


def _matching(practice_id: PracticeId, words: tuple[str, ...], birth_date: date | None) -> "QuerySet[Enrolment]":
    rows = Enrolment.objects.filter(practice_id=practice_id, ended_at__isnull=True)
    if birth_date is not None:
        rows = rows.filter(person__birth_date=birth_date)
    for word in words:
        rows = rows.filter(
            Q(person__family_name__istartswith=word)
            | Q(person__given_name__istartswith=word)
            | Q(person__name_prefix__iexact=word)
        )
    return rows


def _row(row: Enrolment) -> EnrolledRow:
    person = row.person
    first = " ".join(part for part in (person.given_name, person.name_prefix) if part)
    return EnrolledRow(
        person_id=PersonId(person.pk),
        list_name=f"{person.family_name}, {first}" if first else person.family_name,
        birth_date=person.birth_date,
        sex=person.sex,
        bsn_verified=person.bsn_verified_at is not None,
        account_name=row.account.name if row.account else "",
        starts_on=row.starts_on,
        online_access=row.online_access,
    )
