"""Addresses of: which notices the patient wants, and at which address."""

from django.urls import path

from zorgbalie.faces.patient.notices import views

urlpatterns = [
    path("", views.overview, name="patient_notices_overview"),
    path("adres/", views.address, name="patient_notices_address"),
    path("adres/code/", views.code, name="patient_notices_code"),
]
