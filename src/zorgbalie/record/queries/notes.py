"""Reads of work notes: the author's own, as long as they run (REQ 59)."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId, WorkNoteId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record import models
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.types.desk import Colleague, PatientCard, WorkNote


class Place(NamedTuple):
    """An author at work: the practice and the employment."""

    practice_id: PracticeId
    employee_id: EmployeeId


def list_work_notes(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> list[WorkNote]:
    """The viewer's own notes about a patient, newest first.

    Raises NotAllowed, NotVisible. Audit: `work_note.read`. Source: REQ 59.
    """
    _open(viewer, patient_id, now)
    return [
        _note(row) for row in own_notes(viewer=viewer, patient_id=patient_id, now=now).order_by("-created_at", "-pk")
    ]


def get_work_note(*, viewer: Viewer, patient_id: PersonId, note_id: WorkNoteId, now: datetime) -> WorkNote:
    """One of the viewer's own notes.

    Raises NotAllowed, NotVisible (also for a colleague's note). Audit: `work_note.read`. Source: REQ 59.
    """
    _open(viewer, patient_id, now, note_id)
    row = own_notes(viewer=viewer, patient_id=patient_id, now=now).filter(pk=note_id).first()
    if row is None:
        raise NotVisible(DataKind.WORK_NOTES)
    return _note(row)


def get_note_patient(
    *, viewer: Viewer, patient_id: PersonId, now: datetime, note_id: WorkNoteId | None = None
) -> PatientCard:
    """Who the notes are about, for the top of the page; leaves the same line as the note itself."""
    _open(viewer, patient_id, now, note_id or "")
    return patient_card(patient_id=patient_id, now=now)


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


def place_of(*, viewer: Viewer) -> Place:
    """Who writes and where. Raises NotVisible for who is not at work at a practice."""
    if viewer.practice_id is None or viewer.employee_id is None:
        raise NotVisible(DataKind.WORK_NOTES)
    return Place(viewer.practice_id, viewer.employee_id)


def own_notes(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> "QuerySet[models.WorkNote]":
    """The author's rows that still run. The second wall bounds this once more; this does not lean on it."""
    place = place_of(viewer=viewer)
    return models.WorkNote.objects.filter(
        patient_id=patient_id,
        practice_id=place.practice_id,
        author_id=place.employee_id,
        expires_at__gt=now,
    )


def _open(viewer: Viewer, patient_id: PersonId, now: datetime, note_id: WorkNoteId | str = "") -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=place_of(viewer=viewer).practice_id,
        kind=DataKind.WORK_NOTES,
        use=Use.READ,
        event="work_note.read",
        now=now,
        object_type="work_note",
        object_id=note_id,
    )


def _note(row: models.WorkNote) -> WorkNote:
    return WorkNote(
        note_id=WorkNoteId(row.pk),
        text=row.text,
        about=row.about,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
