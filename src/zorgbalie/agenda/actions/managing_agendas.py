"""What the manager does with agendas: make, change, order, put out of use, copy (REQ 73, 74; R11).

No change here touches what is booked.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.agenda.actions.managing_rows import Detail, lock_row, log_setting, move_row, next_position, store_row
from zorgbalie.agenda.models import Agenda, WeekBlock
from zorgbalie.agenda.queries.managing import check_agenda_manager, coming
from zorgbalie.agenda.queries.managing_agendas import choices_of, own_agendas, running_blocks
from zorgbalie.agenda.rules.managing import wrong_field_of_agenda
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.managing import MOST_AGENDAS, ManagedAgenda, SettingRefused, StillBooked
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer

_SAVED = "agenda.agenda_saved"
_COPIED = ("urgent_reserve", "release_plan", "days_ahead")


@deed()
@transaction.atomic
def save_agenda(*, viewer: Viewer, agenda: ManagedAgenda, now: datetime) -> AgendaId:
    """Store a new agenda, or other values of one; `revision` is of the form that was opened.

    Raises NotAllowed, NotVisible, SettingRefused, ChangedMeanwhile. Audit: `agenda.agenda_saved`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event=_SAVED)
    wrong = wrong_field_of_agenda(agenda=agenda)
    if wrong:
        raise SettingRefused(_("Dit kan zo niet worden opgeslagen. Kijk het na."), field=wrong)
    rows = own_agendas(practice_id=practice_id)
    if agenda.agenda_id is None:
        full = _("U hebt het grootste aantal agenda’s. Gebruik er een opnieuw die uit gebruik is.")
        row = Agenda(practice_id=practice_id, position=next_position(rows=rows, most=MOST_AGENDAS, sentence=full))
    else:
        row = lock_row(rows=rows, pk=agenda.agenda_id, revision=agenda.revision)
    _check_owners(practice_id, row, agenda, now)
    row.name, row.function = agenda.name, agenda.function
    row.account_id, row.employee_id = agenda.account_id, agenda.employee_id
    row.urgent_reserve, row.days_ahead = agenda.urgent_reserve, agenda.days_ahead
    row.release_plan = agenda.release_plan.value
    store_row(row=row, taken=_("Er is al een agenda met deze naam."))
    detail: Detail = {"name": row.name, "urgent_reserve": row.urgent_reserve, "release_plan": row.release_plan}
    log_setting(viewer=viewer, event=_SAVED, row=row, is_new=agenda.agenda_id is None, detail=detail)
    return AgendaId(row.pk)


@deed()
@transaction.atomic
def move_agenda(*, viewer: Viewer, agenda_id: AgendaId, up: bool) -> None:
    """Put an agenda one column to the left or right. Raises NotAllowed, NotVisible. Audit: `agenda.agenda_moved`."""
    practice_id = check_agenda_manager(viewer=viewer, event="agenda.agenda_moved")
    rows = own_agendas(practice_id=practice_id)
    place = move_row(rows=rows, pk=agenda_id, up=up)
    if place is not None:
        row = rows.get(pk=agenda_id)
        log_setting(viewer=viewer, event="agenda.agenda_moved", row=row, detail={"place": place})


@deed()
@transaction.atomic
def use_agenda(*, viewer: Viewer, agenda_id: AgendaId, is_active: bool, seen: int, now: datetime) -> None:
    """Put an agenda out of use, or back; what is booked stays. Twice is once.

    `seen`: how many coming appointments the manager was shown; another number is shown first.
    Raises NotAllowed, NotVisible, StillBooked. Audit: `agenda.agenda_used`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event="agenda.agenda_used")
    rows = own_agendas(practice_id=practice_id)
    row = lock_row(rows=rows, pk=agenda_id, revision=None)
    if row.is_active == is_active:
        return
    still = coming(rows=rows.filter(pk=agenda_id), agenda_id=agenda_id, now=now)
    if not is_active and still and still != seen:
        words = ngettext(
            "In deze agenda staat nog %(count)s afspraak. Bevestig dat u dit weet.",
            "In deze agenda staan nog %(count)s afspraken. Bevestig dat u dit weet.",
            still,
        )
        raise StillBooked(words % {"count": still}, coming=still)
    row.is_active = is_active
    row.revision += 1
    row.save(update_fields=["is_active", "revision"])
    detail: Detail = {"name": row.name, "is_active": is_active, "coming": still}
    log_setting(viewer=viewer, event="agenda.agenda_used", row=row, detail=detail)


@deed()
@transaction.atomic
def copy_agenda(*, viewer: Viewer, source_id: AgendaId, target_id: AgendaId, now: datetime) -> int:
    """Give an agenda that has no week pattern that of another, and how it opens; returns how many blocks.

    Raises NotAllowed, NotVisible, SettingRefused where it has a pattern already. Audit: `agenda.agenda_copied`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event="agenda.agenda_copied")
    rows, today = own_agendas(practice_id=practice_id), local_date(now)
    target = lock_row(rows=rows, pk=target_id, revision=None)
    source = lock_row(rows=rows, pk=source_id, revision=None)
    if target.pk == source.pk or running_blocks(agenda_id=target.pk, today=today).exists():
        raise SettingRefused(
            _("Deze agenda heeft al een weekrooster. Haal dat eerst weg, of wijzig het zelf."), field="source"
        )
    for name in _COPIED:
        setattr(target, name, getattr(source, name))
    target.revision += 1
    target.save(update_fields=[*_COPIED, "revision"])
    count = _copy_blocks(source, target, now)
    detail: Detail = {"name": target.name, "source": source.name, "blocks": count}
    log_setting(viewer=viewer, event="agenda.agenda_copied", row=target, detail=detail)
    return count


def _copy_blocks(source: Agenda, target: Agenda, now: datetime) -> int:
    blocks = list(running_blocks(agenda_id=source.pk, today=local_date(now)).order_by("pk"))
    links = WeekBlock.kinds.through
    kinds = list(links.objects.filter(weekblock__in=[one.pk for one in blocks]))
    numbers = [one.pk for one in blocks]
    for one in blocks:
        one.pk, one.agenda_id = None, target.pk
    copies = dict(zip(numbers, WeekBlock.objects.bulk_create(blocks), strict=True))
    links.objects.bulk_create(
        links(weekblock_id=copies[one.weekblock_id].pk, appointmentkind_id=one.appointmentkind_id) for one in kinds
    )
    return len(copies)


def _check_owners(practice_id: PracticeId, row: Agenda, agenda: ManagedAgenda, now: datetime) -> None:
    """Somebody of this practice; whoever stands there already may have left since."""
    choices = choices_of(practice_id=practice_id, today=local_date(now))
    if agenda.account_id not in {None, row.account_id, *(one for one, _name in choices.accounts)}:
        raise SettingRefused(_("Kies een account van deze praktijk."), field="account")
    if agenda.employee_id not in {None, row.employee_id, *(one for one, _name in choices.employees)}:
        raise SettingRefused(_("Kies iemand van deze praktijk."), field="employee")
