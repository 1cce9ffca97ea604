"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import views
from zorgbalie.faces.desk.outgoing import follow_up_views, start_views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/bericht/", start_views.start, name="desk_message_start"),
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/<number:consult_id>/vervolg/", follow_up_views.follow_up, name="desk_consult_follow_up"),
]
