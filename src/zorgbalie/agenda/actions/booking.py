"""The way of a patient to an appointment: choose a time, fill in what is asked, book (REQ 36, 37; ux 42).

The held row is the draft: it keeps what was typed while its time lapses, is given back or is changed for another. Who
takes time waits for the turn of the day first and locks the row after that, as `patient.hold` does: no deadlock.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.actions import claims, following, patient
from zorgbalie.agenda.actions.choosing import check_free
from zorgbalie.agenda.models import Appointment, AppointmentAnswer, AppointmentKindQuestion
from zorgbalie.agenda.queries.details import answers_of
from zorgbalie.agenda.queries.patient import card_of, open_appointments, own_rows
from zorgbalie.agenda.queries.schedules import find_kind
from zorgbalie.agenda.types import (
    LONGEST_REASON,
    AppointmentCard,
    AppointmentChanged,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    Place,
)  # fmt: skip
from zorgbalie.agenda.types.booking import AnswersRefused
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import LabReportId
from zorgbalie.kernel.questions import AnswerFault, AnswerNotRight, Question, QuestionKind, check_answer
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.actions.invitations import answer_invitation

_HOLD = "appointment.hold"
Typed = Mapping[int, tuple[Sequence[str], bool]]
"""What was filled in per place of a question, and whether the patient does not know."""


@deed()
@transaction.atomic
def choose(*, viewer: Viewer, kind_id: AppointmentKindId, place: Place, token: UUID, now: datetime) -> AppointmentCard:
    """Hold a place with the questions of its kind; who was choosing already changes the time and keeps the text.

    Raises NotVisible, NotForThisPatient, PlaceTaken with the nearest alternatives. Audit: `appointment.hold`.
    """
    grant = open_appointments(viewer=viewer, use=Use.CHANGE, event=_HOLD, now=now, action=AuditAction.CREATE)
    find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=True)
    claims.lock_days(place)
    is_over = own_rows(grant).filter(token=token).exclude(state=AppointmentState.HELD).exists()
    row = None if is_over else _held(grant, kind_id)
    if row is None:
        card = patient.hold(viewer=viewer, kind_id=kind_id, place=place, token=token, now=now)
        if card.state is AppointmentState.HELD:
            _ask(grant, card.appointment_id, kind_id)
        return card
    if _is_kept(row, now) and following.place_of_row(row) == place:
        return card_of(row, row.claim.expires_at if row.claim else None)
    return _retake(grant, row, place, now)


@deed()
@transaction.atomic
def keep(*, viewer: Viewer, appointment_id: AppointmentId, place: Place | None, now: datetime) -> AppointmentCard:
    """Hold the same place five minutes more, or again after they passed; or another one, which keeps the text.

    Raises NotVisible, AppointmentChanged, PlaceTaken with alternatives. Audit: `appointment.hold`. Source: WCAG 2.2.1.
    """
    grant = open_appointments(viewer=viewer, use=Use.CHANGE, event=_HOLD, now=now, object_id=appointment_id)
    known = own_rows(grant).filter(pk=appointment_id).first()
    if known is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    wanted = place or following.place_of_row(known)
    claims.lock_days(wanted)
    return _retake(grant, _lock_held(grant, appointment_id), wanted, now)


@deed()
@transaction.atomic
def release(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime) -> None:
    """Give the place back and keep the text, to choose another time. Raises NotVisible. Audit: `appointment.hold`."""
    grant = open_appointments(viewer=viewer, use=Use.CHANGE, event=_HOLD, now=now, object_id=appointment_id)
    row = _lock_held(grant, appointment_id)
    claim_id = row.claim_id
    if claim_id is None:
        return
    claims.let_lapse(claim_id=claim_id)
    row.claim = None
    _save(row, "claim")
    claims.clear(claim_id=claim_id)


@deed()
@transaction.atomic
def save_details(
    *, viewer: Viewer, appointment_id: AppointmentId, reason: str, answers: Typed, is_draft: bool, now: datetime
) -> None:
    """Store what was filled in for a held place, also when its minutes passed: nothing typed is lost (ux 8).

    `is_draft`: who goes to another time first comes back to it; what does not fit its question is passed over.

    Raises NotVisible, AppointmentChanged, AnswersRefused with a sentence per question. Audit: `appointment.fill`.
    """
    grant = open_appointments(
        viewer=viewer, use=Use.CHANGE, event="appointment.fill", now=now, object_id=appointment_id
    )
    row = _lock_held(grant, appointment_id)
    faults: dict[int, str] = {}
    asked = list(_answers(grant, row).order_by("place"))
    for known in answers_of(grant, row):
        values, is_unknown = answers.get(known.place, ((), False))
        one = next(each for each in asked if each.place == known.place)
        try:
            given = check_answer(question=known.question, values=values, is_unknown=is_unknown)
        except AnswerNotRight as fault:
            faults[known.place] = _sentence(fault.fault, known.question)
            continue
        one.answer, one.is_unknown, one.is_answered = given.text, given.is_unknown, True
    if faults and not is_draft:
        raise AnswersRefused(_("Niet elke vraag is goed ingevuld."), faults=faults)
    for one in asked:
        one.save(update_fields=["answer", "is_unknown", "is_answered"])
    row.reason = reason.strip()[:LONGEST_REASON]
    _save(row, "reason")


@deed()
@transaction.atomic
def book_held(
    *,
    viewer: Viewer,
    appointment_id: AppointmentId,
    revision: int,
    now: datetime,
    report_id: LabReportId | None = None,
) -> AppointmentCard:
    """Make the held place an appointment, as the page showed it. Twice is once.

    `report_id`: the result about which the practice asked this patient to come; it is not asked any more (REQ 63).

    Raises NotVisible, AppointmentChanged when another tab chose another time, AnswersRefused when a question is open,
    HoldOver when the minutes passed. Audit: `appointment.book`.
    """
    grant = open_appointments(
        viewer=viewer, use=Use.CHANGE, event="appointment.book", now=now, object_id=appointment_id
    )
    row = own_rows(grant).select_for_update(of=("self",)).filter(pk=appointment_id).first()
    if row is not None and row.state == AppointmentState.HELD:
        if row.revision != revision:
            raise AppointmentChanged(_("U koos in een ander scherm iets anders. Kijk wat er nu staat."))
        if _answers(grant, row).filter(is_answered=False).exists():
            raise AnswersRefused(_("Beantwoord eerst de vragen."), faults={})
    reason = row.reason if row is not None else ""
    card = patient.book(viewer=viewer, appointment_id=appointment_id, reason=reason, now=now)
    if report_id is not None:
        answer_invitation(patient_id=grant.patient_id, practice_id=grant.practice_id, report_id=report_id, now=now)
    return card


def _retake(grant: Grant, row: Appointment, place: Place, now: datetime) -> AppointmentCard:
    kind = find_kind(practice_id=grant.practice_id, kind_id=AppointmentKindId(row.kind_id), online=True)
    patient.check_patient(grant, kind, place, now)
    old = row.claim_id
    if old is not None:
        claims.let_lapse(claim_id=old)
    check_free(practice_id=grant.practice_id, kind=kind, place=place, now=now, online=True)
    until = now + patient.HELD_FOR
    row.claim = claims.take(practice_id=grant.practice_id, place=place, expires_at=until, now=now)
    row.agenda_id, row.starts_at, row.ends_at = place.agenda_id, place.starts_at, place.ends_at
    _save(row, "claim", "agenda", "starts_at", "ends_at")
    if old is not None:
        claims.clear(claim_id=old)
    return card_of(own_rows(grant).select_related("agenda").get(pk=row.pk), until)


def _ask(grant: Grant, appointment_id: AppointmentId, kind_id: AppointmentKindId) -> None:
    """The questions as they are now; once."""
    rows = AppointmentAnswer.objects.filter(appointment_id=appointment_id, patient_id=grant.patient_id)
    if rows.exists():
        return
    AppointmentAnswer.objects.bulk_create(
        AppointmentAnswer(
            practice_id=grant.practice_id,
            patient_id=grant.patient_id,
            appointment_id=appointment_id,
            **{name: getattr(one, name) for name in _COPIED},
        )
        for one in AppointmentKindQuestion.objects.filter(kind_of_id=kind_id, practice_id=grant.practice_id)
    )


_COPIED = ("place", "label", "kind", "help_text", "choices", "unit", "is_optional", "may_be_unknown")


def _held(grant: Grant, kind_id: AppointmentKindId) -> Appointment | None:
    rows = own_rows(grant).filter(kind_id=kind_id, state=AppointmentState.HELD)
    claims.hold_still(claim_ids=rows.values_list("claim_id", flat=True))
    return rows.select_related("agenda", "claim").select_for_update(of=("self",)).first()


def _lock_held(grant: Grant, appointment_id: AppointmentId) -> Appointment:
    rows = own_rows(grant).filter(pk=appointment_id)
    held = rows.filter(state=AppointmentState.HELD)
    claims.hold_still(claim_ids=held.values_list("claim_id", flat=True))
    row = rows.select_for_update(of=("self",)).filter(state=AppointmentState.HELD).first()
    if row is not None:
        return row
    if rows.exists():
        raise AppointmentChanged(_("U bent hier al mee klaar, of u bent gestopt. Kijk bij Afspraken wat er nu staat."))
    raise NotVisible(DataKind.APPOINTMENTS)


def _is_kept(row: Appointment, now: datetime) -> bool:
    return row.claim is not None and row.claim.expires_at is not None and row.claim.expires_at > now


def _answers(grant: Grant, row: Appointment) -> "QuerySet[AppointmentAnswer]":
    return AppointmentAnswer.objects.filter(
        appointment_id=row.pk, patient_id=grant.patient_id, practice_id=grant.practice_id
    )


def _save(row: Appointment, *fields: str) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def _sentence(fault: AnswerFault, question: Question) -> str:
    if fault is AnswerFault.EMPTY and question.kind in (QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.SEVERAL):
        return _("Kies een antwoord.")
    return {
        AnswerFault.EMPTY: _("Vul een antwoord in."),
        AnswerFault.TOO_LONG: _("Uw antwoord is te lang. Maak het korter."),
        AnswerFault.CHARACTERS: _("In uw antwoord staat een teken dat niet kan. Typ het opnieuw."),
        AnswerFault.NOT_A_NUMBER: _("Vul een getal in, bijvoorbeeld 38,5."),
        AnswerFault.NOT_A_DATE: _("Vul een datum in met dag, maand en jaar, bijvoorbeeld 24-11-2026."),
        AnswerFault.NOT_OFFERED: _("Kies een van de antwoorden."),
    }[fault]
