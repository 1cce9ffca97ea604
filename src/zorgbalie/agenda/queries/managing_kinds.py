"""Kinds of appointment as the manager sees them (REQ 37, 72)."""

from typing import Any

from django.db.models import QuerySet

from zorgbalie.agenda.models import AppointmentKind
from zorgbalie.agenda.queries.managing import READ, check_agenda_manager
from zorgbalie.agenda.types import AppointmentKindId, Mode
from zorgbalie.agenda.types.managing import ManagedKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.questions import Question, QuestionKind
from zorgbalie.kernel.viewer import Viewer

PLAIN = (
    "name", "description", "with_whom", "minutes", "room", "bring", "how", "is_online", "hours_before", "days_ahead",
    "cancel_hours", "most_per_patient", "min_age", "max_age",
)  # fmt: skip
"""The columns that are stored as they were filled in."""


def list_managed_kinds(*, viewer: Viewer) -> tuple[ManagedKind, ...]:
    """All kinds of the own practice in the order in which patients see them, archived ones last.

    Raises NotAllowed, NotVisible.
    """
    rows = own_kinds(practice_id=check_agenda_manager(viewer=viewer, event=READ))
    found = rows.prefetch_related("questions").order_by("-is_active", "position", "pk")
    return tuple(kind_of(row) for row in found)


def get_managed_kind(*, viewer: Viewer, kind_id: AppointmentKindId) -> ManagedKind:
    """One of them. Raises NotAllowed, NotVisible."""
    rows = own_kinds(practice_id=check_agenda_manager(viewer=viewer, event=READ))
    row = rows.prefetch_related("questions").filter(pk=kind_id).first()
    if row is None:
        raise NotVisible("appointment kind")
    return kind_of(row)


def own_kinds(*, practice_id: PracticeId) -> "QuerySet[AppointmentKind]":
    """The rows of a practice; for this app."""
    return AppointmentKind.objects.filter(practice_id=practice_id)


def kind_of(row: Any) -> ManagedKind:
    """A row with its questions. Typed loosely: the questions were read along."""
    return ManagedKind(
        kind_id=AppointmentKindId(row.pk),
        mode=Mode(row.mode),
        questions=tuple(_question(one) for one in sorted(row.questions.all(), key=lambda one: int(one.place))),
        is_active=row.is_active,
        revision=row.revision,
        **{name: getattr(row, name) for name in PLAIN},
    )


def _question(row: Any) -> Question:
    return Question(
        label=row.label,
        kind=QuestionKind(row.kind),
        help_text=row.help_text,
        choices=tuple(row.choices),
        unit=row.unit,
        is_optional=row.is_optional,
        may_be_unknown=row.may_be_unknown,
    )
