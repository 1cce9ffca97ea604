"""Photos and files lie with what is being written until it is sent (REQ 28, 29, 52; ux 11).

Each is stored as it arrives, so a bad line loses none that came before. The same file twice is one. Sending a text
takes all along that its writer chose in that thread; after that nobody can change or drop them, which the wall holds
too. The line of the log is written once a file is taken, so that a refusal is not told as a deed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.consult.actions.attachment_intake import FIELD, Intake, take_in, virus_found
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultAttachmentContent, ConsultMessage
from zorgbalie.consult.queries.attachments import (
    attachment_of,
    may_change_place,
    open_place,
    thread_rows,
    unsent_rows,
)
from zorgbalie.consult.types import (
    MOST_BYTES,
    MOST_FILES,
    UNSENT_DAYS,
    Attachment,
    ConsultClosed,
    ConsultState,
    FileNotTaken,
    NewFile,
    Place,
    SentAlready,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultAttachmentId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.record.types.documents import VirusState

_ADD = "consult.file_add"
_DROP = "consult.file_drop"


@deed()
@transaction.atomic
def add_file(*, viewer: Viewer, place: Place, file: NewFile, token: UUID | None, now: datetime) -> Attachment:
    """Store a file with what the viewer is writing in a thread; the same file twice is one.

    `token`: of the form with a text that the file came in, if any. Sent twice, that is one text with its files.

    Raises NotAllowed, NotVisible, FileNotTaken (kind, safety, number, size), ConsultClosed, SentAlready.
    Audit: `consult.file_add`; `consult.virus_refused` for a file with a virus.
    Source: REQ 28, 29; security rows 27, 28, 30, 48.
    """
    if not may_change_place(viewer=viewer, place=place, now=now):
        open_place(viewer=viewer, place=place, use=Use.CHANGE, event=_ADD, now=now)
    # Looked at before anything is unpacked, and under the lock once more.
    _check_room(viewer, place, adds=0)
    intake = take_in(file=file)
    if intake.virus_state is VirusState.INFECTED:
        _log_virus(viewer, place)
        raise virus_found()
    grant = open_place(viewer=viewer, place=place, use=Use.CHANGE, event=_ADD, now=now)
    row = _lock(viewer, grant, place)
    known = _known(viewer, row, intake.sha256, token)
    if known is not None:
        return attachment_of(known)
    _check_room(viewer, place, adds=len(intake.file.content))
    _touch(row, now)
    return _store(viewer, row, intake, now)


@transaction.atomic
def drop_file(*, viewer: Viewer, place: Place, attachment_id: ConsultAttachmentId, now: datetime) -> None:
    """Throw a file away that was not sent; it is really gone. Twice is once.

    Raises NotAllowed, NotVisible (also for one that was sent). Audit: `consult.file_drop`.
    """
    grant = open_place(viewer=viewer, place=place, use=Use.CHANGE, event=_DROP, now=now, attachment_id=attachment_id)
    row = _find_thread(viewer, grant, place)
    # What is sent at this moment takes the file along: one of the two is first. In a closed thread nobody sends.
    _lock_open(row)
    found = unsent_rows(viewer=viewer, consult_id=row.pk).filter(pk=attachment_id)
    if not found.exists() and ConsultAttachment.objects.filter(pk=attachment_id).exists():
        raise NotVisible(DataKind.CONSULTS)
    if found.exists():
        drop_rows(rows=found)
        _touch(row, now)


def drop_rows(*, rows: Iterable[ConsultAttachment]) -> None:
    """Remove files with their content; for this app, behind the gate."""
    ids = [row.pk for row in rows]
    ConsultAttachmentContent.objects.filter(attachment_id__in=ids).delete()
    ConsultAttachment.objects.filter(pk__in=ids).delete()


def move_unsent(*, viewer: Viewer, row: Consult, to: Consult) -> int:
    """Put what the writer chose in one locked draft with another, as far as there is room; for this app.

    Returns how many went. What lies there already is not there twice. The wall lets nobody change whose thread a file
    is of, so each is stored anew with what was found of it, and dropped at the first.
    """
    there = unsent_rows(viewer=viewer, consult_id=to.pk)
    known, room = set(there.values_list("sha256", flat=True)), MOST_FILES - there.count()
    bytes_left = MOST_BYTES - (there.aggregate(total=Sum("size"))["total"] or 0)
    gone = []
    for one in unsent_rows(viewer=viewer, consult_id=row.pk).order_by("pk"):
        if one.sha256 not in known:
            if room < 1 or one.size > bytes_left:
                continue
            _copy_unsent(one, to)
            room, bytes_left = room - 1, bytes_left - one.size
        gone.append(one)
    drop_rows(rows=gone)
    return len(gone)


def _copy_unsent(one: ConsultAttachment, to: Consult) -> None:
    whose = {"patient_id": to.patient_id, "practice_id": to.practice_id}
    names = ("author_person_id", "author_employee_id", "file_name", "media_type", "size", "sha256", "virus_state",
             "added_at")  # fmt: skip
    made = ConsultAttachment.objects.create(consult=to, **whose, **{name: getattr(one, name) for name in names})
    stored = ConsultAttachmentContent.objects.get(attachment_id=one.pk)
    ConsultAttachmentContent.objects.create(
        **whose, attachment=made, content=stored.content, thumbnail=stored.thumbnail
    )


def send_along(*, viewer: Viewer, message: ConsultMessage) -> None:
    """Bind what the writer chose in this thread to the text that is sent; for this app, within its transaction."""
    unsent_rows(viewer=viewer, consult_id=message.consult_id).update(message=message)


def clear_unsent(*, viewer: Viewer, now: datetime) -> int:
    """Remove files that were never sent, some weeks after they came; for the worker alone. Returns how many.

    Raises NotVisible. Nothing of a person is read; the operator finds the number in the log of the task.
    """
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.CONSULTS)
    rows = ConsultAttachment.objects.filter(message=None, added_at__lt=now - timedelta(days=UNSENT_DAYS))
    # Locked, so that nothing is removed of what somebody sends at this moment.
    found = list(rows.select_for_update(skip_locked=True).only("pk")[:1000])
    drop_rows(rows=found)
    return len(found)


def _known(viewer: Viewer, row: Consult, sha256: str, token: UUID | None) -> ConsultAttachment | None:
    """The same file where it lies unsent, or went along with the text of this very form."""
    sent = ConsultMessage.objects.filter(consult=row, token=token).first() if token else None
    if sent is None:
        return unsent_rows(viewer=viewer, consult_id=row.pk).filter(sha256=sha256).first()
    known = sent.attachments.filter(sha256=sha256).first()
    if known is None:
        raise SentAlready(_("U heeft uw tekst al verstuurd. Dit bestand ging niet mee."), field=FIELD)
    return known


def _check_room(viewer: Viewer, place: Place, *, adds: int) -> None:
    rows = unsent_rows(viewer=viewer, consult_id=place.consult_id)
    if rows.count() >= MOST_FILES:
        raise FileNotTaken(
            _("U kunt %(most)s bestanden meesturen. Verwijder er eerst een.") % {"most": MOST_FILES}, field=FIELD
        )
    if adds and (rows.aggregate(total=Sum("size"))["total"] or 0) + adds > MOST_BYTES:
        raise FileNotTaken(
            _("Samen zijn uw bestanden te groot. Alles bij elkaar mag %(most)s MB zijn.")
            % {"most": MOST_BYTES // 1_000_000},
            field=FIELD,
        )


def _find_thread(viewer: Viewer, grant: Grant, place: Place) -> Consult:
    rows = thread_rows(viewer=viewer, patient_id=grant.patient_id, practice_id=grant.practice_id)
    row = rows.filter(pk=place.consult_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def _lock(viewer: Viewer, grant: Grant, place: Place) -> Consult:
    """The thread, so that two files at once do not both take the last place."""
    locked = _lock_open(_find_thread(viewer, grant, place))
    if locked is None:
        raise ConsultClosed(_("Deze vraag is afgerond. Er kan niets meer bij."), field=FIELD)
    return locked


def _lock_open(row: Consult) -> Consult | None:
    """The locked row of a thread; None for a closed one, which the portal cannot lock: its wall keeps it as it is."""
    return Consult.objects.filter(pk=row.pk).exclude(state=ConsultState.CLOSED).select_for_update().first()


def _touch(row: Consult, now: datetime) -> None:
    """What a draft is sent with is part of what was on the screen: who sends it names this number."""
    if row.state == ConsultState.DRAFT:
        Consult.objects.filter(pk=row.pk).update(revision=F("revision") + 1, changed_at=now)


def _store(viewer: Viewer, row: Consult, intake: Intake, now: datetime) -> Attachment:
    is_staff = viewer.kind is ViewerKind.STAFF
    whose = {"patient_id": row.patient_id, "practice_id": row.practice_id}
    made = ConsultAttachment.objects.create(
        **whose,
        consult=row,
        author_person_id=None if is_staff else viewer.person_id,
        author_employee_id=viewer.employee_id if is_staff else None,
        file_name=intake.file.name,
        media_type=intake.file.type,
        size=len(intake.file.content),
        sha256=intake.sha256,
        virus_state=intake.virus_state,
        added_at=now,
    )
    ConsultAttachmentContent.objects.create(
        **whose, attachment=made, content=intake.file.content, thumbnail=intake.thumbnail
    )
    return attachment_of(made)


def _log_virus(viewer: Viewer, place: Place) -> None:
    gate.log_change(
        viewer=viewer,
        event="consult.virus_refused",
        action=AuditAction.CREATE,
        object_type="consult",
        object_id=place.consult_id,
        patient_id=place.patient_id or viewer.subject_id,
        outcome=AuditOutcome.REFUSED,
    )
