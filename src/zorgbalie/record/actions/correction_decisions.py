"""What the practice does with a request: take it up, extend the term, note, decide (AVG 12, 16 to 18; BW 7:454, 7:455).

Who acts names the revision on the screen; of two at once one wins, a double press is one decision.

What granting does here: own words of the patient stand beside the item from then on; a correction leaves a note beside
the item; what must be removed can be taken from the patient's sight at once. The record itself is kept in the system
of the practice (HIS, AIS): the practice changes or destroys it there, and the next import brings what became of it.
Nothing is destroyed here.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import CorrectionId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.actions.outbox import notify
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.record.actions.corrections import add_event, close_item, move_item
from zorgbalie.record.actions.visibility import save_choice
from zorgbalie.record.models import CorrectionRequest, PatientStatement
from zorgbalie.record.rules.corrections import TICKED, longest_due_date, may_extend
from zorgbalie.record.types.corrections import (
    DECIDED_STATES,
    LONGEST_TEXT,
    OPEN_STATES,
    CorrectionAnswer,
    CorrectionDecided,
    CorrectionNotUsable,
    CorrectionState,
    CorrectionStep,
    ExtensionNotAllowed,
    Wish,
)
from zorgbalie.record.types.desk import Choice, ItemRef
from zorgbalie.record.types.shown import SaidKind

_GIVEN = (CorrectionState.GRANTED, CorrectionState.PARTLY)
_SECOND_PRESS = timedelta(minutes=5)


@deed()
def take_up_correction(
    *, viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, revision: int, now: datetime
) -> None:
    """Tell the patient that somebody works on it. Raises CorrectionDecided, NotAllowed, NotVisible.

    Audit: `correction.take_up`.
    """
    grant = _open(viewer, patient_id, correction_id, "correction.take_up", now)
    with transaction.atomic():
        row = _lock(grant, correction_id, revision)
        if row.state == CorrectionState.SENT:
            row.state = CorrectionState.IN_PROGRESS
            _save(row, ["state"])
            add_event(row=row, viewer=viewer, step=CorrectionStep.TAKEN_UP, now=now)


@deed()
def extend_correction(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    correction_id: CorrectionId,
    revision: int,
    due_on: date,
    reason: str,
    now: datetime,
) -> None:
    """Move the last day for an answer, once, by two months at most; the patient is told why (AVG 12 lid 3).

    Raises ExtensionNotAllowed, CorrectionNotUsable, CorrectionDecided, NotAllowed, NotVisible.
    Audit: `correction.extend`.
    """
    grant = _open(viewer, patient_id, correction_id, "correction.extend", now)
    with transaction.atomic():
        row = _lock(grant, correction_id, revision)
        _check_extension(row, due_on, local_date(now))
        row.extension_reason = _checked(reason, "reason", _("Schrijf waarom u meer tijd nodig heeft."))
        row.state, row.due_on, row.extended_at = CorrectionState.IN_PROGRESS, due_on, now
        _save(row, ["state", "due_on", "extended_at", "extension_reason"])
        add_event(row=row, viewer=viewer, step=CorrectionStep.EXTENDED, now=now, text=row.extension_reason)
        move_item(row=row)
        _tell(viewer, row, now)


@deed()
def add_note(*, viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, text: str, now: datetime) -> None:
    """A note for colleagues; the patient never reads it. The same words within minutes are a second press (row 48).

    Raises CorrectionNotUsable, NotAllowed, NotVisible. Audit: `correction.note`.
    """
    grant = _open(viewer, patient_id, correction_id, "correction.note", now)
    words = _checked(text, "text", _("Schrijf een notitie."))
    with transaction.atomic():
        row = _rows(grant).select_for_update().filter(pk=correction_id).first()
        if row is None:
            raise NotVisible(DataKind.CORRECTIONS)
        same = {"step": CorrectionStep.NOTE, "text": words, "by_employee_id": viewer.employee_id}
        if not row.events.filter(happened_at__gt=now - _SECOND_PRESS, **same).exists():
            add_event(row=row, viewer=viewer, step=CorrectionStep.NOTE, now=now, text=words)


@deed()
def decide_correction(
    *, viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, answer: CorrectionAnswer, now: datetime
) -> CorrectionState:
    """Grant, grant in part or refuse, and do what granting does here; the patient is told.

    Raises CorrectionDecided (somebody was first, or it was withdrawn), CorrectionNotUsable, NotAllowed, NotVisible.
    Audit: `correction.decide` with the outcome; `visibility.change` when the item is hidden.
    """
    grant = _open(viewer, patient_id, correction_id, "correction.decide", now, outcome=answer.outcome.value)
    with transaction.atomic():
        row = _lock(grant, correction_id, answer.revision)
        check_answer(wish=Wish(row.wish), item_kind=row.item_kind, answer=answer)
        row.state, row.answer = answer.outcome, answer.answer.strip()
        row.decided_at, row.decided_by_id = now, viewer.employee_id
        _save(row, ["state", "answer", "decided_at", "decided_by"])
        if answer.outcome in _GIVEN:
            _carry_out(viewer, row, answer, now)
        add_event(row=row, viewer=viewer, step=CorrectionStep.DECIDED, now=now, text=row.answer)
        close_item(viewer=viewer, row=row, now=now)
        _tell(viewer, row, now)
    return answer.outcome


def check_answer(*, wish: Wish, item_kind: str, answer: CorrectionAnswer) -> None:
    """That an answer has what it needs, before it is asked for once more. Raises CorrectionNotUsable."""
    if answer.outcome not in DECIDED_STATES or (wish is Wish.ADD and answer.outcome is CorrectionState.PARTLY):
        raise CorrectionNotUsable(_("Kies wat u besluit."), field="outcome")
    for name, text in (("answer", answer.answer), ("note", answer.note)):
        if len(text.strip()) > LONGEST_TEXT:
            raise CorrectionNotUsable(_("Deze tekst is te lang."), field=name)
    if answer.outcome is not CorrectionState.GRANTED and not answer.answer.strip():
        raise CorrectionNotUsable(_("Schrijf waarom. De patiënt leest dit."), field="answer")
    if wish is Wish.CORRECT and answer.outcome in _GIVEN and not answer.note.strip():
        raise CorrectionNotUsable(_("Schrijf wat er nu staat. Dit komt bij het onderdeel te staan."), field="note")
    if answer.hide and (wish is not Wish.REMOVE or item_kind not in TICKED or answer.outcome not in _GIVEN):
        raise CorrectionNotUsable(_("Dit onderdeel kunt u hier niet verbergen."), field="hide")


def _carry_out(viewer: Viewer, row: CorrectionRequest, answer: CorrectionAnswer, now: datetime) -> None:
    if row.wish == Wish.REMOVE:
        if answer.hide:
            ref = ItemRef(kind=TICKED[row.item_kind], item_id=row.item_id)
            reason = _("Op verzoek van de patiënt (correctieverzoek)")
            save_choice(
                viewer=viewer, patient_id=PersonId(row.patient_id), choice=Choice(hide=frozenset({ref})),
                reason=reason, now=now,
            )  # fmt: skip
        return
    own_words = row.wish == Wish.ADD
    PatientStatement.objects.create(
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        request=row,
        kind=SaidKind.STATEMENT if own_words else SaidKind.CORRECTION,
        item_kind=row.item_kind,
        item_id=row.item_id,
        # The patient's own words are added as they are: they are the patient's, not the practice's.
        text=row.text if own_words else answer.note.strip(),
        added_on=local_date(now),
    )


def _check_extension(row: CorrectionRequest, due_on: date, today: date) -> None:
    if not may_extend(asked_at=row.asked_at, extended_at=row.extended_at, today=today):
        raise ExtensionNotAllowed(_("U kunt één keer verlengen, binnen een maand na het verzoek."))
    if not row.due_on < due_on <= longest_due_date(asked_at=row.asked_at):
        raise ExtensionNotAllowed(_("Kies een dag na de huidige datum, en hoogstens 2 maanden later."), field="due_on")


def _checked(text: str, field: str, missing: str) -> str:
    words = text.strip()
    if not words:
        raise CorrectionNotUsable(missing, field=field)
    if len(words) > LONGEST_TEXT:
        raise CorrectionNotUsable(_("Deze tekst is te lang."), field=field)
    return words


def _open(
    viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, event: str, now: datetime, **detail: str
) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CORRECTIONS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CORRECTIONS,
        use=Use.CHANGE,
        event=event,
        now=now,
        object_type="correction",
        object_id=correction_id,
        detail=dict(detail) or None,
    )


def _rows(grant: Grant) -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)


def _lock(grant: Grant, correction_id: CorrectionId, revision: int) -> CorrectionRequest:
    row = _rows(grant).select_for_update().filter(pk=correction_id).first()
    if row is None:
        raise NotVisible(DataKind.CORRECTIONS)
    if row.state == CorrectionState.WITHDRAWN:
        raise CorrectionDecided(_("De patiënt heeft dit verzoek ingetrokken. Er is nu niets gewijzigd."))
    if row.state not in OPEN_STATES:
        names = practices.list_employee_names(employee_ids=[row.decided_by_id] if row.decided_by_id else [])
        who = names.get(row.decided_by_id or 0, "") or _("Iemand anders")
        raise CorrectionDecided(_("%(name)s heeft hier net over besloten. Er is nu niets gewijzigd.") % {"name": who})
    if row.revision != revision:
        raise CorrectionDecided(_("Een collega heeft hier net iets aan gedaan. Kijk het opnieuw na."))
    return row


def _save(row: CorrectionRequest, fields: list[str]) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def _tell(viewer: Viewer, row: CorrectionRequest, now: datetime) -> None:
    """With the patient's yes a mail that something is ready; nothing medical in it (R9, R15)."""
    notify(
        viewer=viewer,
        person_id=PersonId(row.patient_id),
        practice_id=PracticeId(row.practice_id),
        kind=NoticeKind.CORRECTION_ANSWERED,
        event_key=f"correction:{row.pk}:{row.revision}",
        now=now,
    )
