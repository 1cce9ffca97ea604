"""Work notes: written, changed, removed and shared by their author alone (REQ 59).

A work note is a temporary aid to the author's memory and no part of the record. It leaves that state in one
way: shared with a colleague it becomes part of the record, which the patient may then see (KNMG guideline on
medical records; BW 7:454 and 7:456). Log lines name the act, never the text.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId, WorkNoteId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import SharedNote, WorkNote
from zorgbalie.record.queries.notes import own_notes, place_of
from zorgbalie.record.types.desk import NoteNotUsable

DEFAULT_DAYS = 30
MAX_DAYS = 365
MAX_LENGTH = 4000
_AT_ONCE = 5000


@deed()
def create_work_note(
    *, viewer: Viewer, patient_id: PersonId, text: str, about: str, keep_days: int, now: datetime
) -> WorkNoteId:
    """Keep a note for oneself, for `keep_days` days (1 to 365).

    Raises NoteNotUsable, NotAllowed, NotVisible. Audit: `work_note.create`. Source: REQ 59.
    """
    practice_id = _open(viewer, patient_id, "work_note.create", AuditAction.CREATE, now)
    note = WorkNote.objects.create(
        practice_id=practice_id,
        patient_id=patient_id,
        author_id=place_of(viewer=viewer).employee_id,
        text=_usable_text(text),
        about=about.strip()[:160],
        created_at=now,
        expires_at=_expiry(keep_days, now),
    )
    return WorkNoteId(note.pk)


@deed()
def change_work_note(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    note_id: WorkNoteId,
    text: str,
    about: str,
    keep_days: int,
    now: datetime,
) -> None:
    """Write a note anew; the days count from now.

    Raises NoteNotUsable, NotAllowed, NotVisible. Audit: `work_note.change`. Source: REQ 59.
    """
    _open(viewer, patient_id, "work_note.change", AuditAction.UPDATE, now, note_id)
    note = _own_note(viewer, patient_id, note_id, now)
    note.text, note.about = _usable_text(text), about.strip()[:160]
    note.expires_at = _expiry(keep_days, now)
    note.save(update_fields=["text", "about", "expires_at"])


def delete_work_note(*, viewer: Viewer, patient_id: PersonId, note_id: WorkNoteId, now: datetime) -> None:
    """Remove a note for good.

    Raises NotAllowed, NotVisible. Audit: `work_note.delete`. Source: REQ 59.
    """
    _open(viewer, patient_id, "work_note.delete", AuditAction.DELETE, now, note_id)
    _own_note(viewer, patient_id, note_id, now).delete()


@deed()
def share_work_note(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    note_id: WorkNoteId,
    employee_ids: Collection[EmployeeId],
    now: datetime,
) -> None:
    """Share a note with colleagues: it becomes part of the record, and the work note is gone.

    Of two clicks at once one shares; the other finds no note. Raises NoteNotUsable (no colleague of this
    practice who may read records), NotAllowed, NotVisible. Audit: `work_note.share`. Source: REQ 59; KNMG.
    """
    practice_id = _open(viewer, patient_id, "work_note.share", AuditAction.EXECUTE, now, note_id)
    note = _own_note(viewer, patient_id, note_id, now)
    receivers = _receivers(viewer, practice_id, employee_ids, now)
    shared = SharedNote.objects.create(
        patient_id=patient_id,
        practice_id=practice_id,
        text=note.text,
        about=note.about,
        shared_on=local_date(now),
        author_name=viewer.name,
        author_role=str(viewer.role or ""),
    )
    shared.shared_with.through.objects.bulk_create(
        [shared.shared_with.through(sharednote_id=shared.pk, employee_id=receiver) for receiver in receivers]
    )
    note.delete()


def clear_expired_notes(*, viewer: Viewer, now: datetime) -> int:
    """Remove what has expired, of all practices; returns how many. For the worker alone.

    Audit: `work_note.expire` per note. Source: REQ 59.
    """
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotVisible(DataKind.WORK_NOTES)
    rows = WorkNote.objects.filter(expires_at__lte=now).order_by("pk").only("pk", "patient_id", "practice_id")
    expired = list(rows[:_AT_ONCE])
    for note in expired:
        gate.log_change(
            viewer=viewer,
            event="work_note.expire",
            action=AuditAction.DELETE,
            object_type="work_note",
            object_id=note.pk,
            practice_id=PracticeId(note.practice_id),
            patient_id=PersonId(note.patient_id),
        )
    WorkNote.objects.filter(pk__in=[note.pk for note in expired], expires_at__lte=now).delete()
    return len(expired)


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    event: str,
    action: AuditAction,
    now: datetime,
    note_id: WorkNoteId | str = "",
) -> PracticeId:
    """Leave to change work notes, always at the viewer's own practice."""
    practice_id = place_of(viewer=viewer).practice_id
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.WORK_NOTES,
        use=Use.CHANGE,
        event=event,
        action=action,
        now=now,
        object_type="work_note",
        object_id=note_id,
    )
    return practice_id


def _own_note(viewer: Viewer, patient_id: PersonId, note_id: WorkNoteId, now: datetime) -> WorkNote:
    """The author's own running note, locked; any other is not there."""
    own = own_notes(viewer=viewer, patient_id=patient_id, now=now)
    note = own.select_for_update().filter(pk=note_id).first()
    if note is None:
        raise NotVisible(DataKind.WORK_NOTES)
    return note


def _usable_text(text: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise NoteNotUsable(_("Schrijf een notitie."), field="text")
    if len(cleaned) > MAX_LENGTH:
        raise NoteNotUsable(_("De notitie is te lang."), field="text")
    return cleaned


def _expiry(keep_days: int, now: datetime) -> datetime:
    if not 1 <= keep_days <= MAX_DAYS:
        raise NoteNotUsable(_("Kies een termijn van 1 dag tot 1 jaar."), field="keep_days")
    return now + timedelta(days=keep_days)


def _receivers(
    viewer: Viewer, practice_id: PracticeId, employee_ids: Collection[EmployeeId], now: datetime
) -> list[EmployeeId]:
    """Colleagues who may read records here; a note shared with nobody, or with oneself, is not shared."""
    colleagues = practices.list_colleagues(practice_id=practice_id, right=StaffRight.READ_RECORD, today=local_date(now))
    known = {one.employee_id for one in colleagues if one.employee_id != viewer.employee_id}
    chosen = sorted(set(employee_ids))
    if not chosen or not known.issuperset(chosen):
        raise NoteNotUsable(_("Kies minstens één collega uit de lijst."), field="colleagues")
    return chosen
