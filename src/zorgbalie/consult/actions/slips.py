"""What the clock does with threads: a promise that passed gets another, and an answered thread ends (REQ 31, 49).

For the worker alone. Each thread is a unit of work of its own, under its row lock; done twice it is done once.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.storing import ask_to_store
from zorgbalie.consult.actions.telling import tell_where_served
from zorgbalie.consult.models import Consult, ConsultSlip, ConsultTimes
from zorgbalie.consult.queries.slips import ends_at_of, kind_of, may_end
from zorgbalie.consult.queries.times import get_times, promise_of
from zorgbalie.consult.types import ConsultState
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

Due = tuple[PersonId, PracticeId, ConsultId]
_WAITS = (ConsultState.SENT, ConsultState.WITH_DOCTOR)
_AT_ONCE = 500
"""Threads in one round; what is left waits for the next."""


def list_slipped(*, viewer: Viewer, now: datetime) -> list[Due]:
    """Threads of which the promise passed, of all practices. Raises NotVisible for anybody but the worker."""
    _check_worker(viewer)
    return _due(Consult.objects.filter(state__in=_WAITS, answer_by__lt=now).order_by("answer_by", "pk"))


def list_ending(*, viewer: Viewer, now: datetime) -> list[Due]:
    """Answered threads in which nobody wrote for as long as their practice keeps them open. Raises NotVisible.

    Without those in which the patient is still asked something, or was told a later day to write until.
    """
    _check_worker(viewer)
    found: list[Due] = []
    for practice_id, days in ConsultTimes.objects.filter(open_days__gt=0).values_list("practice_id", "open_days"):
        rows = Consult.objects.filter(
            practice_id=practice_id, state=ConsultState.ANSWERED, changed_at__lte=now - timedelta(days=days)
        )
        found += _due(may_end(rows, today=local_date(now)).order_by("changed_at", "pk"))
    return found[:_AT_ONCE]


def note_slip(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, consult_id: ConsultId, now: datetime
) -> bool:
    """Give a thread of which the promise passed another promise, and tell the patient; returns whether it did.

    Once per promise. The item in the inbox becomes urgent and stays late: its term is the promise that was broken.
    Raises NotVisible. Audit: `consult.slip`. Source: REQ 31; R9, R15.
    """
    grant = _open(viewer, patient_id, practice_id, consult_id, "consult.slip", now)
    row = _lock(grant, consult_id)
    if row is None or row.state not in _WAITS or row.answer_by is None or row.answer_by >= now:
        return False
    times = get_times(practice_id=practice_id)
    following = promise_of(practice_id=practice_id, times=times, kind=kind_of(row), now=now).moment
    slip = ConsultSlip.objects.create(
        consult=row,
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        promised_at=row.answer_by,
        next_at=following,
        noted_at=now,
    )
    row.answer_by = following
    row.save(update_fields=["answer_by"])
    worklist.mark_urgent(practice_id=practice_id, kind=ItemKind.CONSULT, about_id=row.pk, is_urgent=True)
    tell_where_served(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=NoticeKind.CONSULT_DELAYED,
        event_key=f"consult_slip:{slip.pk}",
        now=now,
    )
    return True


def end_thread(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, consult_id: ConsultId, now: datetime
) -> bool:
    """End an answered thread in which nobody wrote any more; returns whether it did. Twice is once.

    What holds it open is asked again under its lock: a follow-up that was planned meanwhile. Where the practice lets
    threads go into the record, the desk is asked to do that (REQ 43).

    Raises NotVisible. Audit: `consult.end`. Source: REQ 49.
    """
    grant = _open(viewer, patient_id, practice_id, consult_id, "consult.end", now)
    row = _lock(grant, consult_id)
    ends_at = ends_at_of(row) if row is not None else None
    if row is None or ends_at is None or ends_at > now:
        return False
    row.state, row.closed_by_time, row.changed_at, row.changed_by_name = ConsultState.CLOSED, True, now, ""
    row.revision += 1
    row.save(update_fields=["state", "closed_by_time", "changed_at", "changed_by_name", "revision"])
    ask_to_store(row=row, now=now)
    return True


def _check_worker(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.CONSULTS)


def _due(rows: "QuerySet[Consult]") -> list[Due]:
    found = rows.values_list("patient_id", "practice_id", "pk")[:_AT_ONCE]
    return [(PersonId(patient), PracticeId(practice), ConsultId(pk)) for patient, practice, pk in found]


def _open(
    viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, consult_id: ConsultId, event: str, now: datetime
) -> Grant:
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event=event,
        now=now,
        action=AuditAction.UPDATE,
        object_type="consult",
        object_id=consult_id,
    )


def _lock(grant: Grant, consult_id: ConsultId) -> Consult | None:
    rows = Consult.objects.select_for_update().filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    return rows.filter(pk=consult_id).first()
