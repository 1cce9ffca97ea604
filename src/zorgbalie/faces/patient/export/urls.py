"""Addresses of: saving the own record."""

from django.urls import path

from zorgbalie.faces.patient.export import views

urlpatterns = [
    path("", views.overview, name="patient_export_overview"),
    path("maken/", views.ask, name="patient_export_ask"),
    path("stand/", views.progress, name="patient_export_progress"),
    path("<int:export_id>/download/", views.download, name="patient_export_download"),
]
