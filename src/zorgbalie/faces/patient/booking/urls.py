"""Addresses of: making an appointment (REQ 36, 37; ux 42)."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.booking import hold_views, time_views, views

urlpatterns = [
    path("", views.start, name="patient_booking"),
    path("voor-wie/", views.for_whom, name="patient_booking_for_whom"),
    path("soort/", views.kinds, name="patient_booking_kinds"),
    path("soort/<number:kind_id>/", time_views.times, name="patient_booking_time"),
    path("<number:appointment_id>/gegevens/", hold_views.details, name="patient_booking_details"),
    path("<number:appointment_id>/controleer/", hold_views.check, name="patient_booking_check"),
    path("<number:appointment_id>/weg/", hold_views.leave, name="patient_booking_leave"),
    path("<number:appointment_id>/klaar/", hold_views.done, name="patient_booking_done"),
]
