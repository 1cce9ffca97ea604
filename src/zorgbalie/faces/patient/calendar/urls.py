"""Addresses of: an appointment as a file for the own calendar."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.calendar import views

urlpatterns = [
    path("<number:appointment_id>/afspraak.ics", views.calendar_file, name="patient_appointment_ics"),
]
