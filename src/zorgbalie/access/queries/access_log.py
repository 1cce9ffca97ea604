"""Who looked in my record, and the same for the desk (REQ 10, 61; R13; Wabvpz 15e; NEN 7513; security row 43).

The patient sees every line, of every practice: done and refused, by staff, by tasks, by a parent or helper and by
himself. A refused try of staff is shown with name and practice ("probeerde, maar kreeg geen toegang"): the patient may
know it, and it keeps colleagues from trying. A refused try of another user of the portal is shown without the name:
nothing was read, it is mostly a wrong address, and a name would tell that this person is a patient somewhere.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.log_types import DayWithReasons, LogTooLong
from zorgbalie.access.models import EmergencyAccess
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit import queries as audit
from zorgbalie.audit.types import AuditAction, DayLooks, LogFilter, LogLine
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.listing import PAGE_SIZE, Listing
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

DESK_PAGE = 50
# How much one document holds; a longer log is asked for by period.
MOST_IN_PDF = 10_000
MOST_IN_DESK_PDF = 5_000
MOST_IN_CSV = 50_000


def list_own_log(
    *, viewer: Viewer, wanted: LogFilter, others_only: bool, page: int, now: datetime
) -> Listing[DayWithReasons]:
    """A page of the patient's own log. Raises NotVisible. Audit: `access_log.read`."""
    patient_id = _open_own(viewer, "access_log.read", AuditAction.READ, now)
    return _own_log(viewer, patient_id, _without_oneself(viewer, wanted, others_only), page, PAGE_SIZE)


def export_own_log(
    *, viewer: Viewer, wanted: LogFilter, others_only: bool, now: datetime
) -> tuple[DayWithReasons, ...]:
    """The whole of that period, for a document. Raises NotVisible, LogTooLong. Audit: `access_log.downloaded`."""
    patient_id = _open_own(viewer, "access_log.downloaded", AuditAction.READ, now)
    found = _own_log(viewer, patient_id, _without_oneself(viewer, wanted, others_only), 1, MOST_IN_PDF)
    if found.total > MOST_IN_PDF:
        raise LogTooLong("log")
    return found.rows


def count_own_lines(*, viewer: Viewer, wanted: LogFilter, others_only: bool) -> int:
    """How many lines the pages of `list_own_log` stand for; only after it, in the same unit of work."""
    wanted = _without_oneself(viewer, wanted, others_only)
    return audit.count_lines(patient_id=_subject(viewer), wanted=wanted)


def list_desk_log(
    *, viewer: Viewer, patient_id: PersonId, wanted: LogFilter, page: int, now: datetime
) -> Listing[LogLine]:
    """A page of the `Toegangslog` of one patient: lines about the own practice's data, and of its own staff.

    Raises NotAllowed (right READ_ACCESS_LOG), NotVisible. Audit: `access_log.read`.
    """
    _open_desk(viewer, patient_id, "access_log.read", now)
    return audit.list_lines(patient_id=patient_id, wanted=wanted, page=page, size=DESK_PAGE)


def export_desk_log(
    *, viewer: Viewer, patient_id: PersonId, wanted: LogFilter, most: int, now: datetime
) -> tuple[LogLine, ...]:
    """The same as one document. Raises NotAllowed, NotVisible, LogTooLong. Audit: `access_log.downloaded`."""
    _open_desk(viewer, patient_id, "access_log.downloaded", now)
    found = audit.list_lines(patient_id=patient_id, wanted=wanted, page=1, size=most)
    if found.total > most:
        raise LogTooLong("log")
    return found.rows


def patient_name(*, patient_id: PersonId) -> str:
    """The name above a log that was opened in this unit of work; empty for who is not visible."""
    name = people.list_names(person_ids=[patient_id]).get(patient_id)
    return name.full_name if name else ""


def _subject(viewer: Viewer) -> PersonId:
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None:
        raise NotVisible(DataKind.ACCESS_LOG)
    return viewer.subject_id


def _open_own(viewer: Viewer, event: str, action: AuditAction, now: datetime) -> PersonId:
    """The log is the person's, not one practice's; the look is noted at the first practice of enrolment."""
    patient_id = _subject(viewer)
    cards = practices.list_enrolled_practices(person_id=patient_id)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=cards[0].practice_id if cards else PracticeId(0),
        kind=DataKind.ACCESS_LOG,
        use=Use.READ,
        action=action,
        event=event,
        now=now,
    )
    return patient_id


def _open_desk(viewer: Viewer, patient_id: PersonId, event: str, now: datetime) -> None:
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible(DataKind.ACCESS_LOG)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.ACCESS_LOG,
        use=Use.READ,
        event=event,
        now=now,
    )


def _without_oneself(viewer: Viewer, wanted: LogFilter, others_only: bool) -> LogFilter:
    return replace(wanted, without_users=_own_ids(viewer)) if others_only else wanted


def _own_ids(viewer: Viewer) -> frozenset[str]:
    """The patient, and who acts for the patient now."""
    return frozenset({f"person:{viewer.subject_id}", f"person:{viewer.person_id}"})


def _own_log(viewer: Viewer, patient_id: PersonId, wanted: LogFilter, page: int, size: int) -> Listing[DayWithReasons]:
    found = audit.list_days(patient_id=patient_id, wanted=wanted, page=page, size=size)
    reasons = _reasons(patient_id, found.rows)
    rows = tuple(DayWithReasons(looks=_shown(viewer, row), reasons=_reasons_of(row, reasons)) for row in found.rows)
    return Listing(rows=rows, total=found.total, number=found.number, size=size)


def _shown(viewer: Viewer, row: DayLooks) -> DayLooks:
    is_other_user = row.user_kind == ViewerKind.PATIENT and row.user_id not in _own_ids(viewer)
    return replace(row, user_name="") if row.refused and is_other_user else row


def _reasons(patient_id: PersonId, rows: Iterable[DayLooks]) -> list[EmergencyAccess]:
    if not any(row.emergency for row in rows):
        return []
    return list(EmergencyAccess.objects.filter(person_id=patient_id).order_by("started_at")[:500])


def _reasons_of(row: DayLooks, accesses: Iterable[EmergencyAccess]) -> tuple[str, ...]:
    if not row.emergency:
        return ()
    return tuple(
        access.reason
        for access in accesses
        if f"employee:{access.employee_id}" == row.user_id
        and local_date(access.started_at) <= row.day <= local_date(access.expires_at)
    )
