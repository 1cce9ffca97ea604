"""Addresses of the settings of appointments: kinds, agendas, texts (REQ 72, 73)."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.management.agenda import agenda_views, kind_views, settings_views

urlpatterns = [
    path("", settings_views.settings, name="management_agenda"),
    path("agendas/", agenda_views.agendas, name="management_agendas"),
    path("agendas/nieuw/", agenda_views.new_agenda, name="management_agenda_new"),
    path("agendas/<number:agenda_id>/", agenda_views.agenda, name="management_agenda_one"),
    path("agendas/<number:agenda_id>/plaats/", agenda_views.move, name="management_agenda_move"),
    path("agendas/<number:agenda_id>/gebruik/", agenda_views.use, name="management_agenda_use"),
    path("agendas/<number:agenda_id>/overnemen/", agenda_views.take_over, name="management_agenda_copy"),
    path("soorten/", kind_views.kinds, name="management_appointment_kinds"),
    path("soorten/nieuw/", kind_views.new_kind, name="management_appointment_kind_new"),
    path("soorten/voorbeelden/", kind_views.add_examples, name="management_appointment_kind_examples"),
    path("soorten/<number:kind_id>/", kind_views.kind, name="management_appointment_kind"),
    path("soorten/<number:kind_id>/plaats/", kind_views.move, name="management_appointment_kind_move"),
    path("soorten/<number:kind_id>/stand/", kind_views.switch, name="management_appointment_kind_switch"),
    path("soorten/<number:kind_id>/archief/", kind_views.archive, name="management_appointment_kind_archive"),
]
