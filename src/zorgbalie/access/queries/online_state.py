"""How far a patient is on the way to the own record: for the list of things to do and for the page without access."""

from datetime import datetime, timedelta

from zorgbalie.access import facts as facts_of
from zorgbalie.access import gate
from zorgbalie.access.models import AccessRequest, Agreement
from zorgbalie.access.policy import HOLDS, Facts, Need
from zorgbalie.access.types import DataKind, OnlineAccess, OnlineState, OnlineStep, RequestState, Use
from zorgbalie.audit.looks import has_looked
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer

ANSWER_READ = "access.state_read"
RECORD_READ = "record.read"
_NEWS = timedelta(days=14)
_TO_READ_RESULTS = (Need.ENROLLED, Need.ONLINE_ALLOWED, Need.AGREEMENT, Need.RELEASED, Need.ONLINE_FACILITIES)
_STEP_OF = {
    RequestState.ASKED: OnlineStep.WAITING,
    RequestState.LEFT_OPEN: OnlineStep.LEFT_OPEN,
    RequestState.REFUSED: OnlineStep.REFUSED,
    RequestState.RELEASED: OnlineStep.OPEN,
}


def get_online_state(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId | None, now: datetime, event: str
) -> OnlineState:
    """The next step towards the record, at the practice that keeps it.

    `event` is `ANSWER_READ` for the page that explains the answer, another name for a page that only points there.
    Raises NotVisible for who may not act for this patient. Audit: `event`, kind release. Source: REQ 4, 24; R6, R7.
    """
    if practice_id is None and viewer.acts_for_other:
        raise NotVisible(DataKind.RELEASE)
    if practice_id is None:
        return OnlineState(step=OnlineStep.NO_PRACTICE)
    may_read = gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.RELEASE, use=Use.READ, now=now
    )
    if not may_read and not viewer.acts_for_other:
        return OnlineState(step=OnlineStep.TOO_YOUNG)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.RELEASE,
        use=Use.READ,
        event=event,
        now=now,
    )
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    barred = _barred(viewer, facts)
    if barred is not None:
        return OnlineState(step=barred)
    if not facts.agreement_signed:
        return OnlineState(step=_signing_step(patient_id, practice_id))
    return _request_state(viewer, patient_id, practice_id, now)


def _barred(viewer: Viewer, facts: Facts) -> OnlineStep | None:
    """What stands in the way before any agreement: nothing that the patient can do in the portal."""
    if not facts.enrolled:
        return OnlineStep.NO_PRACTICE
    if not HOLDS[Need.ONLINE_FACILITIES](viewer, facts):
        return OnlineStep.NOT_OFFERED
    if facts.online_access != OnlineAccess.ALLOWED:
        return OnlineStep.COPY_ONLY
    return None


def _signing_step(patient_id: PersonId, practice_id: PracticeId) -> OnlineStep:
    """The practice lays the agreement ready by inviting (REQ 4): without one there is nothing to sign yet."""
    signatures = Agreement.objects.filter(person_id=patient_id, practice_id=practice_id, ended_at__isnull=True)
    running = list(signatures.values_list("patient_signed_at", flat=True)[:1])
    if not running:
        return OnlineStep.NOT_INVITED
    return OnlineStep.PRACTICE_SIGNS if running[0] else OnlineStep.SIGN_AGREEMENT


def _request_state(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> OnlineState:
    rows = AccessRequest.objects.filter(person_id=patient_id, practice_id=practice_id)
    row = rows.order_by("-asked_at", "-pk").first()
    if row is None:
        return OnlineState(step=OnlineStep.ASK)
    state = RequestState(row.state)
    taken_back = OnlineStep.CLOSED if row.decided_by_id else OnlineStep.ASK
    return OnlineState(
        step=_STEP_OF.get(state, taken_back),
        reason=row.reason,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        is_news=_is_news(viewer, row, state, now),
    )


def _is_news(viewer: Viewer, row: AccessRequest, state: RequestState, now: datetime) -> bool:
    """Decided lately and not read since; the log knows who read what."""
    if viewer.person_id is None or row.decided_at is None or row.decided_at < now - _NEWS:
        return False
    event = RECORD_READ if state is RequestState.RELEASED else ANSWER_READ
    return not has_looked(
        person_id=viewer.person_id,
        patient_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        event=event,
        since=row.decided_at,
    )


def reads_results_online(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> bool:
    """Whether this patient can open results online today, for a member of staff who decides on one. No log line."""
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    return all(HOLDS[need](viewer, facts) for need in _TO_READ_RESULTS)


def check_subject(viewer: Viewer) -> PersonId:
    """The patient for whom a patient's page is. Raises NotVisible where there is none (staff, tasks)."""
    if viewer.person_id is None or viewer.subject_id is None:
        raise NotVisible("subject")
    return viewer.subject_id
