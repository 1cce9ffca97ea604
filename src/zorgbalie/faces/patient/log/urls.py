"""Addresses of: who looked in my record."""

from django.urls import path

from zorgbalie.faces.patient.log import views

urlpatterns = [
    path("", views.overview, name="patient_log_overview"),
    path("pdf/", views.download, name="patient_log_download"),
]
