"""Addresses of: appointments of a patient at the desk: see, book for who calls, move, cancel, search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known


def not_yet(request: HttpRequest, **values: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", not_yet, name="desk_appointments"),
    path("<number:patient_id>/nieuw/", not_yet, name="desk_appointment_new"),
    path("<number:patient_id>/<number:appointment_id>/", not_yet, name="desk_appointment"),
]
