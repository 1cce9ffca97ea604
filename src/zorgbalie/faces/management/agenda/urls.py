"""Addresses of: settings of appointments: kinds, agendas, texts (REQ 72, 73)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known


def not_yet(request: HttpRequest, **values: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", not_yet, name="management_agenda"),
    path("agendas/", not_yet, name="management_agendas"),
    path("agendas/<number:agenda_id>/", not_yet, name="management_agenda_one"),
    path("soorten/", not_yet, name="management_appointment_kinds"),
    path("soorten/<number:kind_id>/", not_yet, name="management_appointment_kind"),
]
