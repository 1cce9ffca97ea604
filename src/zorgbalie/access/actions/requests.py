"""Asking to read the record, and what the practice decides on it (REQ 24, 54 to 56, 77; R6, R7, R16).

The state changes by compare and swap: of two employees who decide at once one wins and the other is told who did.
Each decision closes the item in the inbox and tells the patient, in the same transaction.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import facts, gate
from zorgbalie.access.models import AccessRequest
from zorgbalie.access.queries.requests import find_row
from zorgbalie.access.rules import REACHED_FROM, RUNNING, cleaned_reason, may_release_by_itself
from zorgbalie.access.types import (
    AgreementMissing,
    DataKind,
    OnlineAccess,
    OnlineAccessClosed,
    ReasonMissing,
    RequestDecided,
    RequestState,
    Use,
)
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccessRequestId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.messaging import actions as messaging
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import ReleaseMode
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


def ask_to_read(*, viewer: Viewer, practice_id: PracticeId, now: datetime) -> RequestState:
    """The patient, or who acts for the patient, asks to read the record; asking twice is asking once.

    Where the practice chose so, and only for 16 and over with online access, it is granted at once (R16).
    Raises NotVisible (also before both signed, R7). Audit: `request.ask`.
    """
    patient_id = _subject(viewer)
    _open(viewer, patient_id, practice_id, "request.ask", now)
    running = _running(patient_id, practice_id)
    if running is not None:
        return RequestState(running.state)
    automatic = _is_automatic(patient_id, practice_id, now)
    try:
        with transaction.atomic():
            row = AccessRequest.objects.create(
                practice_id=practice_id,
                person_id=patient_id,
                asked_by_id=viewer.person_id or patient_id,
                state=RequestState.RELEASED if automatic else RequestState.ASKED,
                automatic=automatic,
                asked_at=now,
                decided_at=now if automatic else None,
            )
    except IntegrityError:  # a second click was faster: the constraint allows one running request
        running = _running(patient_id, practice_id)
        return RequestState(running.state) if running else RequestState.ASKED
    facts.forget()
    _tell_desk(row)
    if automatic:
        _tell_patient(viewer, row, NoticeKind.RECORD_RELEASED, now)
    return RequestState(row.state)


@deed()
def release_request(*, viewer: Viewer, request_id: AccessRequestId, now: datetime) -> None:
    """Open the record to the patient (REQ 55).

    Raises NotVisible, NotAllowed, RequestDecided, AgreementMissing (R7), OnlineAccessClosed. Audit: `request.release`.
    """
    row = _open_request(viewer, request_id, "request.release", now)
    patient_id, practice_id = PersonId(row.person_id), PracticeId(row.practice_id)
    if not facts.has_agreement(patient_id=patient_id, practice_id=practice_id):
        raise AgreementMissing(
            _("De afspraken zijn nog niet door beide kanten ondertekend. Geef het dossier daarna vrij.")
        )
    relation = practices.find_relation(person_id=patient_id, practice_id=practice_id)
    if relation.online_access != OnlineAccess.ALLOWED:
        raise OnlineAccessClosed(
            _("Voor deze patiënt staat online inzage uit. Wijzig dat eerst bij de patiënt, of geef een kopie.")
        )
    _decide(viewer, row, RequestState.RELEASED, "", now)
    _tell_patient(viewer, row, NoticeKind.RECORD_RELEASED, now)


@deed()
def refuse_request(*, viewer: Viewer, request_id: AccessRequestId, reason: str, now: datetime) -> None:
    """Refuse, with a reason that the patient reads (R6).

    Raises NotVisible, NotAllowed, RequestDecided, ReasonMissing. Audit: `request.refuse`.
    """
    row = _open_request(viewer, request_id, "request.refuse", now)
    _decide(viewer, row, RequestState.REFUSED, _checked_reason(reason), now)
    _tell_patient(viewer, row, NoticeKind.REQUEST_ANSWERED, now)


@deed()
def leave_open(*, viewer: Viewer, request_id: AccessRequestId, reason: str, now: datetime) -> None:
    """Leave the request open, with a reason that the patient reads (R6, REQ 7); it can still be decided later.

    The item leaves the inbox: it was looked at. The patient's card and the list of open requests keep showing it.
    Raises NotVisible, NotAllowed, RequestDecided, ReasonMissing. Audit: `request.leave_open`.
    """
    row = _open_request(viewer, request_id, "request.leave_open", now)
    _decide(viewer, row, RequestState.LEFT_OPEN, _checked_reason(reason), now)
    _tell_patient(viewer, row, NoticeKind.REQUEST_ANSWERED, now)


@deed()
def close_released(*, viewer: Viewer, request_id: AccessRequestId, reason: str, now: datetime) -> None:
    """The practice takes a release back, at once, with a reason that the patient reads.

    Raises NotVisible, NotAllowed, RequestDecided, ReasonMissing. Audit: `request.close`.
    """
    row = _open_request(viewer, request_id, "request.close", now)
    _decide(viewer, row, RequestState.WITHDRAWN, _checked_reason(reason), now)
    _tell_patient(viewer, row, NoticeKind.REQUEST_ANSWERED, now)


def withdraw_request(*, viewer: Viewer, practice_id: PracticeId, now: datetime) -> bool:
    """The patient takes the request back, or no longer wants the record to be shown; at once.

    Returns False when there was nothing to take back. Raises NotVisible. Audit: `request.withdraw`.
    """
    patient_id = _subject(viewer)
    # The table asks no agreement for reading: taking back must work also when the agreement ended.
    _open(viewer, patient_id, practice_id, "request.withdraw", now, use=Use.READ)
    return withdraw_running(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)


def withdraw_running(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> bool:
    """Withdraw what runs, for this app's other actions, which asked the gate themselves."""
    row = _running(patient_id, practice_id)
    if row is None:
        return False
    changed = AccessRequest.objects.filter(pk=row.pk, state__in=RUNNING).update(
        state=RequestState.WITHDRAWN, decided_at=now
    )
    _finish_items(viewer, row, now)
    facts.forget()
    return changed == 1


def _subject(viewer: Viewer) -> PersonId:
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None:
        raise NotVisible(DataKind.RELEASE)
    return viewer.subject_id


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    now: datetime,
    *,
    object_id: int | str = "",
    use: Use = Use.CHANGE,
) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.RELEASE,
        use=use,
        event=event,
        now=now,
        action=AuditAction.CREATE if event == "request.ask" else AuditAction.UPDATE,
        object_type="access_request",
        object_id=object_id,
    )


def _open_request(viewer: Viewer, request_id: AccessRequestId, event: str, now: datetime) -> AccessRequest:
    row = find_row(viewer=viewer, request_id=request_id)
    _open(viewer, PersonId(row.person_id), PracticeId(row.practice_id), event, now, object_id=row.pk)
    return row


def _running(patient_id: PersonId, practice_id: PracticeId) -> AccessRequest | None:
    return AccessRequest.objects.filter(person_id=patient_id, practice_id=practice_id, state__in=RUNNING).first()


def _is_automatic(patient_id: PersonId, practice_id: PracticeId, now: datetime) -> bool:
    birth_date = people.find_birth_date(person_id=patient_id)
    return may_release_by_itself(
        practice_is_automatic=practices.get_release_settings(practice_id=practice_id).mode is ReleaseMode.AUTOMATIC,
        age_group=age_group_on(birth_date, local_date(now)) if birth_date else None,
        online_access=practices.find_relation(person_id=patient_id, practice_id=practice_id).online_access,
    )


def _decide(viewer: Viewer, row: AccessRequest, state: RequestState, reason: str, now: datetime) -> None:
    """Compare and swap: changes the row only when it still is in a state from which `state` may be reached."""
    changed = AccessRequest.objects.filter(
        pk=row.pk, practice_id=row.practice_id, state__in=REACHED_FROM[state]
    ).update(state=state, reason=reason, decided_at=now, decided_by_id=viewer.employee_id)
    if changed != 1:
        raise RequestDecided(_already_decided(row))
    _finish_items(viewer, row, now)
    facts.forget()


def _already_decided(row: AccessRequest) -> str:
    row.refresh_from_db()
    by = practices.list_employee_names(employee_ids=[row.decided_by_id or 0]).get(row.decided_by_id or 0, "")
    if by:
        return _("Deze aanvraag is al behandeld door %(name)s. Er is nu niets gewijzigd.") % {"name": by}
    return _("De patiënt heeft deze aanvraag ingetrokken. Er is nu niets gewijzigd.")


def _checked_reason(text: str) -> str:
    reason = cleaned_reason(text=text)
    if not reason:
        raise ReasonMissing(
            _("Schrijf kort waarom. De patiënt leest dit ook. Gebruik niet meer dan 1000 tekens."), field="reason"
        )
    return reason


def _finish_items(viewer: Viewer, row: AccessRequest, now: datetime) -> None:
    for kind in (ItemKind.ACCESS_REQUEST, ItemKind.AUTOMATIC_RELEASE):
        worklist.finish_items(
            viewer=viewer, practice_id=PracticeId(row.practice_id), kind=kind, about_id=row.pk, now=now
        )


def _tell_desk(row: AccessRequest) -> None:
    practice_id = PracticeId(row.practice_id)
    if row.automatic and not practices.get_release_settings(practice_id=practice_id).automatic_notifies:
        return  # R16: the practice chose to be left in peace
    worklist.add_item(
        practice_id=practice_id,
        kind=ItemKind.AUTOMATIC_RELEASE if row.automatic else ItemKind.ACCESS_REQUEST,
        about_id=row.pk,
        person_id=PersonId(row.person_id),
        for_right=StaffRight.RELEASE_RECORD,
    )


def _tell_patient(viewer: Viewer, row: AccessRequest, kind: NoticeKind, now: datetime) -> None:
    messaging.notify(
        viewer=viewer,
        person_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        kind=kind,
        # The moment is part of the key: leaving open twice is two answers.
        event_key=f"request:{row.pk}:{kind}:{now.isoformat()}",
        now=now,
    )
