"""What the manager does with kinds of appointment: make, change, order, open online, archive (REQ 37, 72).

What is booked stays as it was booked: its name, time and length are the appointment's own.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.agenda.actions.managing_rows import Detail, lock_row, log_setting, move_row, next_position, store_row
from zorgbalie.agenda.models import AppointmentKind, AppointmentKindQuestion
from zorgbalie.agenda.queries.managing import check_agenda_manager
from zorgbalie.agenda.queries.managing_kinds import PLAIN, own_kinds
from zorgbalie.agenda.rules.managing import wrong_field_of_kind
from zorgbalie.agenda.types import AppointmentKindId
from zorgbalie.agenda.types.managing import MOST_KINDS, ManagedKind, SettingRefused
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.questions import Question
from zorgbalie.kernel.viewer import Viewer

_SAVED = "agenda.kind_saved"


@deed()
@transaction.atomic
def save_kind(*, viewer: Viewer, kind: ManagedKind) -> AppointmentKindId:
    """Store a new kind, or other values of one; `revision` is of the form that was opened.

    Raises NotAllowed, NotVisible, SettingRefused, ChangedMeanwhile. Audit: `agenda.kind_saved`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event=_SAVED)
    wrong = wrong_field_of_kind(kind=kind)
    if wrong:
        raise SettingRefused(_("Dit kan zo niet worden opgeslagen. Kijk het na."), field=wrong)
    rows = own_kinds(practice_id=practice_id)
    if kind.kind_id is None:
        full = _("U hebt het grootste aantal soorten. Gebruik er een opnieuw die uit staat.")
        place = next_position(rows=rows, most=MOST_KINDS, sentence=full)
        row = AppointmentKind(practice_id=practice_id, position=place)
    else:
        row = lock_row(rows=rows, pk=kind.kind_id, revision=kind.revision)
    for name in PLAIN:
        setattr(row, name, getattr(kind, name))
    row.mode = kind.mode.value
    row.is_online = kind.is_online and row.is_active  # what is put away is never online
    store_row(row=row, taken=_("Er is al een soort afspraak met deze naam."))
    _store_questions(row, kind.questions)
    detail: Detail = {"name": row.name, "is_online": row.is_online, "questions": len(kind.questions)}
    log_setting(viewer=viewer, event=_SAVED, row=row, is_new=kind.kind_id is None, detail=detail)
    return AppointmentKindId(row.pk)


@deed()
@transaction.atomic
def move_kind(*, viewer: Viewer, kind_id: AppointmentKindId, up: bool) -> None:
    """Put a kind one place higher or lower. Raises NotAllowed, NotVisible. Audit: `agenda.kind_moved`."""
    practice_id = check_agenda_manager(viewer=viewer, event="agenda.kind_moved")
    rows = own_kinds(practice_id=practice_id)
    place = move_row(rows=rows, pk=kind_id, up=up)
    if place is not None:
        log_setting(viewer=viewer, event="agenda.kind_moved", row=rows.get(pk=kind_id), detail={"place": place})


@deed()
@transaction.atomic
def switch_kind(*, viewer: Viewer, kind_id: AppointmentKindId, is_online: bool) -> None:
    """Open a kind online, or no longer; what is booked stays. Twice is once.

    Raises NotAllowed, NotVisible, SettingRefused for one that is archived. Audit: `agenda.kind_saved`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event=_SAVED)
    row = lock_row(rows=own_kinds(practice_id=practice_id), pk=kind_id, revision=None)
    if row.is_online == is_online:
        return
    if is_online and not row.is_active:
        raise SettingRefused(_("Deze soort is gearchiveerd. Haal hem eerst terug."))
    row.is_online = is_online
    row.revision += 1
    row.save(update_fields=["is_online", "revision"])
    log_setting(viewer=viewer, event=_SAVED, row=row, detail={"name": row.name, "is_online": is_online})


@deed()
@transaction.atomic
def archive_kind(*, viewer: Viewer, kind_id: AppointmentKindId, is_active: bool) -> None:
    """Put a kind away, or take it back, offline; nobody books one that is away. What is booked stays. Twice is once.

    Raises NotAllowed, NotVisible. Audit: `agenda.kind_archived`.
    """
    practice_id = check_agenda_manager(viewer=viewer, event="agenda.kind_archived")
    row = lock_row(rows=own_kinds(practice_id=practice_id), pk=kind_id, revision=None)
    if row.is_active == is_active:
        return
    row.is_active, row.is_online = is_active, False
    row.revision += 1
    row.save(update_fields=["is_active", "is_online", "revision"])
    detail: Detail = {"name": row.name, "is_active": is_active}
    log_setting(viewer=viewer, event="agenda.kind_archived", row=row, detail=detail)


@deed()
@transaction.atomic
def add_example_kinds(*, viewer: Viewer, examples: Iterable[ManagedKind]) -> int:
    """Add those examples of which the practice has no kind with that name; returns how many. Twice is once.

    Raises NotAllowed, NotVisible, SettingRefused. Audit: `agenda.kind_saved` for each.
    """
    practice_id = check_agenda_manager(viewer=viewer, event=_SAVED)
    known = set(own_kinds(practice_id=practice_id).values_list("name", flat=True))
    added = [one for one in examples if one.name not in known]
    for one in added:
        save_kind(viewer=viewer, kind=one)
    return len(added)


def _store_questions(row: AppointmentKind, questions: tuple[Question, ...]) -> None:
    row.questions.all().delete()
    AppointmentKindQuestion.objects.bulk_create(
        AppointmentKindQuestion(
            practice_id=row.practice_id,
            kind_of=row,
            place=place,
            label=one.label,
            kind=one.kind.value,
            help_text=one.help_text,
            choices=list(one.choices),
            unit=one.unit,
            is_optional=one.is_optional,
            may_be_unknown=one.may_be_unknown,
        )
        for place, one in enumerate(questions, start=1)
    )
