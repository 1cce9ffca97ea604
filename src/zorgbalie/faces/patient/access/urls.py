"""Addresses of: access to the own record: invitation, agreement, request. The patient is the one of the session."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.access import agreement_views, views

urlpatterns = [
    path("", views.overview, name="patient_access_overview"),
    path("<number:practice_id>/uitnodiging/", views.invitation, name="patient_access_invitation"),
    path("<number:practice_id>/vragen/", views.ask, name="patient_access_ask"),
    path("<number:practice_id>/intrekken/", views.withdraw, name="patient_access_withdraw"),
    path("<number:practice_id>/afspraken/", agreement_views.agreement, name="patient_access_agreement"),
    path("<number:practice_id>/afspraken/tekenen/", agreement_views.sign, name="patient_access_sign"),
    path("<number:practice_id>/afspraken/pdf/", agreement_views.download, name="patient_access_agreement_pdf"),
    path("<number:practice_id>/afspraken/stoppen/", agreement_views.end, name="patient_access_end"),
]
