"""`Hoe gaat het over twee weken?`: planned by the practice, asked by the worker, once (REQ 33; security row 50)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult import rules
from zorgbalie.consult.actions.outgoing_texts import add_text_of, check_outgoing_text, tell
from zorgbalie.consult.models import Consult, ConsultMessage, PlannedFollowUp
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.outgoing import RUNNING, fields_of, get_message_rules, reachable_now
from zorgbalie.consult.types import (
    AuthorKind,
    ConsultChanged,
    ConsultState,
    DayNotUsable,
    FollowUpNotPossible,
    FollowUpState,
    MessagesOff,
    WhyEnded,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, EmployeeId, FollowUpId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.opening import Calendar
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


@deed()
@transaction.atomic
def plan(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, day: date, text: str, revision: int, now: datetime
) -> FollowUpId:
    """Plan a question for a day, or change what is planned; `revision` is of what was on the screen, 0 for nothing.

    The same twice is once. Raises NotAllowed, NotVisible, MessagesOff, DayNotUsable, TextMissing,
    FollowUpNotPossible (closed), ConsultChanged. Audit: `followup.plan`. Source: REQ 33.
    """
    row = _lock(viewer, patient_id, consult_id, "followup.plan", now)
    practice_id = PracticeId(row.practice_id)
    chosen = get_message_rules(practice_id=practice_id)
    clean = check_outgoing_text(text)
    today = local_date(now)
    if not rules.may_plan_on(day=day, today=today, calendar=get_calendar(practice_id=practice_id, since=today)):
        raise DayNotUsable(_("Kies een dag na vandaag en binnen een jaar, waarop de praktijk open is."), field="day")
    found = _running(row)
    if found is not None and (found.ask_on, found.text, found.state) == (day, clean, FollowUpState.PLANNED):
        return FollowUpId(found.pk)
    if not chosen.is_on:
        raise MessagesOff(_("De praktijk heeft zelf berichten sturen uitgezet."))
    if row.state == ConsultState.CLOSED:
        raise FollowUpNotPossible(_("Deze vraag is afgerond. Stuur de patiënt een nieuw bericht."))
    _check_current(found, revision)
    values = {"ask_on": day, "due_on": day, "text": clean, "wait_days": chosen.silent_days}
    if found is not None:
        PlannedFollowUp.objects.filter(pk=found.pk).update(**values, revision=found.revision + 1)
        return FollowUpId(found.pk)
    made = PlannedFollowUp.objects.create(
        consult=row,
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        planned_by_id=viewer.employee_id or 0,
        planned_by_name=viewer.name[:160],
        created_at=now,
        **values,
    )
    return FollowUpId(made.pk)


@deed()
@transaction.atomic
def cancel(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, revision: int, now: datetime) -> None:
    """Plan nothing any more; twice is once.

    Raises NotAllowed, NotVisible, ConsultChanged. Audit: `followup.cancel`. Source: REQ 33.
    """
    row = _lock(viewer, patient_id, consult_id, "followup.cancel", now)
    found = _running(row)
    if found is None:
        return
    _check_current(found, revision)
    _end(found, FollowUpState.CANCELLED, now, WhyEnded.BY_DESK)


def end_with_thread(*, row: Consult, now: datetime) -> None:
    """A thread was closed: nothing is asked in it any more. For this app, within its grant."""
    rows = PlannedFollowUp.objects.filter(consult=row, state__in=RUNNING)
    rows.update(state=FollowUpState.CANCELLED, reason=WhyEnded.CLOSED, ended_at=now)


def note_patient_wrote(*, viewer: Viewer, row: Consult, now: datetime) -> EmployeeId | None:
    """The patient wrote: what is planned is not asked any more, and what was asked is answered.

    Returns on whose work list the text belongs: of who planned the question that it answers, while at work here.
    """
    found = (
        PlannedFollowUp.objects.filter(consult=row, state__in=[*RUNNING, FollowUpState.SILENT]).order_by("-pk").first()
    )
    if found is None:
        return None
    if found.state == FollowUpState.PLANNED:
        _end(found, FollowUpState.CANCELLED, now, WhyEnded.PATIENT_WROTE)
        return None
    _end(found, FollowUpState.ANSWERED, now)
    practice_id = PracticeId(row.practice_id)
    worklist.finish_items(viewer=viewer, practice_id=practice_id, kind=ItemKind.FOLLOW_UP, about_id=row.pk, now=now)
    return _planner_at_work(found, now)


# The worker


def list_due(*, now: datetime) -> list[tuple[int, PersonId, PracticeId]]:
    """What is to be asked, or waited for long enough, whoever it is of. For the worker."""
    rows = PlannedFollowUp.objects.filter(state__in=RUNNING, due_on__lte=local_date(now)).order_by("due_on", "pk")
    return [
        (pk, PersonId(patient), PracticeId(practice))
        for pk, patient, practice in rows.values_list("pk", "patient_id", "practice_id")
    ]


@transaction.atomic
def act_on_due(
    *, viewer: Viewer, follow_up_id: int, patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> None:
    """Ask what is due, or tell the desk that no reply came; run twice it is once.

    Nothing in the quiet hours, nor on a day on which the practice does not work: it waits for the next.

    Audit: `followup.ask`, `followup.silent` or `followup.cancel`. Source: REQ 33; security row 50.
    """
    chosen = get_message_rules(practice_id=practice_id)
    if rules.quiet_until(now=now, start=chosen.quiet_from, end=chosen.quiet_until) is not None:
        return
    calendar = get_calendar(practice_id=practice_id, since=local_date(now))
    if not rules.is_open_day(day=local_date(now), calendar=calendar):
        return
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event="followup.due",
        action=AuditAction.EXECUTE,
        now=now,
        object_type="planned_follow_up",
        object_id=follow_up_id,
    )
    # The thread first, as whoever writes in it or closes it does: so nobody waits for the other in a circle, and what
    # came between is there to see.
    plans = PlannedFollowUp.objects.filter(pk=follow_up_id)
    consult = Consult.objects.select_for_update().filter(pk__in=plans.values("consult_id")).first()
    row = plans.select_for_update().filter(state__in=RUNNING, due_on__lte=local_date(now)).first()
    if row is None or consult is None:
        return
    if row.state == FollowUpState.ASKED:
        _end(row, FollowUpState.SILENT, now)
        _put_on_list(row, now)
        return
    why_not = _why_not(viewer, row, consult, now)
    if why_not is None:
        _ask(viewer, row, consult, chosen.reply_days, calendar, now)
        return
    _end(row, FollowUpState.CANCELLED, now, why_not)
    if why_not is WhyEnded.UNREADABLE:
        _put_on_list(row, now)


def _why_not(viewer: Viewer, row: PlannedFollowUp, consult: Consult, now: datetime) -> WhyEnded | None:
    """Whether anything came between; what the patient wrote ended it already, and is looked at once more."""
    if consult.state == ConsultState.CLOSED:
        return WhyEnded.CLOSED
    wrote = ConsultMessage.objects.filter(
        consult_id=row.consult_id, author_kind=AuthorKind.PATIENT, sent_at__gt=row.created_at
    )
    if wrote.exists():
        return WhyEnded.PATIENT_WROTE
    found = reachable_now(
        viewer=viewer, patient_id=PersonId(row.patient_id), practice_id=PracticeId(row.practice_id), now=now
    )
    return WhyEnded.UNREADABLE if found.why_not is not None else None


def _ask(
    viewer: Viewer, row: PlannedFollowUp, consult: Consult, reply_days: int, calendar: Calendar, now: datetime
) -> None:
    patient_id, practice_id = PersonId(row.patient_id), PracticeId(row.practice_id)
    name = people.list_names(person_ids=[patient_id])[patient_id]
    text = rules.fill(text=row.text, fields=fields_of(name=name, practice_id=practice_id, now=now))
    number, _is_new = add_text_of(
        row=consult,
        employee_id=EmployeeId(row.planned_by_id),
        name=row.planned_by_name,
        text=text,
        token=rules.token_of(what="follow_up", number=row.pk),
        now=now,
    )
    today = local_date(now)
    if consult.reply_until is not None:
        consult.reply_until = max(consult.reply_until, today + timedelta(days=reply_days))
    consult.takes_replies = True
    consult.changed_at, consult.changed_by_name = now, row.planned_by_name
    consult.revision += 1
    consult.save(update_fields=["takes_replies", "reply_until", "changed_at", "changed_by_name", "revision"])
    row.state, row.asked_at = FollowUpState.ASKED, now
    row.due_on = rules.next_open_day(day=today + timedelta(days=row.wait_days), calendar=calendar)
    row.revision += 1
    row.save(update_fields=["state", "asked_at", "due_on", "revision"])
    tell(viewer=viewer, patient_id=patient_id, practice_id=practice_id, message_id=number, now=now)


def _put_on_list(row: PlannedFollowUp, now: datetime) -> None:
    """On the work list of who planned it: no reply came, or it could not be asked."""
    worklist.add_item(
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.FOLLOW_UP,
        about_id=row.consult_id,
        person_id=PersonId(row.patient_id),
        for_right=StaffRight.ANSWER_CONSULTS,
        employee_id=_planner_at_work(row, now),
    )


def _planner_at_work(row: PlannedFollowUp, now: datetime) -> EmployeeId | None:
    """Who planned it, while at work here with the right to answer; None: the work is everybody's."""
    team = practices.list_colleagues(
        practice_id=PracticeId(row.practice_id), right=StaffRight.ANSWER_CONSULTS, today=local_date(now)
    )
    return next((one.employee_id for one in team if one.employee_id == row.planned_by_id), None)


def _lock(viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, event: str, now: datetime) -> Consult:
    if viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    grant = open_desk(viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event=event, now=now)
    return find_row(grant=grant, consult_id=consult_id, lock=True)


def _running(row: Consult) -> PlannedFollowUp | None:
    return PlannedFollowUp.objects.select_for_update().filter(consult=row, state__in=RUNNING).first()


def _check_current(found: PlannedFollowUp | None, revision: int) -> None:
    if found is not None and found.state == FollowUpState.ASKED:
        raise FollowUpNotPossible(_("De vraag is al aan de patiënt gesteld. Wacht op het antwoord."))
    if (found.revision if found else 0) != revision:
        raise ConsultChanged(_("Iemand anders heeft dit net gewijzigd. Kijk wat er nu staat."))


def _end(row: PlannedFollowUp, state: FollowUpState, now: datetime, reason: WhyEnded | None = None) -> None:
    row.state, row.reason, row.ended_at = state, reason or "", now
    row.save(update_fields=["state", "reason", "ended_at"])
