"""Reads of work notes: the author's own, as long as they run (REQ 59)."""

from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, WorkNoteId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record import models
from zorgbalie.record.types.desk import Colleague, WorkNote


def list_work_notes(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> list[WorkNote]:
    """The viewer's own notes about a patient, newest first.

    Raises NotAllowed, NotVisible. Audit: `work_note.read`. Source: REQ 59.
    """
    _open(viewer, patient_id, now)
    return [_note(row) for row in _own(viewer, patient_id, now).order_by("-created_at", "-pk")]


def get_work_note(*, viewer: Viewer, patient_id: PersonId, note_id: WorkNoteId, now: datetime) -> WorkNote:
    """One of the viewer's own notes.

    Raises NotAllowed, NotVisible (also for a colleague's note). Audit: `work_note.read`. Source: REQ 59.
    """
    _open(viewer, patient_id, now, note_id)
    row = _own(viewer, patient_id, now).filter(pk=note_id).first()
    if row is None:
        raise NotVisible(DataKind.WORK_NOTES)
    return _note(row)


def list_receivers(*, viewer: Viewer, now: datetime) -> list[Colleague]:
    """Colleagues of the viewer's practice who may read records, without the viewer. No patient data."""
    if viewer.practice_id is None:
        return []
    colleagues = practices.list_colleagues(
        practice_id=viewer.practice_id, right=StaffRight.READ_RECORD, today=local_date(now)
    )
    return [
        Colleague(employee_id=one.employee_id, name=one.name, role=one.role)
        for one in colleagues
        if one.employee_id != viewer.employee_id
    ]


def may_keep_notes(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.WORK_NOTES,
        use=Use.CHANGE,
        now=now,
    )


def _open(viewer: Viewer, patient_id: PersonId, now: datetime, note_id: WorkNoteId | str = "") -> None:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.WORK_NOTES)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.WORK_NOTES,
        use=Use.READ,
        event="work_note.read",
        now=now,
        object_type="work_note",
        object_id=note_id,
    )


def _own(viewer: Viewer, patient_id: PersonId, now: datetime) -> "QuerySet[models.WorkNote]":
    """The second wall bounds this once more; the first does not lean on it."""
    return models.WorkNote.objects.filter(
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        author_id=viewer.employee_id,
        expires_at__gt=now,
    )


def _note(row: models.WorkNote) -> WorkNote:
    return WorkNote(
        note_id=WorkNoteId(row.pk),
        text=row.text,
        about=row.about,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
