"""One appointment whole, for the patient and for the desk."""

from datetime import datetime, timedelta

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment, AppointmentAnswer
from zorgbalie.agenda.queries.desk import open_desk, rows_of
from zorgbalie.agenda.queries.patient import card_of, open_appointments, own_rows
from zorgbalie.agenda.types import AgendaId, AppointmentDetail, AppointmentId, AppointmentKindId
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.questions import AskedQuestion, GivenAnswer, Question, QuestionKind
from zorgbalie.kernel.viewer import Viewer


def get_appointment(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime) -> AppointmentDetail:
    """An appointment of the patient, a held one too. Raises NotVisible. Audit: `appointment.read`. Source: REQ 38."""
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.read", now=now, object_id=appointment_id)
    row = own_rows(grant).select_related("agenda", "kind", "claim").filter(pk=appointment_id).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return detail_of(grant, row)


def get_for_desk(
    *, viewer: Viewer, patient_id: PersonId, appointment_id: AppointmentId, now: datetime
) -> AppointmentDetail:
    """An appointment at the own practice; what a patient is still choosing is not there yet.

    Raises NotAllowed, NotVisible. Audit: `appointment.read_for`.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, use=Use.READ, event="appointment.read_for", now=now,
        object_id=appointment_id,
    )  # fmt: skip
    row = rows_of(grant).select_related("agenda", "kind").filter(pk=appointment_id, booked_at__isnull=False).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return detail_of(grant, row)


def detail_of(grant: Grant, row: Appointment) -> AppointmentDetail:
    """A row as others receive it; its agenda and kind are loaded, a held one's claim too. One query. For this app."""
    kind = row.kind
    until = row.claim.expires_at if row.state == "held" and row.claim_id and row.claim else None
    return AppointmentDetail(
        card=card_of(row, until),
        agenda_id=AgendaId(row.agenda_id),
        kind_id=AppointmentKindId(row.kind_id),
        with_whom=kind.with_whom,
        room=kind.room,
        bring=kind.bring,
        how=kind.how,
        reason=row.reason,
        answers=answers_of(grant, row),
        is_online=row.is_online,
        booked_at=row.booked_at,
        change_until=row.starts_at - timedelta(hours=kind.cancel_hours),
        cancelled_at=row.cancelled_at,
        cancelled_by=row.cancelled_by,
        cancel_text=row.cancel_text,
    )


def answers_of(grant: Grant, row: Appointment) -> tuple[AskedQuestion, ...]:
    """What was asked before this appointment, in order, with the answers. For this app."""
    rows = AppointmentAnswer.objects.filter(
        appointment_id=row.pk, patient_id=grant.patient_id, practice_id=grant.practice_id
    )
    return tuple(_asked(one) for one in rows.order_by("place"))


def _asked(row: AppointmentAnswer) -> AskedQuestion:
    return AskedQuestion(
        place=row.place,
        question=Question(
            label=row.label,
            kind=QuestionKind(row.kind),
            help_text=row.help_text,
            choices=tuple(row.choices),
            unit=row.unit,
            is_optional=row.is_optional,
            may_be_unknown=row.may_be_unknown,
        ),
        given=GivenAnswer(text=row.answer, is_unknown=row.is_unknown),
        is_answered=row.is_answered,
    )
