"""Reads of the practice register, for the gate, the care apps and the middleware of the desk."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import AccountId, EmployeeId, GroupId, PersonId, PracticeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.people import queries as people
from zorgbalie.practice import rules
from zorgbalie.practice.calendars import week_of_row
from zorgbalie.practice.models import Account, Employee, EmployeeGroup, Enrolment, Practice, StaffUser
from zorgbalie.practice.rules import PRACTICE_FIELDS
from zorgbalie.practice.types import (
    AccountDetails,
    AccountName,
    Colleague,
    EmployeeDetails,
    Employment,
    Facility,
    GroupDetails,
    PracticeCard,
    PracticeKind,
    PracticeSettings,
    Relation,
    ReleaseMode,
    ReleaseSettings,
    ShowingRules,
)


def find_relation(*, person_id: PersonId, practice_id: PracticeId) -> Relation:
    """Enrolment and settings in at most two queries.

    Facilities are those of the doctor's account where the patient is enrolled; without one, only what every active
    account of the practice has switched on (the closed side, R14).
    """
    enrolment = find_running_row(person_id=person_id, practice_id=practice_id)
    practice = enrolment.practice if enrolment else _find_practice_row(practice_id)
    if practice is None:
        return Relation()
    return Relation(
        enrolled=enrolment is not None,
        practice_kind=practice.kind,
        online_access=enrolment.online_access if enrolment else "",
        online_access_since=practice.online_access_since,
        results_months=practice.results_months,
        facilities=_facilities(enrolment) if enrolment else frozenset(),
    )


def find_running_row(*, person_id: PersonId, practice_id: PracticeId) -> Enrolment | None:
    """The running enrolment with practice, person and account; for this app's reads."""
    return next((row for row in _running_rows(person_id) if row.practice_id == practice_id), None)


def find_enrolment_account(*, person_id: PersonId, practice_id: PracticeId) -> AccountName | None:
    """The account in use with which a patient is enrolled here: the own doctor."""
    row = find_running_row(person_id=person_id, practice_id=practice_id)
    if row is None or row.account is None or not row.account.is_active:
        return None
    return AccountName(account_id=AccountId(row.account.pk), name=row.account.name)


def list_enrolment_accounts(*, person_ids: Iterable[int], practice_id: PracticeId) -> dict[int, AccountName]:
    """The account in use with which each of these patients is enrolled here, in one query."""
    rows = Enrolment.objects.filter(
        person_id__in=set(person_ids), practice_id=practice_id, ended_at__isnull=True, account__is_active=True
    )
    found = rows.values_list("person_id", "account_id", "account__name")
    return {person: AccountName(account_id=AccountId(pk), name=name) for person, pk, name in found if pk}


def _running_rows(person_id: PersonId) -> list[Enrolment]:
    """All running enrolments of a person, GP practice first, in one query with all that hangs on them."""
    return memory.remembered(key=("enrolments", person_id), read=lambda: _read_running_rows(person_id))


def _read_running_rows(person_id: PersonId) -> list[Enrolment]:
    rows = Enrolment.objects.filter(person_id=person_id, ended_at__isnull=True)
    found = list(
        rows.select_related("practice__opening", "person", "account").order_by("practice__kind", "practice__name")
    )
    for row in found:
        memory.keep(key=("practice", row.practice_id), value=row.practice)
        people.note_row(row=row.person)
    return found


def _find_practice_row(practice_id: PracticeId) -> Practice | None:
    return memory.remembered(
        key=("practice", practice_id),
        read=lambda: Practice.objects.select_related("opening").filter(pk=practice_id).first(),
    )


def _get_practice_row(practice_id: PracticeId) -> Practice:
    row = _find_practice_row(practice_id)
    if row is None:
        raise Practice.DoesNotExist(practice_id)
    return row


def _facilities(enrolment: Enrolment) -> frozenset[str]:
    if enrolment.account is not None:
        return frozenset(enrolment.account.facilities) if enrolment.account.is_active else frozenset()
    switched = memory.remembered(
        key=("facilities", enrolment.practice_id), read=lambda: _read_facilities(enrolment.practice_id)
    )
    return frozenset.intersection(*switched) if switched else frozenset()


def _read_facilities(practice_id: int) -> list[frozenset[str]]:
    each = Account.objects.filter(practice_id=practice_id, is_active=True)
    return [frozenset(facilities) for facilities in each.values_list("facilities", flat=True)]


def list_enrolled_practices(*, person_id: PersonId) -> list[PracticeCard]:
    """The practices where a person is enrolled now, GP practice first."""
    return [practice_card(row.practice) for row in _running_rows(person_id)]


def get_practice_card(*, practice_id: PracticeId) -> PracticeCard:
    """What the practice shows of itself. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    return practice_card(_get_practice_row(practice_id))


def get_showing_rules(*, practice_id: PracticeId) -> ShowingRules:
    """What the practice shows of a record. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    row = _get_practice_row(practice_id)
    return ShowingRules(
        online_access_since=row.online_access_since,
        results_months=row.results_months,
        closed_with_attention=row.show_closed_with_attention,
        closed_without_attention=row.show_closed_without_attention,
    )


def get_release_settings(*, practice_id: PracticeId) -> ReleaseSettings:
    """How requests are handled. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    row = _get_practice_row(practice_id)
    return ReleaseSettings(mode=ReleaseMode(row.release_mode), automatic_notifies=row.automatic_release_notifies)


def list_employee_names(*, employee_ids: Iterable[int]) -> dict[int, str]:
    """Names of employees by id, in one query."""
    return memory.remembered_many(kind="employee name", ids=employee_ids, read=_read_employee_names)


def _read_employee_names(ids: set[int]) -> dict[int, str]:
    return dict(Employee.objects.filter(pk__in=ids).values_list("pk", "name"))


def practice_card(row: Practice) -> PracticeCard:
    """A row as others receive it."""
    return PracticeCard(
        practice_id=PracticeId(row.pk),
        kind=PracticeKind(row.kind),
        name=row.name,
        phone=row.phone,
        urgent_phone=row.urgent_phone,
        opening_hours=row.opening_hours,
        week=week_of_row(getattr(row, "opening", None)),
        out_of_hours_name=row.out_of_hours_name,
        out_of_hours_phone=row.out_of_hours_phone,
        address=f"{row.street} {row.house_number}, {row.postcode} {row.city}".strip(" ,"),
        brand_color=row.brand_color,
        welcome_text=row.welcome_text,
        email=row.email,
    )


def find_staff_user(*, email: str) -> StaffUserId | None:
    """The sign-in user with this address."""
    found = StaffUser.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    return StaffUserId(found) if found else None


def list_employments(*, user_id: StaffUserId, today: date) -> list[Employment]:
    """Where a user works today, in one query; read anew at each request, so that a leaver is out at once (row 13)."""
    accounts = Account.objects.filter(members=OuterRef("pk"), is_active=True).order_by("name", "pk")
    rows = (
        Employee.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            user_id=user_id,
            user__is_active=True,
            starts_on__lte=today,
        )
        .select_related("practice")
        .annotate(account_ids=ArraySubquery(accounts.values("pk")))
        .annotate(account_names=ArraySubquery(accounts.values("name")))
        .order_by("practice__name", "pk")
    )
    return [_employment(row) for row in rows]


def _employment(row: Any) -> Employment:
    known = {right.value for right in StaffRight}
    return Employment(
        employee_id=EmployeeId(row.pk),
        practice_id=PracticeId(row.practice_id),
        practice_name=row.practice.name,
        name=row.name,
        employee_code=row.employee_code,
        role=StaffRole(row.role),
        rights=frozenset(StaffRight(right) for right in row.rights if right in known),
        account_ids=tuple(AccountId(pk) for pk in row.account_ids),
        account_names=tuple(row.account_names),
        idle_minutes=row.practice.staff_idle_minutes,
        brand_color=row.practice.brand_color,
        is_pharmacy=row.practice.kind == PracticeKind.PHARMACY,
    )


def list_colleagues(*, practice_id: PracticeId, right: StaffRight, today: date) -> list[Colleague]:
    """Who works at the practice today and holds a right, by name (sharing a work note, REQ 59)."""
    rows = Employee.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        practice_id=practice_id,
        rights__contains=[right.value],
        starts_on__lte=today,
    )
    return [
        Colleague(employee_id=EmployeeId(row.pk), name=row.name, role=StaffRole(row.role))
        for row in rows.order_by("name", "pk")
    ]


def list_own_account_ids(*, employee_id: EmployeeId) -> list[int]:
    """The accounts for which an employee works."""
    return list(Account.objects.filter(members=employee_id).values_list("pk", flat=True))


def list_account_names(*, account_ids: Iterable[int]) -> dict[int, str]:
    """Names of accounts by id; no query for none."""
    ids = set(account_ids)
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


# The practice's own administration (office). The caller has checked the right.


def find_practice(*, name: str, kind: PracticeKind) -> PracticeId | None:
    """The practice of this kind with this name."""
    found = Practice.objects.filter(name__iexact=name.strip(), kind=kind).values_list("pk", flat=True).first()
    return PracticeId(found) if found else None


def find_practice_kind(*, practice_id: PracticeId) -> PracticeKind | None:
    """Whether there is such a practice, and of what kind."""
    found = Practice.objects.filter(pk=practice_id).values_list("kind", flat=True).first()
    return PracticeKind(found) if found else None


def get_practice_settings(*, practice_id: PracticeId, lock: bool = False) -> PracticeSettings:
    """All settings of a practice. `lock` keeps others from saving until this unit of work ends."""
    rows = Practice.objects.select_for_update() if lock else Practice.objects.all()
    row = rows.get(pk=practice_id)
    values = {name: getattr(row, name) for name in PRACTICE_FIELDS}
    return PracticeSettings(
        practice_id=PracticeId(row.pk), kind=PracticeKind(row.kind), values=values, version=rules.version_of(values)
    )


def list_accounts(*, practice_id: PracticeId) -> list[AccountDetails]:
    """All accounts of a practice, those in use first."""
    rows = Account.objects.filter(practice_id=practice_id).order_by("-is_active", "name", "pk")
    return [account_details(row) for row in rows]


def count_enrolled(*, account_ids: Iterable[int]) -> dict[int, int]:
    """How many patients are enrolled now, per account."""
    running = Enrolment.objects.filter(account_id__in=set(account_ids), ended_at__isnull=True)
    return dict(running.values_list("account_id").annotate(count=Count("pk")))


def account_details(row: Account) -> AccountDetails:
    """A row as others receive it."""
    known = {facility.value for facility in Facility}
    return AccountDetails(
        account_id=AccountId(row.pk),
        name=row.name,
        function=row.function,
        agb=row.agb,
        is_active=row.is_active,
        facilities=frozenset(Facility(value) for value in row.facilities if value in known),
        version=rules.version_of(
            {"name": row.name, "function": row.function, "agb": row.agb, "active": row.is_active,
             "facilities": sorted(row.facilities)}
        ),
    )  # fmt: skip


def list_employees(*, practice_id: PracticeId) -> list[EmployeeDetails]:
    """Everybody who works or worked at a practice. Three queries, however many there are."""
    return [employee_details(row) for row in _employee_rows(practice_id)]


def find_employee(*, practice_id: PracticeId, employee_id: EmployeeId) -> EmployeeDetails | None:
    """One employee of this practice; None for a stranger."""
    row = _employee_rows(practice_id).filter(pk=employee_id).first()
    return employee_details(row) if row else None


def _employee_rows(practice_id: PracticeId) -> QuerySet[Employee]:
    rows = Employee.objects.filter(practice_id=practice_id).select_related("user")
    return rows.prefetch_related("accounts").order_by("name", "pk")


def employee_details(row: Employee) -> EmployeeDetails:
    """A row as the manager receives it."""
    accounts = sorted(row.accounts.all(), key=lambda account: account.name)
    known = {right.value for right in StaffRight}
    return EmployeeDetails(
        employee_id=EmployeeId(row.pk),
        user_id=StaffUserId(row.user_id),
        name=row.name,
        email=row.user.email,
        employee_code=row.employee_code,
        role=StaffRole(row.role),
        rights=frozenset(StaffRight(right) for right in row.rights if right in known),
        account_ids=tuple(AccountId(account.pk) for account in accounts),
        account_names=tuple(account.name for account in accounts),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        signed_in_at=row.user.last_login,
        must_change_password=row.user.must_change_password,
        version=rules.version_of(
            {"name": row.name, "code": row.employee_code, "role": row.role, "rights": sorted(row.rights),
             "ends": row.ends_on, "accounts": sorted(account.pk for account in accounts)}
        ),
    )  # fmt: skip


def list_codes_elsewhere(*, user_id: StaffUserId, practice_id: PracticeId) -> list[str]:
    """The employee-IDs of the same person at other practices, past and present (R5)."""
    elsewhere = Employee.objects.filter(user_id=user_id).exclude(practice_id=practice_id)
    return list(elsewhere.values_list("employee_code", flat=True))


def works_elsewhere(*, user_id: StaffUserId, practice_id: PracticeId, today: date) -> bool:
    """Whether the same person works, or will work, at another practice too."""
    elsewhere = Employee.objects.filter(user_id=user_id).exclude(practice_id=practice_id)
    return elsewhere.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).exists()


def list_groups(*, practice_id: PracticeId, patients_only: bool = False) -> list[GroupDetails]:
    """The groups of a practice, with their members by name."""
    rows = EmployeeGroup.objects.filter(practice_id=practice_id).order_by("name", "pk")
    if patients_only:
        rows = rows.filter(is_visible_to_patients=True)
    return [group_details(row) for row in rows.prefetch_related("members")]


def group_details(row: EmployeeGroup) -> GroupDetails:
    """A row as others receive it."""
    members = sorted(row.members.all(), key=lambda member: member.name)
    values = {"name": row.name, "description": row.description, "visible": row.is_visible_to_patients}
    return GroupDetails(
        group_id=GroupId(row.pk),
        name=row.name,
        description=row.description,
        is_visible_to_patients=row.is_visible_to_patients,
        member_ids=tuple(EmployeeId(member.pk) for member in members),
        member_names=tuple(member.name for member in members),
        version=rules.version_of({**values, "members": sorted(member.pk for member in members)}),
    )
