"""Addresses of: appointments that a patient has and had (REQ 38; ux 43)."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.appointments import change_views, earlier_views, views

_ONE = "<number:appointment_id>"
_OFFER = "aanbod/<number:offer_id>"
urlpatterns = [
    path("", views.overview, name="patient_appointments"),
    path(f"{_ONE}/", views.appointment, name="patient_appointment"),
    path(f"{_ONE}/verzetten/", change_views.move, name="patient_appointment_move"),
    path(f"{_ONE}/afzeggen/", change_views.cancel, name="patient_appointment_cancel"),
    path(f"{_ONE}/eerder/", earlier_views.earlier, name="patient_appointment_earlier"),
    path(f"{_ONE}/eerder/stoppen/", earlier_views.stop, name="patient_appointment_earlier_stop"),
    path(f"{_OFFER}/", earlier_views.offer, name="patient_offer"),
]
