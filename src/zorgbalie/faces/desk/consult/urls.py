"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import answer_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/", answer_views.earlier, name="desk_consult_earlier"),
    path("<number:patient_id>/<number:consult_id>/vinkjes/", answer_views.ticks, name="desk_consult_ticks"),
    path("<number:patient_id>/<number:consult_id>/concept/", answer_views.draft, name="desk_consult_draft"),
    path("<number:patient_id>/<number:consult_id>/volgende/", answer_views.following, name="desk_consult_next"),
]
