"""Reads of the practice register, for the gate, the care apps and the middleware of the desk."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, PracticeId, StaffUserId
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.models import Account, Employee, Enrolment, Practice, StaffUser
from zorgbalie.practice.types import (
    Colleague,
    Employment,
    PracticeCard,
    PracticeKind,
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
    practice = Practice.objects.filter(pk=practice_id).first()
    if practice is None:
        return Relation()
    enrolment = (
        Enrolment.objects.filter(practice_id=practice_id, person_id=person_id, ended_at__isnull=True)
        .select_related("account")
        .first()
    )
    return Relation(
        enrolled=enrolment is not None,
        practice_kind=practice.kind,
        online_access=enrolment.online_access if enrolment else "",
        online_access_since=practice.online_access_since,
        results_months=practice.results_months,
        facilities=_facilities(enrolment) if enrolment else frozenset(),
    )


def _facilities(enrolment: Enrolment) -> frozenset[str]:
    if enrolment.account is not None:
        return frozenset(enrolment.account.facilities) if enrolment.account.is_active else frozenset()
    each = Account.objects.filter(practice_id=enrolment.practice_id, is_active=True)
    switched = [frozenset(facilities) for facilities in each.values_list("facilities", flat=True)]
    return frozenset.intersection(*switched) if switched else frozenset()


def list_enrolled_practices(*, person_id: PersonId) -> list[PracticeCard]:
    """The practices where a person is enrolled now, GP practice first."""
    rows = Practice.objects.filter(
        pk__in=Enrolment.objects.filter(person_id=person_id, ended_at__isnull=True).values("practice_id")
    ).order_by("kind", "name")
    return [practice_card(row) for row in rows]


def get_practice_card(*, practice_id: PracticeId) -> PracticeCard:
    """What the practice shows of itself. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    return practice_card(Practice.objects.get(pk=practice_id))


def get_showing_rules(*, practice_id: PracticeId) -> ShowingRules:
    """What the practice shows of a record. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    row = Practice.objects.get(pk=practice_id)
    return ShowingRules(
        online_access_since=row.online_access_since,
        results_months=row.results_months,
        closed_with_attention=row.show_closed_with_attention,
        closed_without_attention=row.show_closed_without_attention,
    )


def get_release_settings(*, practice_id: PracticeId) -> ReleaseSettings:
    """How requests are handled. Raises Practice.DoesNotExist for an unknown id: a caller's fault."""
    row = Practice.objects.get(pk=practice_id)
    return ReleaseSettings(
        mode=ReleaseMode(row.release_mode), automatic_notifies=row.automatic_release_notifies
    )


def list_employee_names(*, employee_ids: Iterable[int]) -> dict[int, str]:
    """Names of employees by id, in one query."""
    rows = Employee.objects.filter(pk__in=set(employee_ids))
    return dict(rows.values_list("pk", "name"))


def practice_card(row: Practice) -> PracticeCard:
    """A row as others receive it."""
    return PracticeCard(
        practice_id=PracticeId(row.pk),
        kind=PracticeKind(row.kind),
        name=row.name,
        phone=row.phone,
        urgent_phone=row.urgent_phone,
        opening_hours=row.opening_hours,
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
    """Where a user works today; read anew at each request, so that a leaver is out at once (security row 13)."""
    rows = (
        Employee.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            user_id=user_id,
            user__is_active=True,
            starts_on__lte=today,
        )
        .select_related("practice")
        .prefetch_related("accounts")
        .order_by("practice__name", "pk")
    )
    return [_employment(row) for row in rows]


def _employment(row: Employee) -> Employment:
    known = {right.value for right in StaffRight}
    accounts = [account for account in row.accounts.all() if account.is_active]
    return Employment(
        employee_id=EmployeeId(row.pk),
        practice_id=PracticeId(row.practice_id),
        practice_name=row.practice.name,
        name=row.name,
        employee_code=row.employee_code,
        role=StaffRole(row.role),
        rights=frozenset(StaffRight(right) for right in row.rights if right in known),
        account_ids=tuple(AccountId(account.pk) for account in accounts),
        account_names=tuple(account.name for account in accounts),
        idle_minutes=row.practice.staff_idle_minutes,
        brand_color=row.practice.brand_color,
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
