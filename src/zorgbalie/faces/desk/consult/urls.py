"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import time_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/<number:consult_id>/tijd/", time_views.time, name="desk_consult_time"),
    path("<number:patient_id>/<number:consult_id>/tijd/tellen/", time_views.count, name="desk_consult_time_count"),
]
