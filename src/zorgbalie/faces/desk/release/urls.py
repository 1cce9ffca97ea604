"""Addresses of: the record at the desk: release cockpit, visibility, copy, work notes."""

from django.urls import path

from zorgbalie.faces.desk.release import choice_views, copy_views, note_views, record_views, request_views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

_PATIENT = "<number:patient_id>/"
_REQUEST = "verzoek/<number:request_id>/"
_NOTE = _PATIENT + "werknotities/<number:note_id>/"

urlpatterns = [
    path(_REQUEST, choice_views.cockpit, name="desk_release_cockpit"),
    path(_REQUEST + "bevestigen/", choice_views.confirm, name="desk_release_confirm"),
    path(_REQUEST + "weigeren/", request_views.refuse, name="desk_release_refuse"),
    path(_REQUEST + "openlaten/", request_views.leave_open, name="desk_release_leave_open"),
    path(_PATIENT, record_views.record, name="desk_release_record"),
    path(_PATIENT + "zichtbaarheid/", choice_views.visibility, name="desk_release_visibility"),
    path(
        _PATIENT + "zichtbaarheid/bevestigen/",
        choice_views.confirm_visibility,
        name="desk_release_visibility_confirm",
    ),
    path(_PATIENT + "kopie/", copy_views.plan, name="desk_release_copy"),
    path(_PATIENT + "kopie/klaar/", copy_views.ready, name="desk_release_copy_ready"),
    path(_PATIENT + "kopie/pdf/", copy_views.download, name="desk_release_copy_pdf"),
    path(_PATIENT + "werknotities/", note_views.notes, name="desk_release_notes"),
    path(_NOTE, note_views.change, name="desk_release_note"),
    path(_NOTE + "verwijderen/", note_views.delete, name="desk_release_note_delete"),
    path(_NOTE + "delen/", note_views.share, name="desk_release_note_share"),
]
