"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
]
