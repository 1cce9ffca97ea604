"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import journal_views, list_views, moving_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/", list_views.threads, name="desk_consult_list"),
    path("<number:patient_id>/<number:consult_id>/journaal/", journal_views.journal, name="desk_consult_journal"),
    path("<number:patient_id>/<number:consult_id>/ander/", moving_views.choose, name="desk_consult_move"),
    path(
        "<number:patient_id>/<number:consult_id>/ander/<number:to_id>/",
        moving_views.confirm,
        name="desk_consult_move_to",
    ),
]
