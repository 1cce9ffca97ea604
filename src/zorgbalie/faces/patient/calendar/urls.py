"""Addresses of: an appointment as a file for the own calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known


def not_yet(request: HttpRequest, **values: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("<number:appointment_id>/afspraak.ics", not_yet, name="patient_appointment_ics"),
]
