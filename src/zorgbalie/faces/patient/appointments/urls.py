"""Addresses of: appointments that a patient has and had (REQ 38; ux 43)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known


def not_yet(request: HttpRequest, **values: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", not_yet, name="patient_appointments"),
    path("<number:appointment_id>/", not_yet, name="patient_appointment"),
    path("<number:appointment_id>/verzetten/", not_yet, name="patient_appointment_move"),
    path("<number:appointment_id>/afzeggen/", not_yet, name="patient_appointment_cancel"),
]
