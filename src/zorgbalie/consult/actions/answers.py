"""Choosing a reason and answering its questions: stored at each step, like all of a draft (REQ 30, 32; ux 1, 4, 8)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import Grant
from zorgbalie.consult import rules
from zorgbalie.consult.actions.patient import open_draft
from zorgbalie.consult.models import Consult, ConsultAnswer, ConsultReason
from zorgbalie.consult.queries.answers import asked_of, columns_of, question_of
from zorgbalie.consult.queries.drafts import addressees
from zorgbalie.consult.queries.reasons import offered_rows
from zorgbalie.consult.types import AnswerFault, AnswerNotRight, AnswerRefused, Question, QuestionKind, ReasonRefused
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, ReasonId
from zorgbalie.kernel.viewer import Viewer


@transaction.atomic
def choose_reason(*, viewer: Viewer, consult_id: ConsultId, reason_id: ReasonId, now: datetime) -> None:
    """What it is about. The questions are copied as they are now; what was answered at the same question stays.

    A question for the practice as a whole goes to whom the reason goes by default, where that one can be asked.
    Raises NotVisible, ReasonRefused (off, of another practice, for another age). Audit: `consult.draft`.
    """
    grant, row = open_draft(viewer=viewer, consult_id=consult_id, now=now)
    reason = next((one for one in offered_rows(grant=grant, now=now) if one.pk == reason_id), None)
    if reason is None:
        raise ReasonRefused(_("Kies waar uw vraag over gaat."), field="reason")
    questions = [question_of(one) for one in reason.questions.order_by("place")]
    _copy(row, questions)
    if row.subject in ("", row.reason_name):
        row.subject = reason.name if questions else ""
    row.reason, row.reason_name = reason, reason.name
    _address(row, reason, grant)
    _save(row, now)


@transaction.atomic
def save_answer(
    *,
    viewer: Viewer,
    consult_id: ConsultId,
    place: int,
    values: Sequence[str],
    is_unknown: bool,
    now: datetime,
) -> None:
    """Answer one question of the chosen reason. Raises NotVisible (no such question), AnswerRefused.

    Audit: `consult.draft`. Source: ux 4, 8, 9; security row 32.
    """
    _grant, row = open_draft(viewer=viewer, consult_id=consult_id, now=now)
    asked = ConsultAnswer.objects.filter(consult=row, place=place).first() if row.reason_name else None
    if asked is None:
        raise NotVisible("consult_answer")
    question = question_of(asked)
    try:
        given = rules.check_answer(question=question, values=values, is_unknown=is_unknown)
    except AnswerNotRight as fault:
        raise AnswerRefused(_sentence(fault.fault, question), field="answer") from None
    asked.answer, asked.is_unknown, asked.is_answered = given.text, given.is_unknown, True
    asked.save(update_fields=["answer", "is_unknown", "is_answered"])
    _save(row, now)


def _copy(row: Consult, questions: Sequence[Question]) -> None:
    asked = rules.asked_anew(questions=questions, earlier=asked_of(row))
    ConsultAnswer.objects.filter(consult=row).delete()
    ConsultAnswer.objects.bulk_create(
        ConsultAnswer(
            consult=row,
            practice_id=row.practice_id,
            patient_id=row.patient_id,
            place=one.place,
            answer=one.given.text,
            is_unknown=one.given.is_unknown,
            is_answered=one.is_answered,
            **columns_of(one.question),
        )
        for one in asked
    )


def _address(row: Consult, reason: ConsultReason, grant: Grant) -> None:
    """Only where the patient named nobody in particular."""
    if row.addressed_account_id or row.addressed_group_id:
        return
    wanted = (reason.to_account_id, reason.to_group_id)
    chosen = next((one for one in addressees(grant=grant) if (one.account_id, one.group_id) == wanted), None)
    if chosen is not None:
        row.addressed_account_id, row.addressed_group_id = wanted
        row.addressed_name = chosen.name


def _save(row: Consult, now: datetime) -> None:
    row.revision += 1
    row.changed_at = now
    row.save(
        update_fields=[
            "reason", "reason_name", "subject", "addressed_account", "addressed_group", "addressed_name", "revision",
            "changed_at",
        ]
    )  # fmt: skip


def _sentence(fault: AnswerFault, question: Question) -> str:
    if fault is AnswerFault.EMPTY and question.kind in (QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.SEVERAL):
        return _("Kies een antwoord.")
    return {
        AnswerFault.EMPTY: _("Vul een antwoord in."),
        AnswerFault.TOO_LONG: _("Uw antwoord is te lang. Schrijf de rest straks bij uw vraag."),
        AnswerFault.CHARACTERS: _("In uw antwoord staat een teken dat niet kan. Typ het opnieuw."),
        AnswerFault.NOT_A_NUMBER: _("Vul een getal in, bijvoorbeeld 38,5."),
        AnswerFault.NOT_A_DATE: _("Vul een datum in met dag, maand en jaar, bijvoorbeeld 24-11-2026."),
        AnswerFault.NOT_OFFERED: _("Kies een van de antwoorden."),
    }[fault]
