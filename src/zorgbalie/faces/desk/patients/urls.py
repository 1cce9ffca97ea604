"""Addresses of: patients of the practice. A BSN is never in an address: searching on it is a POST."""

from django.urls import path

from zorgbalie.faces.desk.patients import online_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.patients, name="desk_patients_list"),
    path("zoek-op-bsn/", views.find, name="desk_patients_find"),
    path("nieuw/", views.register, name="desk_patients_register"),
    path("<number:patient_id>/", views.card, name="desk_patients_card"),
    path("<number:patient_id>/gegevens/", views.contact, name="desk_patients_contact"),
    path("<number:patient_id>/identiteit/", views.identity, name="desk_patients_identity"),
    path("<number:patient_id>/arts/", views.account, name="desk_patients_account"),
    path("<number:patient_id>/uitschrijven/", views.end, name="desk_patients_end"),
    path("<number:patient_id>/online-inzage/", online_views.online, name="desk_patients_online"),
    path("<number:patient_id>/uitnodigen/", online_views.invite, name="desk_patients_invite"),
    path("<number:patient_id>/uitnodiging-intrekken/", online_views.revoke, name="desk_patients_revoke"),
    path("<number:patient_id>/afspraken/", online_views.agreement, name="desk_patients_agreement"),
    path("<number:patient_id>/afspraken/ondertekenen/", online_views.sign, name="desk_patients_sign"),
    path("<number:patient_id>/afspraken/beeindigen/", online_views.end_agreement, name="desk_patients_end_agreement"),
    path("<number:patient_id>/inzage-sluiten/", online_views.close_release, name="desk_patients_close_release"),
]
