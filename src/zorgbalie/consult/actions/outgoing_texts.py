"""What every message that the practice begins shares: checking it, adding it once, and telling of it (R9, R15)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from zorgbalie.consult import rules
from zorgbalie.consult.actions.messages import check_text
from zorgbalie.consult.actions.telling import tell_where_served
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.outgoing import get_message_rules
from zorgbalie.consult.types import (
    LONGEST_AHEAD_DAYS,
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    AuthorKind,
    DayNotUsable,
    NewMessage,
    TextMissing,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.types import NoticeKind

TELL_TASK = "consult.tell"


def check_message(*, message: NewMessage, now: datetime) -> NewMessage:
    """The message as it can be stored. Raises TextMissing, DayNotUsable."""
    subject = " ".join(message.subject.split())
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise TextMissing(_("Vul in waar het bericht over gaat, in hoogstens 80 tekens."), field="subject")
    text = check_outgoing_text(message.text)
    until = message.reply_until if message.takes_replies else None
    if until is not None:
        check_reply_day(until, local_date(now))
    return replace(message, subject=subject, text=text, reply_until=until)


def check_outgoing_text(text: str) -> str:
    """A text with fields. Raises TextMissing, also for a field that no patient has words for."""
    clean = check_text(text, field="text", most=LONGEST_MESSAGE)
    unknown = rules.unknown_fields(text=clean)
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        raise TextMissing(_("Dit invulveld kennen we niet: %(names)s.") % {"names": names}, field="text")
    return clean


def check_reply_day(day: date, today: date) -> None:
    """That one can write back until that day. Raises DayNotUsable."""
    if not today <= day <= today + timedelta(days=LONGEST_AHEAD_DAYS):
        raise DayNotUsable(_("Kies een dag vanaf vandaag en binnen een jaar."), field="reply_until")


def add_text_of(
    *, row: Consult, employee_id: EmployeeId, name: str, text: str, token: UUID, now: datetime
) -> tuple[int, bool]:
    """Add a text of the practice in the name of who wrote or planned it; returns its number and whether it is new.

    The same token is one text, however often a task tries (security row 50).
    """
    made, is_new = ConsultMessage.objects.get_or_create(
        consult=row,
        token=token,
        defaults={
            "practice_id": row.practice_id,
            "patient_id": row.patient_id,
            "author_kind": AuthorKind.STAFF,
            "author_employee_id": employee_id,
            "author_name": name[:160],
            "text": text,
            "sent_at": now,
        },
    )
    return made.pk, is_new


def tell(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, message_id: int, now: datetime) -> None:
    """Tell who said yes that a message waits; in the quiet hours of the practice only when those are over (R15)."""
    chosen = get_message_rules(practice_id=practice_id)
    ends_at = rules.quiet_until(now=now, start=chosen.quiet_from, end=chosen.quiet_until)
    if ends_at is None:
        tell_now(viewer=viewer, patient_id=patient_id, practice_id=practice_id, message_id=message_id, now=now)
        return
    # The job holds numbers alone (security row 45).
    task = app.configure_task(TELL_TASK, queue="notices", schedule_at=ends_at)
    task.defer(message_id=message_id, patient_id=int(patient_id), practice_id=int(practice_id))


def tell_now(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, message_id: int, now: datetime) -> None:
    """The same at once; a message is told of once, however often this runs."""
    tell_where_served(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=NoticeKind.PRACTICE_MESSAGE,
        event_key=f"consult_message:{message_id}",
        now=now,
    )
