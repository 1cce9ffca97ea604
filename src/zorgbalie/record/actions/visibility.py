"""Ticks `zichtbaar voor patiënt`: what a practice shows of a record, at any time (REQ 57, 58; R3)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    JournalEntry,
    Medication,
    Observation,
    RecordRow,
)
from zorgbalie.record.queries.release import get_cockpit
from zorgbalie.record.rules.choice import cleaned_reason, ids_of
from zorgbalie.record.types.desk import Choice, ChoiceNotUsable, ChoiceSaved, ItemKind, RecordChanged

_MODELS: dict[ItemKind, type[RecordRow]] = {
    ItemKind.EPISODE: Episode,
    ItemKind.CONTACT: Encounter,
    ItemKind.LINE: JournalEntry,
    ItemKind.VALUE: Observation,
    ItemKind.ALLERGY: Allergy,
    ItemKind.MEDICINE: Medication,
}
_IDS_IN_LOG = 200


@deed()
def change_visibility(
    *, viewer: Viewer, patient_id: PersonId, choice: Choice, reason: str, digest: str, now: datetime
) -> ChoiceSaved:
    """Hide and show parts of a record, from this moment on.

    `digest` names the list on which the choice was made; `reason` is for colleagues and asked for when something
    gets hidden. Raises RecordChanged, ChoiceNotUsable, NotAllowed, NotVisible. Audit: `visibility.change` with ids.
    Source: REQ 57, 58; R3.
    """
    with transaction.atomic():
        check_choice(viewer=viewer, patient_id=patient_id, choice=choice, reason=reason, digest=digest, now=now)
        return save_choice(viewer=viewer, patient_id=patient_id, choice=choice, reason=reason, now=now)


def check_choice(
    *, viewer: Viewer, patient_id: PersonId, choice: Choice, reason: str, digest: str, now: datetime
) -> None:
    """That a choice fits the record as it is now, for this app's actions.

    Raises ChoiceNotUsable (names what is not in the list, or hides without a reason), RecordChanged.
    """
    cockpit = get_cockpit(viewer=viewer, patient_id=patient_id, choice=choice, now=now)
    if cockpit.was_cut:
        raise ChoiceNotUsable(_("Deze keuze past niet bij dit dossier. Kies opnieuw."))
    if cockpit.digest != digest:
        raise RecordChanged(_("Het dossier is intussen veranderd. Er is nu niets gewijzigd. Controleer het opnieuw."))
    if choice.hide and not cleaned_reason(text=reason):
        raise ChoiceNotUsable(_("Schrijf kort waarom u iets verbergt. Alleen collega’s lezen dit."), field="reason")


def save_choice(*, viewer: Viewer, patient_id: PersonId, choice: Choice, reason: str, now: datetime) -> ChoiceSaved:
    """Store ticks that `check_choice` let through, for this app's actions. Audit: `visibility.change`."""
    grant = _open(viewer, patient_id, choice, now)
    off = {
        "visible_to_patient": False,
        "hidden_reason": cleaned_reason(text=reason),
        "hidden_by_id": viewer.employee_id,
        "hidden_at": now,
    }
    on = {"visible_to_patient": True, "hidden_reason": "", "hidden_by_id": None, "hidden_at": None}
    hidden = shown = 0
    for kind, model in _MODELS.items():
        hidden += _tick(model, grant, ids_of(refs=choice.hide, kind=kind), off, was=True)
        shown += _tick(model, grant, ids_of(refs=choice.show, kind=kind), on, was=False)
    return ChoiceSaved(hidden=hidden, shown=shown)


def _open(viewer: Viewer, patient_id: PersonId, choice: Choice, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.RELEASE)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.RELEASE,
        use=Use.CHANGE,
        event="visibility.change",
        now=now,
        detail=_detail(choice),
    )


def _tick(model: type[RecordRow], grant: Grant, ids: Iterable[int], values: dict[str, object], *, was: bool) -> int:
    chosen = sorted(ids)
    if not chosen:
        return 0
    rows = model._default_manager.filter(
        pk__in=chosen, patient_id=grant.patient_id, practice_id=grant.practice_id, visible_to_patient=was
    )
    return rows.update(**values)


def _detail(choice: Choice) -> dict[str, str | int | bool | list[int]]:
    """Counts, and the ids of what changed as far as a log line can hold them."""
    detail: dict[str, str | int | bool | list[int]] = {"hide": len(choice.hide), "show": len(choice.show)}
    for word, refs in (("hide", choice.hide), ("show", choice.show)):
        for kind in ItemKind:
            ids = sorted(ids_of(refs=refs, kind=kind))[:_IDS_IN_LOG]
            if ids:
                detail[f"{word}_{kind.name.lower()}"] = ids
    return detail
