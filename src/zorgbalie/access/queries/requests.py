"""Reads of requests to see the record (REQ 24, 54 to 56; R6): the same state for the desk and for the patient."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from zorgbalie.access import facts, gate
from zorgbalie.access.models import AccessRequest
from zorgbalie.access.types import AccessRequestCard, DataKind, RequestState, Use
from zorgbalie.kernel import memory
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccessRequestId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

_MOST = 10


def get_request(*, viewer: Viewer, request_id: AccessRequestId, now: datetime) -> AccessRequestCard:
    """One request, for the desk.

    Raises NotVisible, NotAllowed (right to release is missing). Audit: `request.read`.
    """
    row = find_row(viewer=viewer, request_id=request_id)
    gate.open_patient(
        viewer=viewer,
        patient_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        kind=DataKind.RELEASE,
        use=Use.READ,
        event="request.read",
        now=now,
        object_type="access_request",
        object_id=row.pk,
    )
    return _cards([row], now)[0]


def list_requests(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> list[AccessRequestCard]:
    """The requests of one patient at one practice, newest first, at most ten.

    Raises NotVisible, NotAllowed. Audit: `request.list`.
    """
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.RELEASE,
        use=Use.READ,
        event="request.list",
        now=now,
    )
    return _cards(latest_rows(patient_id=patient_id).get(practice_id, []), now)


def latest_rows(*, patient_id: PersonId) -> dict[int, list[AccessRequest]]:
    """The same as rows by practice, in one query for all practices; for this app's reads that asked the gate."""
    return memory.remembered(key=("requests", patient_id), read=lambda: _read_latest_rows(patient_id))


def _read_latest_rows(patient_id: PersonId) -> dict[int, list[AccessRequest]]:
    newest = (F("asked_at").desc(), F("pk").desc())
    place = Window(RowNumber(), partition_by=F("practice_id"), order_by=newest)
    rows = AccessRequest.objects.filter(person_id=patient_id).annotate(place=place)
    found: dict[int, list[AccessRequest]] = {}
    for row in rows.filter(place__lte=_MOST).order_by(*newest):
        found.setdefault(row.practice_id, []).append(row)
    return found


def find_row(*, viewer: Viewer, request_id: AccessRequestId) -> AccessRequest:
    """The row of the viewer's own practice, for this app's actions. Raises NotVisible."""
    row = AccessRequest.objects.filter(pk=request_id, practice_id=viewer.practice_id or 0).first()
    if row is None:
        raise NotVisible(DataKind.RELEASE)
    return row


def _cards(rows: Iterable[AccessRequest], now: datetime) -> list[AccessRequestCard]:
    """Rows of one patient as screens receive them; three queries whatever their number."""
    rows = list(rows)
    if not rows:
        return []
    first = rows[0]
    people_by_id = people.list_names(person_ids=[first.person_id, *(row.asked_by_id for row in rows)])
    employees = practices.list_employee_names(employee_ids=[row.decided_by_id for row in rows if row.decided_by_id])
    patient = people_by_id[first.person_id]
    relation = practices.find_relation(person_id=PersonId(first.person_id), practice_id=PracticeId(first.practice_id))
    signed = facts.has_agreement(patient_id=PersonId(first.person_id), practice_id=PracticeId(first.practice_id))
    asker_names = {pk: name.full_name for pk, name in people_by_id.items()}
    return [
        AccessRequestCard(
            request_id=AccessRequestId(row.pk),
            practice_id=PracticeId(row.practice_id),
            patient_id=PersonId(row.person_id),
            patient_name=patient.full_name,
            birth_date=patient.birth_date,
            age_group=age_group_on(patient.birth_date, local_date(now)),
            state=RequestState(row.state),
            reason=row.reason,
            automatic=row.automatic,
            asked_at=row.asked_at,
            # A parent need not be enrolled here: the desk then reads no name, only that it was somebody else.
            asked_by_name=asker_names.get(row.asked_by_id, ""),
            decided_at=row.decided_at,
            decided_by_name=employees.get(row.decided_by_id or 0, ""),
            online_access=relation.online_access,
            agreement_signed=signed,
        )
        for row in rows
    ]
