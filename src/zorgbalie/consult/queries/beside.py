"""What stands beside a question while it is answered: earlier ones, its questions, an unsent answer (REQ 46; ux 46).

In a fixed number of queries. The record itself is read by the record's own query.
"""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Left

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult, ConsultAnswerDraft, ConsultMessage, ConsultTick
from zorgbalie.consult.queries.desk import find_row
from zorgbalie.consult.queries.rows import about_of, texts_of
from zorgbalie.consult.rules import find_questions, question_digest
from zorgbalie.consult.types import (
    AnswerAids,
    AnswerDraft,
    AuthorKind,
    ConsultState,
    EarlierThread,
    FoundQuestion,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.worklist import queries as worklist
from zorgbalie.worklist.types import ItemKind

EARLIER = "consult.earlier"
_SHOWN_BESIDE = 5
_FIRST_WORDS = 140


def get_answer_aids(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> AnswerAids:
    """What helps to answer a question, in six queries. Raises NotAllowed, NotVisible. Audit: `consult.earlier`."""
    grant = _open(viewer, patient_id, now, consult_id)
    row = find_row(grant=grant, consult_id=consult_id)
    others = _rows(grant).exclude(pk=row.pk)
    return AnswerAids(
        questions=questions_of(row),
        draft=find_draft(viewer=viewer, row=row),
        earlier=_threads(others, slice(0, _SHOWN_BESIDE)),
        earlier_total=others.count(),
        record_of=PersonId(row.concerns_id or row.patient_id),
    )


def find_next_question(*, viewer: Viewer, after: ConsultId) -> tuple[PersonId, ConsultId] | None:
    """The question that waits next after this one, the most pressing first; None where nothing waits.

    Names a number of a patient alone: opening it goes through the gate.
    """
    found = worklist.find_next_item(viewer=viewer, kind=ItemKind.CONSULT, after_id=after)
    return (found[0], ConsultId(found[1])) if found else None


def questions_of(row: Consult) -> tuple[FoundQuestion, ...]:
    """The questions in the patient's texts with their ticks, in two queries at most; for this app."""
    texts = [(one.pk, one.text) for one in texts_of(row.pk) if one.author_kind == AuthorKind.PATIENT]
    ticks = {(one.message_id, one.digest): one for one in ConsultTick.objects.filter(consult=row)}
    found = []
    for number, text in texts:
        for question in find_questions(text=text):
            digest = question_digest(question=question)
            tick = ticks.get((number, digest))
            found.append(
                FoundQuestion(
                    key=f"{number}-{digest}",
                    text=question,
                    answered_by=tick.employee_name if tick else "",
                    answered_at=tick.ticked_at if tick else None,
                )
            )
    return tuple(found)


def find_draft(*, viewer: Viewer, row: Consult) -> AnswerDraft | None:
    """What this employee typed and did not send; for this app."""
    found = ConsultAnswerDraft.objects.filter(consult=row, employee_id=viewer.employee_id or 0).first()
    return AnswerDraft(text=found.text, saved_at=found.saved_at) if found else None


def _open(viewer: Viewer, patient_id: PersonId, now: datetime, consult_id: ConsultId | None = None) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CONSULTS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.READ,
        event=EARLIER,
        now=now,
        object_type="consult" if consult_id else "",
        object_id=consult_id or "",
    )


def _rows(grant: Grant) -> "QuerySet[Consult]":
    return Consult.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id).exclude(
        state=ConsultState.DRAFT
    )


def _threads(rows: "QuerySet[Consult]", bounds: slice) -> tuple[EarlierThread, ...]:
    first = ConsultMessage.objects.filter(consult_id=OuterRef("pk")).order_by("pk")
    found = rows.annotate(first_words=Subquery(first.values(words=Left("text", _FIRST_WORDS))[:1]))
    return tuple(
        EarlierThread(
            consult_id=ConsultId(row.pk),
            about=about_of(row),
            subject=row.subject,
            state=ConsultState(row.state),
            sent_at=row.sent_at or row.changed_at,
            first_words=row.first_words or "",
        )
        for row in found.order_by("-changed_at", "-pk")[bounds]
    )
