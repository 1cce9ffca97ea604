"""Through the gate to the settings of appointments: who manages a GP practice (REQ 72, 73), and what is booked."""

from datetime import datetime
from typing import TypeVar

from django.db.models import BigIntegerField, Func, Model, QuerySet, Value

from zorgbalie.access import gate
from zorgbalie.agenda.models import Agenda, AppointmentKind
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.types import AgendaId, AgendaRules, AppointmentKindId
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility, PracticeKind

READ = "agenda.settings_read"
_Row = TypeVar("_Row", bound=Model)


def check_agenda_manager(*, viewer: Viewer, event: str) -> PracticeId:
    """The GP practice that this viewer manages; a pharmacy has no agenda. Raises NotAllowed, NotVisible.

    Audit: `event`, for a refusal.
    """
    practice_id = gate.check_manager(viewer=viewer, event=event)
    if practices.find_practice_kind(practice_id=practice_id) is not PracticeKind.GP:
        raise NotVisible("agenda")
    return practice_id


def get_managed_rules(*, viewer: Viewer) -> AgendaRules:
    """The texts and switches of the own practice. Raises NotAllowed, NotVisible. Source: REQ 72, 73."""
    return get_rules(practice_id=check_agenda_manager(viewer=viewer, event=READ))


def list_hidden_accounts(*, viewer: Viewer) -> tuple[tuple[int, str], ...] | None:
    """Accounts in use whose patients see no appointments (R14); None where no account has them on.

    Raises NotAllowed, NotVisible.
    """
    return hidden_accounts(practice_id=check_agenda_manager(viewer=viewer, event=READ))


def hidden_accounts(*, practice_id: PracticeId) -> tuple[tuple[int, str], ...] | None:
    """The same for this app."""
    accounts = [one for one in practices.list_accounts(practice_id=practice_id) if one.is_active]
    hidden = tuple((int(one.account_id), one.name) for one in accounts if Facility.E_APPOINTMENT not in one.facilities)
    return None if len(hidden) == len(accounts) else hidden


def count_coming_of_kind(*, viewer: Viewer, kind_id: AppointmentKindId, now: datetime) -> int:
    """How many booked appointments of a kind are still to come. Raises NotAllowed, NotVisible."""
    practice_id = check_agenda_manager(viewer=viewer, event=READ)
    return coming(rows=AppointmentKind.objects.filter(pk=kind_id, practice_id=practice_id), kind_id=kind_id, now=now)


def count_coming_at_agenda(*, viewer: Viewer, agenda_id: AgendaId, now: datetime) -> int:
    """How many booked appointments are still to come in an agenda. Raises NotAllowed, NotVisible."""
    practice_id = check_agenda_manager(viewer=viewer, event=READ)
    return coming(rows=Agenda.objects.filter(pk=agenda_id, practice_id=practice_id), agenda_id=agenda_id, now=now)


def coming(*, rows: "QuerySet[_Row]", now: datetime, kind_id: int | None = None, agenda_id: int | None = None) -> int:
    """The same for this app. A manager may not see the appointments themselves: the database tells the number."""
    asked = (Value(one, output_field=BigIntegerField()) for one in (agenda_id, kind_id))
    number = Func(*asked, Value(now), function="wall_coming_appointments", output_field=BigIntegerField())
    found = rows.order_by().annotate(coming=number).values_list("coming", flat=True).first()
    if found is None:
        raise NotVisible("agenda")
    return int(found)
