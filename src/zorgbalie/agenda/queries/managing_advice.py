"""The advice on the settings page: what patients see now, and what to mend (ux 44). No patient data.

The agendas are loaded once, so it costs the same number of queries however much is booked.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from zorgbalie.agenda.models import AppointmentKind
from zorgbalie.agenda.queries.managing import READ, check_agenda_manager, hidden_accounts
from zorgbalie.agenda.queries.managing_agendas import own_agendas
from zorgbalie.agenda.queries.managing_kinds import own_kinds
from zorgbalie.agenda.queries.schedules import load_agendas, rules_of
from zorgbalie.agenda.rules import advice as rules
from zorgbalie.agenda.rules import free
from zorgbalie.agenda.types.managing import Advice, Notice, Warned
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer


def get_advice(*, viewer: Viewer, now: datetime) -> Advice:
    """What patients of the own practice see at this moment. Raises NotAllowed, NotVisible. Source: ux 44, R11."""
    practice_id = check_agenda_manager(viewer=viewer, event=READ)
    kinds = list(own_kinds(practice_id=practice_id).filter(is_active=True, is_online=True).order_by("position", "pk"))
    names = dict(own_agendas(practice_id=practice_id).filter(is_active=True).values_list("pk", "name"))
    today = local_date(now)
    weeks = rules.weeks_of(today=today)
    ahead = min(rules.SEARCHED_DAYS, max((one.days_ahead for one in kinds), default=0))
    until = max(weeks.next[-1], today + timedelta(days=ahead))
    agendas = load_agendas(practice_id=practice_id, first=today, until=until, now=now) if names else ()
    shown = [rules.Named(number=one.agenda_id, name=names[one.agenda_id]) for one in agendas]
    named_kinds = [(rules.Named(number=one.pk, name=one.name), rules_of(one)) for one in kinds]
    advised = rules.advise_kinds(kinds=named_kinds, agendas=agendas, weeks=weeks, now=now)
    of_kinds = (
        warned
        for one, found in zip(kinds, advised, strict=True)
        for warned in rules.warnings_of_kind(kind=rules_of(one), advice=found, agendas=agendas, weeks=weeks, now=now)
    )
    of_agendas = (
        warned
        for named, one in zip(shown, agendas, strict=True)
        for warned in rules.warnings_of_agenda(named=named, agenda=one, weeks=weeks)
    )
    return Advice(
        kinds=advised,
        agendas=tuple(
            rules.advise_agenda(named=named, agenda=one, weeks=weeks, now=now)
            for named, one in zip(shown, agendas, strict=True)
        ),
        warnings=(
            *_of_practice(practice_id, agendas, kinds),
            *of_kinds,
            *of_agendas,
            *rules.all_at_once(agendas=list(zip(shown, agendas, strict=True))),
        ),
    )


def _of_practice(
    practice_id: PracticeId, agendas: Sequence[free.Agenda], kinds: Sequence[AppointmentKind]
) -> Iterator[Warned]:
    hidden = hidden_accounts(practice_id=practice_id)
    if hidden is None:
        yield Warned(notice=Notice.FACILITY_OFF)
    for account_id, name in hidden or ():
        yield Warned(notice=Notice.HIDDEN_FROM, name=name, account_id=account_id)
    if not agendas:
        yield Warned(notice=Notice.NO_AGENDA)
    if not kinds:
        yield Warned(notice=Notice.NO_KIND)
