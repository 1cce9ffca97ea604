"""The questions in the file of one patient at the desk: asked here, and asked by another about this patient (R12)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.reporting import named_others
from zorgbalie.consult.queries.rows import about_of
from zorgbalie.consult.types import ConsultState, PatientThreadRow
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people


def may_list_threads(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry. Shows no data, logs nothing."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.READ,
        now=now,
    )


def list_patient_threads(
    *, viewer: Viewer, patient_id: PersonId, state: ConsultState | None, words: str, page: int, now: datetime
) -> Listing[PatientThreadRow]:
    """A page of the questions in one patient's file, what changed last first, in a fixed number of queries.

    A question that was moved stands in the file of its sender and in that of whom it concerns. Raises NotAllowed,
    NotVisible. Audit: `consult.list`; `consult.named` for others who are named (security row 40).
    """
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CONSULTS)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.READ,
        event="consult.list",
        now=now,
    )
    rows = Consult.objects.filter(
        Q(patient_id=patient_id) | Q(concerns_id=patient_id), practice_id=grant.practice_id
    ).exclude(state=ConsultState.DRAFT)
    if state is not None:
        rows = rows.filter(state=state)
    for word in words.replace("\0", "").split()[:5]:
        said = ConsultMessage.objects.filter(consult_id=OuterRef("pk"), text__icontains=word)
        rows = rows.filter(Q(subject__icontains=word) | Q(about_title__icontains=word) | Exists(said))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    found = list(rows.order_by("-changed_at", "-pk")[bounds]) if total else []
    names = named_others(viewer=viewer, grant=grant, person_ids={_other_of(row, patient_id) for row in found} - {0})
    made = tuple(_row(row, patient_id, names) for row in found)
    return Listing(rows=made, total=total, number=number)


def list_concerned(*, viewer: Viewer, consult_ids: Sequence[int]) -> dict[int, str]:
    """Of the questions in a list at the desk that concern somebody else than their patient: that one's name (R12).

    An empty name for who is no patient here any more. Nothing for who may not answer questions; at most two queries,
    whatever the list, and none for an empty one. Audit: `consult.named`, a line for each one named (security row 40).
    """
    if not consult_ids or not gate.holds_rights(viewer=viewer, kind=DataKind.CONSULTS, use=Use.READ):
        return {}
    rows = Consult.objects.filter(pk__in=consult_ids, practice_id=viewer.practice_id or 0, concerns__isnull=False)
    found = dict(rows.exclude(state=ConsultState.DRAFT).values_list("pk", "concerns_id"))
    persons = sorted(set(found.values()))
    names = people.list_names(person_ids=persons) if persons else {}
    gate.log_listed(viewer=viewer, patient_ids=list(names), kind=DataKind.PROFILE, event="consult.named")
    return {pk: names[person].full_name if person in names else "" for pk, person in found.items()}


def _other_of(row: Consult, patient_id: PersonId) -> int:
    if row.patient_id != patient_id:
        return row.patient_id
    return row.concerns_id or 0


def _row(row: Consult, patient_id: PersonId, names: dict[int, str]) -> PatientThreadRow:
    return PatientThreadRow(
        consult_id=ConsultId(row.pk),
        patient_id=PersonId(row.patient_id),
        subject=row.subject,
        about=about_of(row),
        state=ConsultState(row.state),
        changed_at=row.changed_at,
        is_of_other=row.patient_id != patient_id,
        other_name=names.get(_other_of(row, patient_id), ""),
    )
