"""A patient asks to correct, remove or add something, or takes that back (AVG 16, 17; BW 7:454 lid 2, 7:455; ux 35).

The same form sent twice is one request: its token is unique. The inbox of the practice gets an item with the legal
term in the same transaction.
"""

from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import AMSTERDAM
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import CorrectionId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.record.models import CorrectionEvent, CorrectionRequest
from zorgbalie.record.queries.correction_items import find_item
from zorgbalie.record.queries.corrections import find_own_request
from zorgbalie.record.rules.corrections import first_due_date
from zorgbalie.record.types.corrections import (
    LONGEST_TEXT,
    OPEN_STATES,
    CorrectionDecided,
    CorrectionNotUsable,
    CorrectionState,
    CorrectionStep,
    NewCorrection,
)
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

_END_OF_DAY = time(23, 59)
_MOST_OPEN = 50


@deed()
def send_correction(*, viewer: Viewer, wish: NewCorrection, now: datetime) -> CorrectionId:
    """Send a request to the practice that keeps the item; the same form twice gives the first one's number.

    Raises NotVisible (also for an item that cannot be read now), CorrectionNotUsable. Audit: `correction.ask`, and
    `record.read` for the item. Source: AVG 12, 16, 17; BW 7:454 lid 2, 7:455.
    """
    patient_id = check_subject(viewer)
    practice_id = wish.practice_id
    if wish.item_kind is not None:
        practice_id = find_item(viewer=viewer, kind=wish.item_kind, item_id=wish.item_id, now=now).practice_id
    if practice_id is None:
        raise NotVisible(DataKind.CORRECTIONS)
    grant = _open(viewer, patient_id, practice_id, "correction.ask", now)
    text = _checked_text(wish.text)
    sent = _sent_before(grant, wish.token)
    if sent is not None:
        return sent
    _check_number(grant)
    try:
        with transaction.atomic():
            row = _store(viewer, grant, wish, text, now)
    except IntegrityError:  # a second press was as fast: the constraint lets one in
        sent = _sent_before(grant, wish.token)
        if sent is None:
            raise
        return sent
    return CorrectionId(row.pk)


@deed()
def withdraw_correction(*, viewer: Viewer, correction_id: CorrectionId, now: datetime) -> None:
    """Take a request back that was not decided yet; twice is once.

    Raises NotVisible, CorrectionDecided. Audit: `correction.withdraw`.
    """
    patient_id = check_subject(viewer)
    row = find_own_request(patient_id=patient_id, correction_id=correction_id)
    _open(viewer, patient_id, PracticeId(row.practice_id), "correction.withdraw", now, correction_id)
    if row.state == CorrectionState.WITHDRAWN:
        return
    with transaction.atomic():
        changed = CorrectionRequest.objects.filter(pk=row.pk, state__in=OPEN_STATES).update(
            state=CorrectionState.WITHDRAWN, withdrawn_at=now
        )
        if changed != 1:
            raise CorrectionDecided(_("De praktijk heeft net besloten. U leest het antwoord hieronder."))
        add_event(row=row, viewer=viewer, step=CorrectionStep.WITHDRAWN, now=now)
        close_item(viewer=viewer, row=row, now=now)


def add_event(
    *, row: CorrectionRequest, viewer: Viewer, step: CorrectionStep, now: datetime, text: str = ""
) -> CorrectionEvent:
    """A line of the history, for this app's actions."""
    return CorrectionEvent.objects.create(
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        request=row,
        step=step,
        happened_at=now,
        by_employee_id=viewer.employee_id,
        by_person_id=viewer.person_id,
        text=text,
        due_on=row.due_on if step in (CorrectionStep.ASKED, CorrectionStep.EXTENDED) else None,
    )


def _put_in_inbox(row: CorrectionRequest) -> None:
    """The item with the term, for who may decide."""
    worklist.add_item(
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.CORRECTION,
        about_id=row.pk,
        person_id=PersonId(row.patient_id),
        for_right=StaffRight.RELEASE_RECORD,
        due_at=_due_moment(row),
    )


def move_item(*, row: CorrectionRequest) -> None:
    """The item with a new term; who took it keeps it. For this app's actions."""
    worklist.move_due_date(
        practice_id=PracticeId(row.practice_id), kind=ItemKind.CORRECTION, about_id=row.pk, due_at=_due_moment(row)
    )


def _due_moment(row: CorrectionRequest) -> datetime:
    return datetime.combine(row.due_on, _END_OF_DAY, tzinfo=AMSTERDAM)


def close_item(*, viewer: Viewer, row: CorrectionRequest, now: datetime) -> None:
    """Take it out of the inbox; for this app's actions."""
    worklist.finish_items(
        viewer=viewer,
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.CORRECTION,
        about_id=row.pk,
        now=now,
    )


def _store(viewer: Viewer, grant: Grant, wish: NewCorrection, text: str, now: datetime) -> CorrectionRequest:
    row = CorrectionRequest.objects.create(
        practice_id=grant.practice_id,
        patient_id=grant.patient_id,
        asked_by_id=viewer.person_id or grant.patient_id,
        token=wish.token,
        item_kind=wish.item_kind or "",
        item_id=wish.item_id if wish.item_kind else 0,
        wish=wish.wish,
        text=text,
        asked_at=now,
        due_on=first_due_date(asked_at=now),
    )
    add_event(row=row, viewer=viewer, step=CorrectionStep.ASKED, now=now)
    _put_in_inbox(row)
    return row


def _sent_before(grant: Grant, token: str) -> CorrectionId | None:
    rows = CorrectionRequest.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id, token=token)
    pk = rows.values_list("pk", flat=True).first()
    return CorrectionId(pk) if pk else None


def _checked_text(text: str) -> str:
    words = text.strip()
    if not words:
        raise CorrectionNotUsable(_("Schrijf wat u wilt vertellen."), field="text")
    if len(words) > LONGEST_TEXT:
        raise CorrectionNotUsable(_("Uw tekst is te lang. U kunt 3.000 tekens gebruiken."), field="text")
    return words


def _check_number(grant: Grant) -> None:
    """Nobody has this many open requests by hand; it keeps an inbox usable."""
    rows = CorrectionRequest.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, state__in=OPEN_STATES
    )
    if rows.count() >= _MOST_OPEN:
        raise CorrectionNotUsable(_("U heeft al veel verzoeken die nog open zijn. Bel de praktijk."))


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    now: datetime,
    object_id: CorrectionId | str = "",
) -> Grant:
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CORRECTIONS,
        use=Use.CHANGE,
        event=event,
        now=now,
        action=AuditAction.CREATE if event == "correction.ask" else AuditAction.UPDATE,
        object_type="correction",
        object_id=object_id,
    )
