"""A message to a selection, as the worker handles it: find who fits, and send to each once (REQ 34; rows 50, 62).

Each recipient has a transaction of its own: a killed worker leaves what was sent as sent and the rest as chosen, and
the next try goes on there. Three things keep it to one thread per patient: the row lock on the recipient, its state,
and the unique key of mailing and patient on the thread.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.access.wall import select_patients
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult import rules
from zorgbalie.consult.actions.outgoing_texts import add_text_of, tell
from zorgbalie.consult.models import Consult, Mailing, MailingObjection, MailingRecipient
from zorgbalie.consult.queries.outgoing import candidate_of, fields_of
from zorgbalie.consult.rules.criteria import criteria_of, question_of
from zorgbalie.consult.types import Candidate, ConsultState, MailingState, RecipientState, WhyNot
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

KEEP_UNSENT = timedelta(days=14)


@transaction.atomic
def store_selection(*, viewer: Viewer, mailing_id: int, practice_id: PracticeId, now: datetime) -> None:
    """Find who fits and store ids and reasons, in a fixed number of queries. Run twice it is once.

    Audit: `mailing.select`, one line with criteria and numbers.
    """
    row = Mailing.objects.select_for_update().filter(pk=mailing_id, practice_id=practice_id).first()
    if row is None or row.state != MailingState.ASKED:
        return
    today = local_date(now)
    found = _find(row, now)
    here = [one for one in found if one.is_enrolled]
    MailingRecipient.objects.bulk_create([_recipient(row, one, rules.left_out(found=one, today=today)) for one in here])
    values = {"departed": len(found) - len(here), "state": MailingState.CHOOSING}
    Mailing.objects.filter(pk=row.pk).update(**values, revision=F("revision") + 1)
    criteria = "; ".join(f"{name}={value}" for name, value in sorted(row.criteria.items()))
    _log(viewer, row, "mailing.select", {"criteria": criteria, "count": len(here), "by": row.made_by_id})


def list_chosen(*, mailing_id: int) -> list[PersonId]:
    """Who is still to get it. For the worker."""
    rows = MailingRecipient.objects.filter(mailing_id=mailing_id, state=RecipientState.CHOSEN).order_by("pk")
    return [PersonId(patient) for patient in rows.values_list("patient_id", flat=True)]


@transaction.atomic
def check_sender(*, viewer: Viewer, mailing_id: int, practice_id: PracticeId, now: datetime) -> bool:
    """Whether it is still to be sent; stops it when who confirmed left or may not do so any more.

    Audit: `mailing.stop`, when it stops.
    """
    row = Mailing.objects.select_for_update().filter(pk=mailing_id, practice_id=practice_id).first()
    if row is None or row.state != MailingState.SENDING:
        return False
    team = practices.list_colleagues(practice_id=practice_id, right=StaffRight.SEND_TO_SELECTION, today=local_date(now))
    if any(one.employee_id == row.made_by_id for one in team):
        return True
    Mailing.objects.filter(pk=row.pk).update(state=MailingState.STOPPED, ended_at=now)
    _log(viewer, row, "mailing.stop", {"reason": "who confirmed it may not send it any more"})
    return False


@transaction.atomic
def send_one(*, viewer: Viewer, mailing_id: int, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> bool:
    """Send it to one patient, or note why not; returns False when it was stopped. Run twice it is once.

    Audit: `mailing.receive` in the log of that patient.
    """
    row = Mailing.objects.filter(pk=mailing_id, practice_id=practice_id).first()
    if row is None or row.state != MailingState.SENDING:
        return False
    place = MailingRecipient.objects.select_for_update(skip_locked=True).filter(mailing=row, patient_id=patient_id)
    recipient = place.filter(state=RecipientState.CHOSEN).first()
    if recipient is None:
        return True  # another worker has it, or it was handled
    why_not = _why_not(viewer, patient_id, practice_id, now)
    consult_id = None
    if why_not is None:
        consult_id = _send(viewer, row, patient_id, practice_id, now)
    recipient.state = RecipientState.SENT if why_not is None else RecipientState.REFUSED
    recipient.reason, recipient.consult_id, recipient.handled_at = why_not or "", consult_id, now
    recipient.save(update_fields=["state", "reason", "consult", "handled_at"])
    return True


@transaction.atomic
def finish(*, viewer: Viewer, mailing_id: int, practice_id: PracticeId, now: datetime) -> None:
    """Everybody was handled. Audit: `mailing.done` with the numbers."""
    row = Mailing.objects.select_for_update().filter(pk=mailing_id, practice_id=practice_id).first()
    if row is None or row.state != MailingState.SENDING:
        return
    rows = MailingRecipient.objects.filter(mailing=row)
    if rows.filter(state=RecipientState.CHOSEN).exists():
        return  # another worker still has somebody in hand
    Mailing.objects.filter(pk=row.pk).update(state=MailingState.DONE, ended_at=now)
    sent = rows.filter(state=RecipientState.SENT).count()
    _log(viewer, row, "mailing.done", {"sent": sent, "refused": rows.filter(state=RecipientState.REFUSED).count()})


def list_forgotten(*, now: datetime) -> list[tuple[int, PracticeId]]:
    """Selections that nobody sent for two weeks: who was in them is not kept longer. For the worker."""
    rows = Mailing.objects.filter(
        state__in=[MailingState.ASKED, MailingState.CHOOSING], created_at__lt=now - KEEP_UNSENT
    )
    return [(pk, PracticeId(practice)) for pk, practice in rows.order_by("pk").values_list("pk", "practice_id")]


@transaction.atomic
def forget(*, viewer: Viewer, mailing_id: int, practice_id: PracticeId, now: datetime) -> None:
    """Forget who was in a selection that was not sent. Audit: `mailing.drop`."""
    row = Mailing.objects.select_for_update().filter(pk=mailing_id, practice_id=practice_id).first()
    if row is None or row.state not in (MailingState.ASKED, MailingState.CHOOSING):
        return
    MailingRecipient.objects.filter(mailing=row).delete()
    Mailing.objects.filter(pk=row.pk).update(state=MailingState.DROPPED, ended_at=now)
    _log(viewer, row, "mailing.drop", {"reason": "not sent in time"})


def _find(row: Mailing, now: datetime) -> list[Candidate]:
    question = question_of(wanted=criteria_of(values=row.criteria), today=local_date(now))
    return [
        Candidate(
            patient_id=PersonId(found[0]), is_enrolled=found[1], is_served=found[2], online_access=found[3],
            birth_date=found[4], is_known=found[5], has_parent=found[6], uses_portal=found[7], has_objected=found[8],
        )
        for found in select_patients(arguments=question)
    ]  # fmt: skip


def _recipient(row: Mailing, one: Candidate, why_not: WhyNot | None) -> MailingRecipient:
    return MailingRecipient(
        mailing_id=row.pk,
        practice_id=row.practice_id,
        patient_id=one.patient_id,
        state=RecipientState.LEFT_OUT if why_not else RecipientState.CHOSEN,
        reason=why_not or "",
        uses_portal=one.uses_portal,
    )


def _why_not(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> WhyNot | None:
    """The same question once more: hours or a decision may lie between the choice and the sending."""
    found = candidate_of(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    why_not = rules.left_out(found=found, today=local_date(now))
    if why_not is None and MailingObjection.objects.filter(practice_id=practice_id, patient_id=patient_id).exists():
        return WhyNot.OBJECTED
    return why_not


def _send(viewer: Viewer, row: Mailing, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> int:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event="mailing.receive",
        action=AuditAction.CREATE,
        now=now,
        object_type="mailing",
        object_id=row.pk,
        detail={"by": row.made_by_id},
    )
    name = people.list_names(person_ids=[patient_id])[patient_id]
    consult = Consult.objects.create(
        practice_id=practice_id,
        patient_id=patient_id,
        asked_by_id=patient_id,
        subject=row.subject,
        state=ConsultState.ANSWERED,
        started_by_id=row.made_by_id,
        mailing_id=row.pk,
        takes_replies=row.takes_replies,
        reply_until=row.reply_until,
        changed_by_name=row.made_by_name,
        changed_at=now,
        sent_at=now,
    )
    number, _is_new = add_text_of(
        row=consult,
        employee_id=EmployeeId(row.made_by_id),
        name=row.made_by_name,
        text=rules.fill(text=row.text, fields=fields_of(name=name, practice_id=practice_id, now=now)),
        token=rules.token_of(what="mailing", number=row.pk),
        now=now,
    )
    tell(viewer=viewer, patient_id=patient_id, practice_id=practice_id, message_id=number, now=now)
    return int(consult.pk)


def _log(viewer: Viewer, row: Mailing, event: str, detail: dict[str, str | int | bool | list[int]]) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.EXECUTE,
        object_type="mailing",
        object_id=row.pk,
        practice_id=PracticeId(row.practice_id),
        detail=detail,
    )
