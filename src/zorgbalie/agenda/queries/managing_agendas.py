"""Agendas as the manager sees them (REQ 73, 74; R11)."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from zorgbalie.agenda.models import Agenda, WeekBlock
from zorgbalie.agenda.queries.managing import READ, check_agenda_manager
from zorgbalie.agenda.types import AgendaId, ReleasePlan
from zorgbalie.agenda.types.managing import Choices, ManagedAgenda
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.teams import list_team


def list_managed_agendas(*, viewer: Viewer) -> tuple[ManagedAgenda, ...]:
    """All agendas of the own practice in their order at the desk, those out of use last.

    Raises NotAllowed, NotVisible.
    """
    rows = own_agendas(practice_id=check_agenda_manager(viewer=viewer, event=READ))
    return tuple(agenda_of(row) for row in rows.order_by("-is_active", "position", "name", "pk"))


def get_managed_agenda(*, viewer: Viewer, agenda_id: AgendaId) -> ManagedAgenda:
    """One of them. Raises NotAllowed, NotVisible."""
    row = own_agendas(practice_id=check_agenda_manager(viewer=viewer, event=READ)).filter(pk=agenda_id).first()
    if row is None:
        raise NotVisible("agenda")
    return agenda_of(row)


def has_pattern(*, viewer: Viewer, agenda_id: AgendaId, now: datetime) -> bool:
    """Whether blocks of it hold today or later: then it takes no pattern over. Raises NotAllowed, NotVisible."""
    get_managed_agenda(viewer=viewer, agenda_id=agenda_id)
    return running_blocks(agenda_id=agenda_id, today=local_date(now)).exists()


def list_choices(*, viewer: Viewer, now: datetime) -> Choices:
    """To whom an agenda can belong. Raises NotAllowed, NotVisible."""
    return choices_of(practice_id=check_agenda_manager(viewer=viewer, event=READ), today=local_date(now))


def choices_of(*, practice_id: PracticeId, today: date) -> Choices:
    """The same for this app."""
    accounts = practices.list_accounts(practice_id=practice_id)
    team = list_team(practice_id=practice_id, today=today)
    return Choices(
        accounts=tuple((int(one.account_id), one.name) for one in accounts if one.is_active),
        employees=tuple((int(one.employee_id), one.name) for one in team),
    )


def own_agendas(*, practice_id: PracticeId) -> "QuerySet[Agenda]":
    """The rows of a practice; for this app."""
    return Agenda.objects.filter(practice_id=practice_id)


def running_blocks(*, agenda_id: int, today: date) -> "QuerySet[WeekBlock]":
    """The blocks of an agenda that hold today or later; for this app."""
    return WeekBlock.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), agenda_id=agenda_id)


def agenda_of(row: Agenda) -> ManagedAgenda:
    """A row as the manager receives it."""
    return ManagedAgenda(
        agenda_id=AgendaId(row.pk),
        name=row.name,
        function=row.function,
        account_id=row.account_id,
        employee_id=row.employee_id,
        urgent_reserve=row.urgent_reserve,
        release_plan=ReleasePlan(row.release_plan),
        days_ahead=row.days_ahead,
        is_active=row.is_active,
        revision=row.revision,
    )
