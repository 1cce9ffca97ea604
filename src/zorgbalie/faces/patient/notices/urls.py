"""Addresses of: which notices the patient wants, and where they go."""

from django.urls import path

from zorgbalie.faces.patient.notices import address_views, browser_views, views

urlpatterns = [
    path("", views.overview, name="patient_notices_overview"),
    path("adres/", address_views.address, name="patient_notices_address"),
    path("adres/code/", address_views.mail_code, name="patient_notices_code"),
    path("mobiel/", address_views.mobile, name="patient_notices_mobile"),
    path("mobiel/code/", address_views.mobile_code, name="patient_notices_mobile_code"),
    path("mobiel/weg/", address_views.drop_mobile, name="patient_notices_drop_mobile"),
    path("apparaat/", browser_views.add, name="patient_notices_add_browser"),
    path("apparaat/<int:device_id>/weg/", browser_views.drop, name="patient_notices_drop_browser"),
]
