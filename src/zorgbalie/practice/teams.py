"""Who works at a practice today, and with which rights: for whom work can be put on a list (REQ 42)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zorgbalie.kernel import memory
from zorgbalie.kernel.ids import EmployeeId, PracticeId
from zorgbalie.practice.models import Employee


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamMember:
    """An employee at work, with the rights as stored."""

    employee_id: EmployeeId
    name: str
    rights: frozenset[str]


def list_team(*, practice_id: PracticeId, today: date) -> list[TeamMember]:
    """Everybody at work at the practice today, by name; one query."""
    rows = Employee.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        practice_id=practice_id,
        starts_on__lte=today,
        user__is_active=True,
    )
    team = [
        TeamMember(employee_id=EmployeeId(pk), name=name, rights=frozenset(rights))
        for pk, name, rights in rows.order_by("name", "pk").values_list("pk", "name", "rights")
    ]
    for one in team:
        memory.keep(key=("employee name", one.employee_id), value=one.name)
    return team
