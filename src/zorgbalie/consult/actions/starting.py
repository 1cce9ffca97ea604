"""The practice begins a thread with one patient (REQ 27, 34)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult import rules
from zorgbalie.consult.actions.outgoing_texts import add_text_of, check_message, tell
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.outgoing import fields_of, get_message_rules, reachable_now
from zorgbalie.consult.queries.why_not import why_words
from zorgbalie.consult.types import ConsultState, MessagesOff, NewMessage, NotReachable, SentAlready
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people


@deed()
@transaction.atomic
def begin(*, viewer: Viewer, patient_id: PersonId, message: NewMessage, token: UUID, now: datetime) -> ConsultId:
    """Send the first text of a thread; the same form twice is one thread.

    Raises NotAllowed, NotVisible, MessagesOff, NotReachable (with the reason), TextMissing, DayNotUsable, SentAlready.
    Audit: `consult.begin`. Source: REQ 27, 34; R14, R15.
    """
    if viewer.practice_id is None or viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    practice_id = viewer.practice_id
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event="consult.begin",
        action=AuditAction.CREATE,
        now=now,
        object_type="consult",
    )
    wanted = check_message(message=message, now=now)
    name = people.list_names(person_ids=[patient_id])[patient_id]
    text = rules.fill(text=wanted.text, fields=fields_of(name=name, practice_id=practice_id, now=now))
    known = _known(practice_id, patient_id, token, text)
    if known is not None:
        return known
    _check_may_begin(viewer, patient_id, practice_id, now)
    row = _store(viewer, viewer.employee_id, practice_id, patient_id, wanted, token, now)
    if row is None:
        known = _known(practice_id, patient_id, token, text)
        if known is None:  # the form began a thread of another patient, which the wall does not show here
            raise SentAlready(_("Dit formulier is al verstuurd, met een andere tekst. Open een nieuw formulier."))
        return known
    number, _is_new = add_text_of(
        row=row, employee_id=viewer.employee_id, name=viewer.name, text=text, token=token, now=now
    )
    tell(viewer=viewer, patient_id=patient_id, practice_id=practice_id, message_id=number, now=now)
    return ConsultId(row.pk)


def _check_may_begin(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> None:
    if not get_message_rules(practice_id=practice_id).is_on:
        raise MessagesOff(_("De praktijk heeft zelf berichten sturen uitgezet."))
    found = reachable_now(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    if found.why_not is not None:
        raise NotReachable(why_words(reason=found.why_not))


def _store(
    viewer: Viewer,
    employee_id: EmployeeId,
    practice_id: PracticeId,
    patient_id: PersonId,
    message: NewMessage,
    token: UUID,
    now: datetime,
) -> Consult | None:
    """The thread; None when the same form made it a moment ago."""
    try:
        with transaction.atomic():
            return Consult.objects.create(
                practice_id=practice_id,
                patient_id=patient_id,
                asked_by_id=patient_id,
                subject=message.subject,
                state=ConsultState.ANSWERED,
                started_by_id=employee_id,
                start_token=token,
                takes_replies=message.takes_replies,
                reply_until=message.reply_until,
                changed_by_name=viewer.name[:160],
                changed_at=now,
                sent_at=now,
            )
    except IntegrityError:
        return None


def _known(practice_id: PracticeId, patient_id: PersonId, token: UUID, text: str) -> ConsultId | None:
    """The thread that this form began already. Raises SentAlready when it was sent with another text or patient."""
    row = Consult.objects.filter(practice_id=practice_id, start_token=token).first()
    if row is None:
        return None
    first = ConsultMessage.objects.filter(consult=row, token=token).first()
    if row.patient_id != patient_id or first is None or first.text != text:
        raise SentAlready(_("Dit formulier is al verstuurd, met een andere tekst. Open een nieuw formulier."))
    return ConsultId(row.pk)
