"""Reads of the agreement between patient and practice, and of its text (REQ 4; R7)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from zorgbalie.access import gate
from zorgbalie.access.models import Agreement, AgreementText
from zorgbalie.access.types import AgreementCard, AgreementWords, DataKind, Use
from zorgbalie.kernel import memory
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AgreementId, AgreementTextId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

_GENERAL = 0


def find_current_text(*, practice_id: PracticeId) -> AgreementText | None:
    """The newest text of the practice itself, else the newest general one. For this app's actions."""
    found = read_current_texts(practice_ids=[practice_id])
    return found.get(practice_id) or found.get(_GENERAL)


def read_current_texts(*, practice_ids: Iterable[int]) -> dict[int, AgreementText]:
    """The newest text of each practice that has its own, and the newest general one; at most one query."""
    return memory.remembered_many(kind="agreement text", ids=[*practice_ids, _GENERAL], read=_read_texts)


def _read_texts(practice_ids: set[int]) -> dict[int, AgreementText]:
    rows = AgreementText.objects.filter(Q(practice_id__in=practice_ids) | Q(practice__isnull=True))
    newest = rows.order_by("practice_id", "-version").distinct("practice_id")
    return {row.practice_id or _GENERAL: row for row in newest}


def find_agreement(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> AgreementCard | None:
    """The running agreement, else the one that ended latest; None when there never was one.

    Raises NotVisible. Audit: `agreement.read`.
    """
    open_agreement(viewer=viewer, patient_id=patient_id, practice_id=practice_id, use=Use.READ, now=now)
    row = latest_rows(patient_id=patient_id).get(practice_id)
    return agreement_card(row) if row else None


def latest_rows(*, patient_id: PersonId) -> dict[int, Agreement]:
    """The same as rows by practice, in one query for all practices; for this app's reads that asked the gate."""
    return memory.remembered(key=("agreements", patient_id), read=lambda: _read_latest_rows(patient_id))


def _read_latest_rows(patient_id: PersonId) -> dict[int, Agreement]:
    rows = (
        Agreement.objects.filter(person_id=patient_id)
        .select_related("text")
        .order_by("practice_id", "-ended_at", "-pk")  # NULL sorts first: a running one goes before those that ended
        .distinct("practice_id")
    )
    return {row.practice_id: row for row in rows}


def get_agreement(*, viewer: Viewer, agreement_id: AgreementId, now: datetime) -> AgreementCard:
    """One agreement, for the desk. Raises NotVisible. Audit: `agreement.read`."""
    row = find_row(viewer=viewer, agreement_id=agreement_id)
    open_agreement(
        viewer=viewer,
        patient_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        use=Use.READ,
        now=now,
        object_id=row.pk,
    )
    return agreement_card(row)


def find_row(*, viewer: Viewer, agreement_id: AgreementId) -> Agreement:
    """The row of the viewer's own practice, for this app's actions. Raises NotVisible."""
    row = Agreement.objects.filter(pk=agreement_id, practice_id=viewer.practice_id or 0).select_related("text").first()
    if row is None:
        raise NotVisible(DataKind.AGREEMENT)
    return row


def open_agreement(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    use: Use,
    now: datetime,
    event: str = "agreement.read",
    object_id: int | str = "",
    detail: dict[str, str | int | bool | list[int]] | None = None,
) -> None:
    """Ask the gate for the agreement of one patient. Raises NotVisible, NotAllowed."""
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.AGREEMENT,
        use=use,
        event=event,
        now=now,
        object_type="agreement",
        object_id=object_id,
        detail=detail,
    )


def offered_text(row: Agreement) -> AgreementText:
    """The text that the patient is asked to sign now.

    What the practice signed already stays the offer until the patient signed it: a signature holds for one version.
    """
    if row.practice_signed_at and not row.patient_signed_at:
        return row.text
    return find_current_text(practice_id=PracticeId(row.practice_id)) or row.text


def agreement_card(row: Agreement) -> AgreementCard:
    """A row (with its text) as screens receive it; three queries."""
    offered = offered_text(row)
    signed = row.patient_signed_at is not None
    newer = offered if signed and row.ended_at is None and offered.pk != row.text_id else None
    people_by_id = people.list_names(person_ids=[row.patient_signer_id] if row.patient_signer_id else [])
    signer = people_by_id.get(row.patient_signer_id or 0)
    employees = practices.list_employee_names(employee_ids=[row.practice_signer_id] if row.practice_signer_id else [])
    return AgreementCard(
        agreement_id=AgreementId(row.pk),
        practice_id=PracticeId(row.practice_id),
        patient_id=PersonId(row.person_id),
        words=words_of(row.text if signed else offered),
        newer_words=words_of(newer) if newer else None,
        patient_signed_at=row.patient_signed_at,
        patient_signer_name=signer.full_name if signer else "",
        patient_signer_level=row.patient_signer_level,
        practice_signed_at=row.practice_signed_at,
        practice_signer_name=employees.get(row.practice_signer_id or 0, ""),
        ended_at=row.ended_at,
        ended_by_patient=row.ended_by_patient,
    )


def words_of(row: AgreementText) -> AgreementWords:
    """A version of the text as screens receive it."""
    return AgreementWords(
        text_id=AgreementTextId(row.pk),
        version=row.version,
        title=row.title,
        patient_rights=row.body_patient_rights,
        patient_duties=row.body_patient_duties,
        practice_rights=row.body_practice_rights,
        practice_duties=row.body_practice_duties,
        published_at=row.published_at,
    )
