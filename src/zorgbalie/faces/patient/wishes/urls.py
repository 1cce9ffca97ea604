"""Addresses of: how the patient wants to hear results."""

from django.urls import path

from zorgbalie.faces.patient.wishes import views

urlpatterns = [
    path("", views.wishes, name="patient_wishes"),
]
