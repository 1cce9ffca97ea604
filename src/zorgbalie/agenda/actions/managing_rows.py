"""What changes of kinds and of agendas share: order, names that stand once, and the line in the log. For this app."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.agenda.models import Agenda, AppointmentKind
from zorgbalie.agenda.types.managing import SettingRefused
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile

_Row = TypeVar("_Row", Agenda, AppointmentKind)
_NAMES = ("agenda_name_once_in_practice", "appointment_kind_once_in_practice")
Detail = dict[str, str | int | bool | list[int]]


def lock_row(*, rows: "QuerySet[_Row]", pk: int, revision: int | None) -> _Row:
    """The row, locked, if nobody stored it since `revision`; None: whatever its revision.

    Raises NotVisible, ChangedMeanwhile.
    """
    row = rows.select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise NotVisible("agenda setting")
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
    return row


def next_position(*, rows: "QuerySet[_Row]", most: int, sentence: str) -> int:
    """Where a new row comes: last. Raises SettingRefused with `sentence` where there are as many as may be."""
    known = list(rows.values_list("position", flat=True))
    if len(known) >= most:
        raise SettingRefused(sentence)
    return max(known, default=-1) + 1


def store_row(*, row: Agenda | AppointmentKind, taken: str) -> None:
    """Store it, counted. Raises SettingRefused with the sentence `taken` where the practice has the name already."""
    row.revision += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") not in _NAMES:
            raise
        raise SettingRefused(taken, field="name") from None


def move_row(*, rows: "QuerySet[_Row]", pk: int, up: bool) -> int | None:
    """Put a row in use one place higher or lower; its new place from 1 on, None where it stays. Raises NotVisible."""
    ordered = list(rows.select_for_update(no_key=True).filter(is_active=True).order_by("position", "pk"))
    place = next((number for number, row in enumerate(ordered) if row.pk == pk), None)
    if place is None:
        raise NotVisible("agenda setting")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return None
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for number, row in enumerate(ordered):
        row.position = number
    rows.model._default_manager.bulk_update(ordered, ["position"])
    return other + 1


def log_setting(*, viewer: Viewer, event: str, row: Model, is_new: bool = False, detail: Detail) -> None:
    """A line about a setting: no patient is concerned."""
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.CREATE if is_new else AuditAction.UPDATE,
        object_type=row._meta.model_name or "",
        object_id=row.pk,
        detail=detail,
    )
