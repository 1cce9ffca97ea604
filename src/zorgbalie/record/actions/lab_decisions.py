"""What a doctor decides on a laboratory report: publish, invite, save (REQ 63, 64; R1, R2), and what is due later.

Who decides names the revision on the screen; of two at once one wins, a double press is one decision. Publishing copies
the ticked results to the record; until then nothing of a report is there for the portal.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, LabReportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.messaging.actions.outbox import notify
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice import queries as practices
from zorgbalie.record.actions.lab_terms import check_terms
from zorgbalie.record.models import LabInvitation, LabReport, LabResult, Observation
from zorgbalie.record.queries.lab_rows import observation_of
from zorgbalie.record.queries.lab_terms import find_due_objection, read_terms
from zorgbalie.record.queries.patient_results import former_versions
from zorgbalie.record.queries.wishes import list_wishes
from zorgbalie.record.rules.lab import due_moment, is_due, open_field
from zorgbalie.record.types.lab import (
    DecisionNotUsable,
    LabAction,
    LabDecision,
    ReportDecided,
    ReportState,
)
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

LONGEST_TEXT = 3000
LONGEST_WAIT = timedelta(days=365)
DAYS_TO_CALL = 14
"""Days after which an invitation comes back on the action list."""

_OPEN = (ReportState.NEW, ReportState.SAVED, ReportState.SCHEDULED, ReportState.INVITED)


@deed()
def decide_on_report(
    *, viewer: Viewer, patient_id: PersonId, report_id: LabReportId, decision: LabDecision, now: datetime
) -> ReportState:
    """Carry out a decision; returns the state that the report has now.

    Raises ReportDecided (somebody was first, or a later version came in), DecisionNotUsable, NotAllowed, NotVisible.
    Audit: `lab.publish`, `lab.schedule`, `lab.invite`, `lab.save` or `lab.close`, with whether the patient was spoken
    to. Source: REQ 62 to 64; R1, R2; ux 32.
    """
    later = decision.action is LabAction.PUBLISH and decision.publish_on is not None
    event = "lab.schedule" if later else f"lab.{decision.action}"
    grant = _open(viewer, patient_id, report_id, event, now, spoken=decision.has_spoken)
    with transaction.atomic():
        row = _lock(grant, report_id, decision.revision)
        check_decision(state=ReportState(row.state), decision=decision, now=now)
        _check_terms(viewer, grant, row, decision, now)
        _write(row, viewer, decision, now)
        _finish(viewer, row, now)
        if decision.action is LabAction.SAVE:
            return _save(row, decision)
        if decision.action is LabAction.INVITE:
            return _invite(viewer, row, decision, now)
        if decision.action is LabAction.CLOSE:
            return _close(row, now)
        if decision.publish_on is not None and not is_due(publish_on=decision.publish_on, now=now):
            return _move(row, ReportState.SCHEDULED)
        return _publish(viewer, row, now)


def list_due(*, viewer: Viewer, now: datetime) -> list[tuple[PersonId, PracticeId, LabReportId]]:
    """Reports whose day has come, of all practices; for the worker alone. Raises NotVisible."""
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.LAB_REPORTS)
    rows = LabReport.objects.filter(state=ReportState.SCHEDULED, publish_on__lte=local_date(now)).order_by("pk")
    return [
        (PersonId(row.patient_id), PracticeId(row.practice_id), LabReportId(row.pk))
        for row in rows
        if row.publish_on is not None and is_due(publish_on=row.publish_on, now=now)
    ]


def publish_due_report(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, report_id: LabReportId, now: datetime
) -> bool:
    """Publish a report whose day has come; returns whether it did. Twice is once.

    Who left the practice meanwhile gets nothing, nor who wants to hear it otherwise or whose kind of result may not be
    online (any more): the report goes back to the action list. Audit: `lab.publish`, or `lab.hold` with the reason.
    Source: REQ 62; ux 32.
    """
    found = find_due_objection(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, report_id=report_id, now=now
    )
    if found is None:
        return False
    revision, objection = found
    event = "lab.hold" if objection else "lab.publish"
    grant = _open(viewer, patient_id, report_id, event, now, practice_id, reason=objection or "")
    with transaction.atomic():
        planned = {"pk": report_id, "state": ReportState.SCHEDULED, "revision": revision}
        row = _rows(grant).select_for_update().filter(**planned).first()
        if row is None or row.publish_on is None or not is_due(publish_on=row.publish_on, now=now):
            return False
        if objection or not practices.find_relation(person_id=patient_id, practice_id=practice_id).enrolled:
            row.publish_on = None
            _put_on_action_list(row, local_date(now))
            _move(row, ReportState.SAVED)
            return False
        _publish(viewer, row, now)
        return True


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    report_id: LabReportId,
    event: str,
    now: datetime,
    practice_id: PracticeId | None = None,
    **detail: str | bool,
) -> Grant:
    place = practice_id or viewer.practice_id
    if place is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=place,
        kind=DataKind.LAB_REPORTS,
        use=Use.CHANGE,
        event=event,
        now=now,
        object_type="lab_report",
        object_id=report_id,
        detail={name: value for name, value in detail.items() if value},
    )


def _check_terms(viewer: Viewer, grant: Grant, row: LabReport, decision: LabDecision, now: datetime) -> None:
    """The rules and the wish as they are at this moment, not as they were when the page was opened."""
    if decision.action is LabAction.PUBLISH:
        wishes = list_wishes(viewer=viewer, patient_id=grant.patient_id, practice_id=grant.practice_id, now=now)
        terms = read_terms(row=row, wishes=wishes, ticked=decision.shared, has_spoken=decision.has_spoken)
        check_terms(terms=terms, decision=decision, now=now)


def _rows(grant: Grant) -> QuerySet[LabReport]:
    return LabReport.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)


def _lock(grant: Grant, report_id: LabReportId, revision: int) -> LabReport:
    row = _rows(grant).select_for_update().filter(pk=report_id).first()
    if row is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    if row.state == ReportState.REPLACED:
        raise ReportDecided(_("Er is een nieuwere versie van deze uitslag. Beslis over die versie."))
    if row.revision != revision or row.state not in _OPEN:
        names = practices.list_employee_names(employee_ids=[row.decided_by_id] if row.decided_by_id else [])
        who = names.get(row.decided_by_id or 0, "") or _("Iemand anders")
        raise ReportDecided(_("%(name)s heeft deze uitslag net verwerkt. Er is nu niets gewijzigd.") % {"name": who})
    return row


def check_decision(*, state: ReportState, decision: LabDecision, now: datetime) -> None:
    """That a decision has what it needs, before it is asked for once more. Raises DecisionNotUsable. Source: R1, R2."""
    today = local_date(now)
    if decision.action is LabAction.PUBLISH:
        _check_texts(decision)
        _check_day(decision.publish_on, today, "publish_on")
    elif decision.action is LabAction.SAVE:
        if decision.due_on is None:
            raise DecisionNotUsable(_("Kies de dag waarop u hiernaar wilt kijken."), field="due_on")
        _check_day(decision.due_on, today, "due_on")
    elif decision.action is LabAction.CLOSE and state != ReportState.INVITED:
        raise DecisionNotUsable(_("U kunt alleen afronden nadat u de patiënt uitnodigde."))


def _check_texts(decision: LabDecision) -> None:
    """R1: no publication without a conclusion, and none with an empty field of a template in it."""
    if not decision.conclusion.strip():
        raise DecisionNotUsable(
            _("Schrijf een conclusie. Zonder conclusie kunt u niet publiceren."), field="conclusion"
        )
    for name, text in (("conclusion", decision.conclusion), ("advice", decision.advice)):
        if len(text) > LONGEST_TEXT:
            raise DecisionNotUsable(_("Deze tekst is te lang."), field=name)
        left = open_field(text=text)
        if left:
            raise DecisionNotUsable(_("Vul %(field)s nog in, of haal het weg.") % {"field": left}, field=name)


def _check_day(day: date | None, today: date, field: str) -> None:
    if day is not None and not today <= day <= today + LONGEST_WAIT:
        raise DecisionNotUsable(_("Kies een dag vanaf vandaag en binnen een jaar."), field=field)


def _write(row: LabReport, viewer: Viewer, decision: LabDecision, now: datetime) -> None:
    """Store ticks and texts with any decision, so that no typed text is lost."""
    row.conclusion = decision.conclusion.strip()[:LONGEST_TEXT]
    row.advice = decision.advice.strip()[:LONGEST_TEXT]
    row.is_upsetting = decision.is_upsetting
    row.publish_on = decision.publish_on if decision.action is LabAction.PUBLISH else None
    row.decided_at, row.decided_by_id = now, viewer.employee_id
    row.told_at = (row.told_at or now) if decision.has_spoken else None
    row.revision += 1
    results = LabResult.objects.filter(report=row)
    results.filter(pk__in=decision.shared).update(shared=True)
    results.exclude(pk__in=decision.shared).update(shared=False)


def _move(row: LabReport, state: ReportState) -> ReportState:
    row.state = state
    row.save()
    return state


def _save(row: LabReport, decision: LabDecision) -> ReportState:
    """R2: a saved report is an item on the action list."""
    if decision.due_on is not None:
        _put_on_action_list(row, decision.due_on)
    return _move(row, ReportState.SAVED)


def _invite(viewer: Viewer, row: LabReport, decision: LabDecision, now: datetime) -> ReportState:
    """Ask the patient to make an appointment, and let the report come back when nobody called."""
    values = {
        "practice_id": row.practice_id,
        "patient_id": row.patient_id,
        "doctor_name": viewer.name,
        "invited_at": now,
        "done_at": None,
        "booking_kind": decision.booking.kind_id if decision.booking else None,
        "booking_agenda": decision.booking.agenda_id if decision.booking else None,
        "booking_words": decision.booking.words[:220] if decision.booking else "",
    }
    LabInvitation.objects.update_or_create(report=row, defaults=values)
    _put_on_action_list(row, decision.due_on or local_date(now) + timedelta(days=DAYS_TO_CALL))
    _tell(viewer, row, f"lab_invitation:{row.pk}:{row.revision}", now)
    return _move(row, ReportState.INVITED)


def _close(row: LabReport, now: datetime) -> ReportState:
    _end_invitations([row.pk], now)
    return _move(row, ReportState.CLOSED)


def _publish(viewer: Viewer, row: LabReport, now: datetime) -> ReportState:
    """Put the ticked results in the record, and take the place of what was published of earlier versions."""
    former = list(former_versions(report=row).filter(replaced_at__isnull=True).values_list("pk", flat=True))
    if former:
        Observation.objects.filter(lab_report_id__in=former, replaced_at__isnull=True).update(replaced_at=now)
        LabReport.objects.filter(pk__in=former).update(replaced_at=now)
    _set_invited_aside(viewer, row, now)
    shared = LabResult.objects.filter(report=row, shared=True).order_by("position")
    Observation.objects.bulk_create([observation_of(result, row) for result in shared])
    row.published_at, row.publish_on = now, None
    _end_invitations([row.pk], now)
    _tell(viewer, row, f"lab_report:{row.pk}", now)
    return _move(row, ReportState.PUBLISHED)


def _set_invited_aside(viewer: Viewer, row: LabReport, now: datetime) -> None:
    """An invitation about an earlier version ends when a later one is published."""
    earlier = LabReport.objects.filter(
        patient_id=row.patient_id,
        practice_id=row.practice_id,
        laboratory=row.laboratory,
        report_number=row.report_number,
        state=ReportState.INVITED,
    ).exclude(pk=row.pk)
    ids = list(earlier.values_list("pk", flat=True))
    for pk in ids:
        worklist.finish_items(
            viewer=viewer, practice_id=PracticeId(row.practice_id), kind=ItemKind.ACTION, about_id=pk, now=now
        )
    _end_invitations(ids, now)
    earlier.update(state=ReportState.REPLACED)


def _end_invitations(report_ids: list[int], now: datetime) -> None:
    LabInvitation.objects.filter(report_id__in=report_ids, done_at__isnull=True).update(done_at=now)


def _finish(viewer: Viewer, row: LabReport, now: datetime) -> None:
    for kind in (ItemKind.LAB_REPORT, ItemKind.ACTION):
        worklist.finish_items(
            viewer=viewer, practice_id=PracticeId(row.practice_id), kind=kind, about_id=row.pk, now=now
        )


def _put_on_action_list(row: LabReport, day: date) -> None:
    worklist.add_item(
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.ACTION,
        about_id=row.pk,
        person_id=PersonId(row.patient_id),
        for_right=StaffRight.PUBLISH_RESULTS,
        account_id=AccountId(row.account_id) if row.account_id else None,
        due_at=due_moment(day=day),
    )


def _tell(viewer: Viewer, row: LabReport, event_key: str, now: datetime) -> None:
    """With the patient's yes a mail that something is ready; nothing medical in it (R9, R15)."""
    notify(
        viewer=viewer,
        person_id=PersonId(row.patient_id),
        practice_id=PracticeId(row.practice_id),
        kind=NoticeKind.RESULT_READY,
        event_key=event_key,
        now=now,
    )
