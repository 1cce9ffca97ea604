"""Photos and files of questions and answers, for both sides (REQ 28, 29, 52; security rows 8, 27).

What lies with something unsent is of its writer alone; what was sent is of all who may read the thread. All raise
NotVisible alike for what is not of this thread, of another's draft, and not there.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.queries.places import place_of
from zorgbalie.consult.types import (
    Attachment,
    AttachmentFile,
    ConsultState,
    FileNotChecked,
    Place,
    SentAttachment,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultAttachmentId, ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.record.actions.document_intake import scan_file
from zorgbalie.record.types.documents import VirusState


def open_file(*, viewer: Viewer, place: Place, attachment_id: ConsultAttachmentId, now: datetime) -> AttachmentFile:
    """The whole file. Raises NotAllowed, NotVisible, FileNotChecked.

    Audit: `consult.file_open`. Source: REQ 29; security rows 8, 27.
    """
    row = _find(viewer, place, attachment_id, "consult.file_open", now)
    content = _content(row)
    _check_virus(row, content)
    return AttachmentFile(name=row.file_name, media_type=row.media_type, content=content)


def open_thumbnail(
    *, viewer: Viewer, place: Place, attachment_id: ConsultAttachmentId, now: datetime
) -> AttachmentFile:
    """The small image beside a text. Raises NotAllowed, NotVisible, also for what is no image.

    Audit: `consult.file_preview`.
    """
    row = _find(viewer, place, attachment_id, "consult.file_preview", now)
    stored = ConsultAttachmentContent.objects.only("thumbnail").filter(attachment_id=row.pk).first()
    if stored is None or not stored.thumbnail or row.virus_state == VirusState.INFECTED:
        raise NotVisible(DataKind.CONSULTS)
    return AttachmentFile(name=row.file_name, media_type="image/jpeg", content=bytes(stored.thumbnail))


def list_unsent(*, viewer: Viewer, place: Place, now: datetime) -> tuple[Attachment, ...]:
    """What the one who looks chose in a thread and did not send yet. Raises NotAllowed, NotVisible.

    Audit: `consult.file_list`.
    """
    grant = open_place(viewer=viewer, place=place, use=Use.READ, event="consult.file_list", now=now)
    threads = thread_rows(viewer=viewer, patient_id=grant.patient_id, practice_id=grant.practice_id)
    if not threads.filter(pk=place.consult_id).exists():
        raise NotVisible(DataKind.CONSULTS)
    return unsent_of(viewer=viewer, consult_id=place.consult_id)


def attachments_of(*, grant: Grant, consult_id: ConsultId) -> tuple[SentAttachment, ...]:
    """What was sent with the texts of a thread, oldest first; for who keeps it elsewhere, within a grant.

    Never what lies unsent. The rows are of the thread's own patient, also where the thread concerns another (R12).
    Copying into documents: give `sha256` as a part of the source key, so that twice is once; hand `virus_state` on, so
    that what waits for the scanner goes on waiting. Source: REQ 29.
    """
    rows = _sent(grant).filter(consult_id=consult_id).order_by("pk")
    return tuple(
        SentAttachment(
            attachment_id=ConsultAttachmentId(row.pk),
            file_name=row.file_name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            virus_state=row.virus_state,
            is_of_patient=row.author_person_id is not None,
            added_at=row.added_at,
        )
        for row in rows
    )


def content_of(*, grant: Grant, attachment_id: ConsultAttachmentId) -> bytes:
    """The bytes of a file that was sent, within a grant. Raises NotVisible. The caller has the line of the log."""
    row = _sent(grant).filter(pk=attachment_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return _content(row)


def unsent_of(*, viewer: Viewer, consult_id: ConsultId) -> tuple[Attachment, ...]:
    """What the one who looks chose and did not send yet; for this app's reads, behind the gate."""
    return tuple(attachment_of(row) for row in unsent_rows(viewer=viewer, consult_id=consult_id).order_by("pk"))


def sent_by_message(*, consult_id: int) -> dict[int, tuple[Attachment, ...]]:
    """What was sent with each text of a thread, in one query; for this app's reads, behind the gate."""
    found: dict[int, list[Attachment]] = {}
    for row in ConsultAttachment.objects.filter(consult_id=consult_id, message__isnull=False).order_by("pk"):
        found.setdefault(row.message_id or 0, []).append(attachment_of(row))
    return {message: tuple(files) for message, files in found.items()}


def unsent_rows(*, viewer: Viewer, consult_id: int) -> "QuerySet[ConsultAttachment]":
    """The same as rows, for this app's actions."""
    return ConsultAttachment.objects.filter(_own(viewer), consult_id=consult_id, message=None)


def attachment_of(row: ConsultAttachment) -> Attachment:
    """A row as faces receive it."""
    return Attachment(
        attachment_id=ConsultAttachmentId(row.pk),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        is_infected=row.virus_state == VirusState.INFECTED,
    )


def open_place(
    *,
    viewer: Viewer,
    place: Place,
    use: Use,
    event: str,
    now: datetime,
    attachment_id: ConsultAttachmentId | str = "",
) -> Grant:
    """Leave of the gate at either side, for this app. Raises NotAllowed, NotVisible. Audit: `event`."""
    patient_id, practice_id = _whose(viewer, place, now)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=use,
        event=event,
        now=now,
        object_type="consult_attachment" if attachment_id else "consult",
        object_id=attachment_id or place.consult_id,
    )


def may_change_place(*, viewer: Viewer, place: Place, now: datetime) -> bool:
    """Whether the gate would let a change through; nothing is noted."""
    patient_id, practice_id = _whose(viewer, place, now)
    return gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.CONSULTS, use=Use.CHANGE, now=now
    )


def thread_rows(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId) -> "QuerySet[Consult]":
    """Threads in which this viewer may read: sent ones, and at the portal the viewer's own drafts; for this app."""
    rows = Consult.objects.filter(patient_id=patient_id, practice_id=practice_id)
    if viewer.kind is ViewerKind.STAFF:
        return rows.exclude(state=ConsultState.DRAFT)
    return rows.filter(~Q(state=ConsultState.DRAFT) | Q(asked_by_id=viewer.person_id))


def _whose(viewer: Viewer, place: Place, now: datetime) -> tuple[PersonId, PracticeId]:
    if viewer.kind is ViewerKind.STAFF:
        if viewer.practice_id is None or place.patient_id is None:
            raise NotVisible(DataKind.CONSULTS)
        return place.patient_id, viewer.practice_id
    return check_subject(viewer), place_of(viewer=viewer, consult_id=place.consult_id, now=now)


def _find(
    viewer: Viewer, place: Place, attachment_id: ConsultAttachmentId, event: str, now: datetime
) -> ConsultAttachment:
    grant = open_place(viewer=viewer, place=place, use=Use.READ, event=event, now=now, attachment_id=attachment_id)
    threads = thread_rows(viewer=viewer, patient_id=grant.patient_id, practice_id=grant.practice_id)
    rows = ConsultAttachment.objects.filter(
        Q(message__isnull=False) | _own(viewer), pk=attachment_id, consult__in=threads.filter(pk=place.consult_id)
    )
    row = rows.first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def _own(viewer: Viewer) -> Q:
    """Of this writer; nobody is nobody's."""
    if viewer.kind is ViewerKind.STAFF:
        return Q(author_employee_id=viewer.employee_id, author_employee__isnull=False)
    return Q(author_person_id=viewer.person_id, author_person__isnull=False)


def _sent(grant: Grant) -> "QuerySet[ConsultAttachment]":
    return ConsultAttachment.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, message__isnull=False
    )


def _content(row: ConsultAttachment) -> bytes:
    return bytes(ConsultAttachmentContent.objects.only("content").get(attachment_id=row.pk).content)


def _check_virus(row: ConsultAttachment, content: bytes) -> None:
    """What came in while the scanner was away is scanned as it is opened; an image of our own drawing needs none.

    What the worker found a virus in since does not open, a picture neither.
    """
    if row.virus_state == VirusState.INFECTED:
        raise NotVisible(DataKind.CONSULTS)
    if row.virus_state != VirusState.WAITING or attachment_of(row).is_image:
        return
    found = scan_file(content=content)
    if found is VirusState.INFECTED:
        raise NotVisible(DataKind.CONSULTS)
    if found is VirusState.WAITING:
        raise FileNotChecked(
            _("Wij controleren dit bestand nog op virussen. Probeer het over een paar minuten opnieuw.")
        )
