"""What the practice does with a question: answer, put it on a doctor's work list, close, note (REQ 41, 42, 48).

Sending and closing are two acts (ux 48). Who acts names the revision on the screen; a row lock and that number decide
between two people, and a token between two presses of one.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.consult.actions.answering import drop_answer_draft
from zorgbalie.consult.actions.follow_ups import end_with_thread
from zorgbalie.consult.actions.messages import add_message, check_text
from zorgbalie.consult.actions.storing import store_on_closing
from zorgbalie.consult.actions.telling import tell_where_served
from zorgbalie.consult.models import Consult, ConsultNote
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.types import (
    LONGEST_NOTE,
    AuthorKind,
    ConsultChanged,
    ConsultClosed,
    ConsultRefused,
    ConsultState,
    Stored,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

_WAITS = (ConsultState.SENT, ConsultState.WITH_DOCTOR)


@deed()
@transaction.atomic
def answer(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    consult_id: ConsultId,
    revision: int,
    text: str,
    token: UUID,
    now: datetime,
) -> bool:
    """Send an answer; the patient can write back. Returns whether it is new: the same form twice is one answer.

    Raises NotAllowed, NotVisible, TextMissing, ConsultChanged, ConsultClosed, SentAlready. Audit: `consult.answer`.
    Source: REQ 42, 48; R9, R15.
    """
    row = _lock(viewer, patient_id, consult_id, "consult.answer", now)
    clean = check_text(text, field="answer")
    if row.messages.filter(token=token).exists():
        return add_message(row=row, viewer=viewer, kind=AuthorKind.STAFF, text=clean, token=token, now=now) is not None
    _check_current(row, revision)
    number = add_message(row=row, viewer=viewer, kind=AuthorKind.STAFF, text=clean, token=token, now=now)
    drop_answer_draft(viewer=viewer, row=row)
    _move(row, viewer, ConsultState.ANSWERED, now)
    _finish(row, viewer, now)
    tell_where_served(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=PracticeId(row.practice_id),
        kind=NoticeKind.CONSULT_ANSWERED,
        event_key=f"consult_message:{number}",
        now=now,
    )
    return True


@deed()
@transaction.atomic
def close(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, revision: int, now: datetime) -> Stored:
    """End a thread: nobody writes in it any more, both sides keep reading it. Twice is once.

    Returns what became of storing it in the record, where the practice lets that happen by itself (REQ 43).
    Raises NotAllowed, NotVisible, ConsultChanged. Audit: `consult.close`; `journal.write`. Source: ux 48.
    """
    row = _lock(viewer, patient_id, consult_id, "consult.close", now)
    if row.state == ConsultState.CLOSED:
        return Stored.OFF
    _check_current(row, revision)
    drop_answer_draft(viewer=viewer, row=row)
    _move(row, viewer, ConsultState.CLOSED, now)
    end_with_thread(row=row, now=now)
    _finish(row, viewer, now)
    return store_on_closing(viewer=viewer, row=row, now=now)


@deed()
@transaction.atomic
def hand_to(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    consult_id: ConsultId,
    account_id: AccountId,
    revision: int,
    now: datetime,
) -> str:
    """Put a question on the work list of a doctor; returns the doctor's name, which the patient sees too (ux 37).

    Raises NotAllowed, NotVisible, ConsultChanged, ConsultRefused. Audit: `consult.hand_over`. Source: REQ 42.
    """
    row = _lock(viewer, patient_id, consult_id, "consult.hand_over", now)
    practice_id = PracticeId(row.practice_id)
    accounts = practices.list_accounts(practice_id=practice_id)
    chosen = next((one for one in accounts if one.account_id == account_id and one.is_active), None)
    if chosen is None:
        raise ConsultRefused(_("Kies bij wie de vraag moet komen."), field="account")
    if row.with_account_id == account_id and row.state == ConsultState.WITH_DOCTOR:
        return chosen.name
    _check_current(row, revision)
    if row.state not in _WAITS:
        raise ConsultRefused(_("Deze vraag is al beantwoord: er staat niets op een werklijst."), field="account")
    row.with_account_id = account_id
    _move(row, viewer, ConsultState.WITH_DOCTOR, now)
    worklist.hand_to_account(practice_id=practice_id, kind=ItemKind.CONSULT, about_id=row.pk, account_id=account_id)
    return chosen.name


@deed()
@transaction.atomic
def add_note(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, text: str, token: UUID, now: datetime
) -> None:
    """Write something for colleagues; the patient never sees it. The same form twice is one note.

    Raises NotAllowed, NotVisible, TextMissing. Audit: `consult.note`. Source: ux 47.
    """
    row = _lock(viewer, patient_id, consult_id, "consult.note", now)
    if viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    clean = check_text(text, field="note", most=LONGEST_NOTE)
    ConsultNote.objects.get_or_create(
        consult=row,
        token=token,
        defaults={
            "practice_id": row.practice_id,
            "patient_id": row.patient_id,
            "author_id": viewer.employee_id,
            "author_name": viewer.name[:160],
            "text": clean,
            "written_at": now,
        },
    )


def _lock(viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, event: str, now: datetime) -> Consult:
    grant = open_desk(viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event=event, now=now)
    return find_row(grant=grant, consult_id=consult_id, lock=True)


def _check_current(row: Consult, revision: int) -> None:
    if row.state == ConsultState.CLOSED:
        raise ConsultClosed(_("%(name)s heeft deze vraag afgerond. Er is nu niets verstuurd.") % _who(row))
    if row.revision != revision:
        raise ConsultChanged(
            _("%(name)s heeft hier net iets gewijzigd. Kijk wat er nu staat. Uw tekst is bewaard.") % _who(row)
        )


def _who(row: Consult) -> dict[str, str]:
    return {"name": row.changed_by_name or _("Iemand anders")}


def _move(row: Consult, viewer: Viewer, state: ConsultState, now: datetime) -> None:
    row.state, row.changed_at, row.changed_by_name = state, now, viewer.name[:160]
    row.revision += 1
    row.save(update_fields=["state", "with_account", "revision", "changed_by_name", "changed_at"])


def _finish(row: Consult, viewer: Viewer, now: datetime) -> None:
    worklist.finish_items(
        viewer=viewer, practice_id=PracticeId(row.practice_id), kind=ItemKind.CONSULT, about_id=row.pk, now=now
    )
