"""Addresses of: post of the laboratory."""

from django.urls import path

from zorgbalie.faces.desk.lab import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/<number:report_id>/", views.process, name="desk_lab_process"),
]
