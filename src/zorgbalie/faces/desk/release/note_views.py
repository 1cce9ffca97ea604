"""Work notes of the author (REQ 59)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.desk.release.forms import NoteForm, ShareForm
from zorgbalie.faces.desk.release.frame import page
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId, WorkNoteId
from zorgbalie.record.actions import notes as actions
from zorgbalie.record.queries import notes as queries
from zorgbalie.record.types.desk import PatientCard, WorkNote

_MAY_POST = ["GET", "HEAD", "POST"]


@require_http_methods(_MAY_POST)
def notes(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The author's notes about a patient, and a new one."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    form = NoteForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        try:
            actions.create_work_note(viewer=asked.viewer, patient_id=patient, now=asked.now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(asked, _("De notitie is bewaard. Alleen u kunt die lezen."))
            return redirect("desk_release_notes", patient_id)
    found = queries.list_work_notes(viewer=asked.viewer, patient_id=patient, now=asked.now)
    values = {"form": form, "notes": found, "patient": _patient(asked, patient)}
    return page(asked, "notes", patient, values, status=422 if form.errors else 200)


@require_http_methods(_MAY_POST)
def change(request: HttpRequest, patient_id: int, note_id: int) -> HttpResponse:
    """Write a note anew."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    note = _note(asked, patient, note_id)
    form = NoteForm(asked.POST or None, initial={"text": note.text, "about": note.about})
    if asked.method == "POST" and form.is_valid():
        try:
            actions.change_work_note(
                viewer=asked.viewer, patient_id=patient, note_id=note.note_id, now=asked.now, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(asked, _("De notitie is gewijzigd."))
            return redirect("desk_release_notes", patient_id)
    values = {"form": form, "note": note, "patient": _patient(asked, patient, note)}
    return page(asked, "note", patient, values, status=422 if form.errors else 200)


@require_http_methods(_MAY_POST)
def delete(request: HttpRequest, patient_id: int, note_id: int) -> HttpResponse:
    """Remove a note, after a question."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    if asked.method == "POST":
        actions.delete_work_note(viewer=asked.viewer, patient_id=patient, note_id=WorkNoteId(note_id), now=asked.now)
        messages.success(asked, _("De notitie is verwijderd."))
        return redirect("desk_release_notes", patient_id)
    note = _note(asked, patient, note_id)
    values = {"note": note, "patient": _patient(asked, patient, note)}
    return page(asked, "note_delete", patient, values)


@require_http_methods(_MAY_POST)
def share(request: HttpRequest, patient_id: int, note_id: int) -> HttpResponse:
    """Share a note, after a warning that the patient may then see it."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    note = _note(asked, patient, note_id)
    receivers = queries.list_receivers(viewer=asked.viewer, now=asked.now)
    form = ShareForm(asked.POST if asked.method == "POST" else None, receivers=receivers)
    if form.is_valid():
        try:
            actions.share_work_note(
                viewer=asked.viewer,
                patient_id=patient,
                note_id=note.note_id,
                employee_ids=form.employee_ids(),
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error("colleagues", refusal.message)
        else:
            messages.success(asked, _("De notitie is gedeeld en hoort nu bij het dossier."))
            return redirect("desk_release_notes", patient_id)
    values = {"form": form, "note": note, "receivers": receivers, "patient": _patient(asked, patient, note)}
    return page(asked, "note_share", patient, values, status=422 if form.errors else 200)


def _note(request: FaceRequest, patient_id: PersonId, note_id: int) -> WorkNote:
    return queries.get_work_note(
        viewer=request.viewer, patient_id=patient_id, note_id=WorkNoteId(note_id), now=request.now
    )


def _patient(request: FaceRequest, patient_id: PersonId, note: WorkNote | None = None) -> PatientCard:
    return queries.get_note_patient(
        viewer=request.viewer, patient_id=patient_id, note_id=note.note_id if note else None, now=request.now
    )
