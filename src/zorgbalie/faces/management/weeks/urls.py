"""Addresses of: settings of week patterns: when which kind can be where (REQ 74)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known


def not_yet(request: HttpRequest, **values: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("<number:agenda_id>/weken/", not_yet, name="management_agenda_weeks"),
]
