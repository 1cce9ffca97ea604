"""Addresses of: asking the practice a question, and reading the answer."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.consult import document_views, draft_views, views

_DRAFT = "concept/<number:consult_id>"
urlpatterns = [
    path("", views.overview, name="patient_consult_overview"),
    path("nieuw/", draft_views.start, name="patient_consult_start"),
    path(f"{_DRAFT}/aan/", draft_views.addressee, name="patient_consult_addressee"),
    path(f"{_DRAFT}/waarover/", draft_views.subject, name="patient_consult_subject"),
    path(f"{_DRAFT}/vraag/", draft_views.question, name="patient_consult_question"),
    path(f"{_DRAFT}/controleer/", draft_views.check, name="patient_consult_check"),
    path(f"{_DRAFT}/weg/", draft_views.drop, name="patient_consult_drop"),
    path("<number:consult_id>/", views.thread, name="patient_consult_thread"),
    path("<number:consult_id>/pdf/", document_views.download, name="patient_consult_download"),
    path("<number:consult_id>/verstuurd/", views.sent, name="patient_consult_sent"),
]
