"""Notices that did not arrive, for the desk."""

from datetime import datetime, timedelta

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.messaging.models import Notice
from zorgbalie.messaging.types import NoticeKind, NoticeState, UndeliveredNotice, UndeliveredPage
from zorgbalie.people import queries as people

_KEPT = timedelta(days=90)
_EVENT = "notice.undelivered_list"


def list_undelivered(*, viewer: Viewer, now: datetime, first: int, size: int) -> UndeliveredPage:
    """Notices of the last 90 days that failed, newest first; `first` counts from 0.

    A code that a patient asked for is left out: the patient sees that on the screen. Raises NotAllowed (right to
    invite, which is also the right to correct an address). Audit: `notice.undelivered_list`, a line per patient shown.
    """
    gate.check_right(viewer=viewer, right=StaffRight.INVITE_PATIENT, event=_EVENT)
    rows = Notice.objects.filter(
        practice_id=viewer.practice_id or 0, state=NoticeState.FAILED, created_at__gt=now - _KEPT
    ).exclude(kind=NoticeKind.ADDRESS_CHECK)
    page = list(rows.order_by("-created_at", "-pk")[first : first + size])
    names = people.list_names(person_ids=[row.person_id for row in page])
    gate.log_listed(viewer=viewer, patient_ids=names, kind=DataKind.NOTICES, event=_EVENT)
    return UndeliveredPage(
        total=rows.count(),
        rows=tuple(
            UndeliveredNotice(
                notice_id=row.pk,
                person_id=PersonId(row.person_id),
                person_name=names[row.person_id].full_name if row.person_id in names else "",
                kind=NoticeKind(row.kind),
                masked_address=_masked(row.address),
                fault=row.last_error,
                created_at=row.created_at,
                attempts=row.attempts,
            )
            for row in page
        ),
    )


def _masked(address: str) -> str:
    """Enough of an address or number to recognise it by; a browser has none that says anything."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:2]}…@{domain}"
    return f"{address[:4]}…{address[-2:]}" if address else ""
