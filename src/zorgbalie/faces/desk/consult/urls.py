"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import file_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/<number:consult_id>/bestanden/", file_views.thread_files, name="desk_consult_files"),
    path(
        "<number:patient_id>/<number:consult_id>/bestanden/<number:attachment_id>/",
        file_views.file,
        name="desk_consult_file",
    ),
    path(
        "<number:patient_id>/<number:consult_id>/bestanden/<number:attachment_id>/klein/",
        file_views.thumbnail,
        name="desk_consult_thumbnail",
    ),
]
