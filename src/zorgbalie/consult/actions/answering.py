"""What an employee does before an answer is sent: tick questions, and keep what was typed (REQ 46; ux 8)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.consult.models import Consult, ConsultAnswerDraft, ConsultMessage, ConsultTick
from zorgbalie.consult.queries.beside import questions_of
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.types import LONGEST_QUESTION, AnswerDraft, ConsultState
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer

_LONGEST_DRAFT = 2 * LONGEST_QUESTION  # what is too long to send is still not lost


@transaction.atomic
def tick_questions(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, ticks: Mapping[str, bool], now: datetime
) -> None:
    """Tick questions as answered, or take the tick away; `ticks` names only those that this employee changed.

    So two colleagues who tick at once undo nothing of each other. A name of no question is left alone.
    Raises NotAllowed, NotVisible. Audit: `consult.ticked`. Source: REQ 46.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event="consult.ticked", now=now
    )
    if viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    row = find_row(grant=grant, consult_id=consult_id)
    known = {one.key for one in questions_of(row)}
    for key, is_answered in ticks.items():
        if key not in known:
            continue
        number, _dash, digest = key.partition("-")
        if is_answered:
            ConsultTick.objects.get_or_create(
                message_id=int(number),
                digest=digest,
                defaults={
                    "consult": row,
                    "practice_id": row.practice_id,
                    "patient_id": row.patient_id,
                    "employee_id": viewer.employee_id,
                    "employee_name": viewer.name[:160],
                    "ticked_at": now,
                },
            )
        else:
            ConsultTick.objects.filter(consult=row, message_id=int(number), digest=digest).delete()


@transaction.atomic
def save_answer_draft(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, text: str, token: UUID | None, now: datetime
) -> AnswerDraft | None:
    """Keep what was typed, for this employee alone; empty text keeps nothing. `token`: of the form it stands in.

    A form that was sent already is left alone: its last saving may come in after the sending. A closed thread too.
    Raises NotAllowed, NotVisible. Audit: `consult.answer_draft` when a draft begins; each pause in typing has no line.
    """
    if viewer.practice_id is None or viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    whose = {"consult_id": consult_id, "employee_id": viewer.employee_id}
    may_write = gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        now=now,
    )
    rows = ConsultAnswerDraft.objects.filter(**whose, patient_id=patient_id)
    kept = text.replace("\0", "").replace("\r\n", "\n").strip()[:_LONGEST_DRAFT]
    if may_write and not kept:
        rows.delete()
        return None
    if may_write and rows.update(text=kept, saved_at=now):
        return AnswerDraft(text=kept, saved_at=now)
    grant = open_desk(
        viewer=viewer,
        patient_id=patient_id,
        consult_id=consult_id,
        use=Use.CHANGE,
        event="consult.answer_draft",
        now=now,
    )
    row = find_row(grant=grant, consult_id=consult_id)
    if row.state == ConsultState.CLOSED or (token and ConsultMessage.objects.filter(consult=row, token=token).exists()):
        return None
    ConsultAnswerDraft.objects.update_or_create(
        **whose,
        defaults={"text": kept, "saved_at": now},
        create_defaults={
            "text": kept,
            "saved_at": now,
            "practice_id": row.practice_id,
            "patient_id": row.patient_id,
        },
    )
    return AnswerDraft(text=kept, saved_at=now)


def drop_answer_draft(*, viewer: Viewer, row: Consult) -> None:
    """Throw away what this employee typed, since it was sent; for this app."""
    ConsultAnswerDraft.objects.filter(consult=row, employee_id=viewer.employee_id or 0).delete()
